import { describe, expect, it } from 'vitest';
import { ApiError } from './errors.ts';
import { decodeForm } from './form.ts';

describe('form', () => {
  it('decodes nested objects and arrays', () => {
    expect(decodeForm('a=1&items[0][price][amount]=5&items[1][price][amount]=6&tags[]=x&tags[]=y&note=%E6%A0%A1%E5%87%86+%26')).toEqual({
      a: '1',
      items: [{ price: { amount: '5' } }, { price: { amount: '6' } }],
      tags: ['x', 'y'],
      note: '校准 &',
    });
    expect(decodeForm('')).toEqual({});
  });

  it('refuses what is malformed', () => {
    for (const text of ['a[b=1', '[a]=1', 'a=%zz', 'a=1&a[b]=2', 'a[b]=2&a=1', `a${'[b]'.repeat(20)}=1`, 'x=1&'.repeat(3000)]) {
      expect(() => decodeForm(text), text.slice(0, 30)).toThrow(ApiError);
    }
  });

  it('treats __proto__ as a name like any other', () => {
    const decoded = decodeForm('__proto__[polluted]=1&a[__proto__][polluted]=1');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(Object.hasOwn(decoded, '__proto__')).toBe(true);
  });
});
