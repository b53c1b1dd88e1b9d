import { afterAll, expect, it } from 'vitest';
import { getLocale, overwriteGetLocale } from '#app/i18n/paraglide/runtime.js';
import { keepMarkup, keepMarkupOf } from './kept-markup.server.tsx';

const before = getLocale;
afterAll(() => overwriteGetLocale(before));

it('what is kept by what it says is drawn once for each of it, and anew in another language', () => {
  let drawn = 0;
  const draw = keepMarkup(({ name }: { name: string }) => {
    drawn += 1;
    return <b>{name}</b>;
  });
  overwriteGetLocale(() => 'zh-CN');
  expect([draw({ name: '<' }), draw({ name: '<' }), draw({ name: '量' })]).toEqual(['<b>&lt;</b>', '<b>&lt;</b>', '<b>量</b>']);
  expect(drawn).toBe(2);
  overwriteGetLocale(() => 'en');
  draw({ name: '量' });
  expect(drawn).toBe(3);
});

it('what is kept by the object is drawn anew for another object, another neighbour and another language', () => {
  let drawn = 0;
  const draw = keepMarkupOf(({ name }: { name: string }, start: number | null) => {
    drawn += 1;
    return (
      <b>
        {name} {start ?? '–'}
      </b>
    );
  });
  const one = { name: 'a' };
  overwriteGetLocale(() => 'zh-CN');
  expect([draw(one, 1), draw(one, 1), draw(one, null)]).toEqual(['<b>a 1</b>', '<b>a 1</b>', '<b>a –</b>']);
  expect(drawn).toBe(2);
  expect(draw({ name: 'b' }, 1)).toBe('<b>b 1</b>');
  overwriteGetLocale(() => 'en');
  draw(one, 1);
  expect(drawn).toBe(4);
  // Of many neighbours only the last stay: each is still what it is.
  for (let start = 10; start < 30; start++) expect(draw(one, start)).toBe(`<b>a ${start}</b>`);
  expect(draw(one, 1)).toBe('<b>a 1</b>');
});
