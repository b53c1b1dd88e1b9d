import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localNext } from './next.ts';

describe('where to go next', () => {
  it.each(['/', '/orders/HJ-7K2M-Q9XD?tab=1#top', '/en/search?q=%E9%87%8F%E5%9D%97', '/a//b', '/search?u=https://example.com/'])(
    '%s is a path of this site',
    (path) => {
      expect(localNext(path)).toBe(path);
    },
  );

  it.each([
    '',
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '\\/evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    'orders',
    'javascript:alert(1)',
    `/${'x'.repeat(1001)}`,
  ])('%j is not', (path) => {
    expect(localNext(path)).toBeUndefined();
  });

  it('is given back as a header can carry it', () => {
    expect(localNext('/search?q=量块 0 级')).toBe('/search?q=%E9%87%8F%E5%9D%97%200%20%E7%BA%A7');
  });

  it('never leaves the site, whatever is given', () => {
    const hostile = fc.array(fc.constantFrom('/', '\\', '.', '@', ':', '\t', '\n', '%2f', 'evil.example', '?', '#', ' '), { maxLength: 8 });
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          hostile.map((parts) => `/${parts.join('')}`),
        ),
        (path) => {
          const next = localNext(path);
          if (next !== undefined) expect(new URL(next, 'https://hengji.example').origin).toBe('https://hengji.example');
        },
      ),
    );
  });
});
