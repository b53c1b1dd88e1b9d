import fc from 'fast-check';
import { expect, test } from 'vitest';
import { filterCount, filterParams, NEED_ORDERS, WORD_ORDERS } from './facets.ts';
import { isTidy, readBounds, readFilters } from './search-query.ts';

const read = (query: string) => readFilters(new URLSearchParams(query), WORD_ORDERS);

/** Any code points, lone surrogates too. fast-check's own unit for that takes seconds to build its tables. */
const anyText = fc.array(fc.integer({ min: 0, max: 0x10ffff }), { maxLength: 60 }).map((points) => String.fromCodePoint(...points));

test('an address reads back as itself, without defaults', () => {
  const query = 'q=%E9%87%8F%E5%9D%97&family=calibration&family=testing&city=suzhou&price_min=10&before=2026-12-01&sort=price&page=3';
  expect(filterParams(read(query), { page: 3 }).toString()).toBe(query);
  expect(filterParams(read('q=&family=&sort=fit&page=1&price_min=&before=')).toString()).toBe('');
});

test('a change of filter starts at the first page', () => {
  expect(filterParams(read('page=4'), { order: 'price' }).toString()).toBe('sort=price');
});

test.each([
  ['price_min=5&price_max=3', ['price_reversed']],
  ['price_min=-3', ['price_unreadable']],
  ['price_min=1e400&price_max=abc', ['price_unreadable']],
  ['before=31.12.2026', ['day_unreadable']],
  [`q=${'x'.repeat(300)}`, ['words_too_long']],
  ['price_min=0.5&price_max=1000&before=2026-12-01', []],
])('%s', (query, problems) => {
  expect(readBounds(read(query)).problems).toEqual(problems);
});

test('prices are yuan in addresses and cents inside', () => {
  expect(readBounds(read('price_min=0.29&price_max=1000')).bounds).toEqual({ priceMin: 29, priceMax: 100_000 });
});

test('what is no filter is dropped', () => {
  const filters = read('family=%3Cscript%3E&city=a%20b&park=demo-x&sort=magic&page=-1');
  expect(filters).toMatchObject({ facets: { park: ['demo-x'] }, order: 'fit', page: 1 });
  expect(filterCount(filters)).toBe(1);
  expect(readFilters(new URLSearchParams('sort=distance'), NEED_ORDERS).order).toBe('distance');
});

test('any address is read, and what was read is stable', () => {
  const names = fc.constantFrom('q', 'family', 'city', 'park', 'price_min', 'price_max', 'before', 'sort', 'page');
  fc.assert(
    fc.property(fc.array(fc.tuple(names, anyText), { maxLength: 8 }), (pairs) => {
      const once = readFilters(new URLSearchParams(pairs), WORD_ORDERS);
      const again = readFilters(filterParams(once, { page: once.page }), WORD_ORDERS);
      expect(filterParams(again).toString()).toBe(filterParams(once).toString());
      readBounds(once);
    }),
    { numRuns: 40 },
  );
});

test('an address with empty, default or unknown fields is not tidy; order and encoding do not matter', () => {
  const tidy = (query: string) => isTidy(new URLSearchParams(query), filterParams(read(query), { page: read(query).page }));
  expect(tidy('city=suzhou&q=%E9%87%8F%E5%9D%97&page=2')).toBe(true);
  for (const query of ['q=', 'q=x&price_min=', 'sort=fit', 'page=1', 'q=%20x', 'colour=red'])
    expect([query, tidy(query)]).toEqual([query, false]);
});
