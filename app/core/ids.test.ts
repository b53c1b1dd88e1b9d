import { validate, version } from 'uuid';
import { describe, expect, it } from 'vitest';
import { newId, newSecret, publicNumber } from './ids.server.ts';

describe('identifiers', () => {
  it('are different, in the order they were made, and versions 7 of the standard', () => {
    const ids = Array.from({ length: 20_000 }, newId);
    expect(new Set(ids).size).toBe(ids.length);
    expect([...ids].sort()).toEqual(ids);
    expect(ids.every((id) => validate(id) && version(id) === 7)).toBe(true);
  });

  it('say when they were made', () => {
    const before = Date.now();
    const at = Number.parseInt(newId().replaceAll('-', '').slice(0, 12), 16);
    expect(at).toBeGreaterThanOrEqual(before);
    expect(at).toBeLessThanOrEqual(Date.now());
  });

  it('are not guessed from one another: what is not time or order differs', () => {
    const tails = Array.from({ length: 5000 }, () => newId().slice(-11));
    expect(new Set(tails).size).toBe(tails.length);
  });
});

it('public numbers and secrets are their own every time', () => {
  const numbers = Array.from({ length: 5000 }, () => publicNumber('HJ'));
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(numbers.every((number) => /^HJ-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/.test(number))).toBe(true);
  expect(newSecret()).toMatch(/^[\w-]{27}$/);
});
