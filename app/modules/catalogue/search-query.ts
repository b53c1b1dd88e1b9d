/** Filters, order and page of a search as they stand in addresses; what is no filter is left out rather than believed. */
import { z } from 'zod';
import { FACETS, type Filters, type Order } from './facets.ts';

const MOST_PAGES = 10_000;
/** Words past this are no question; the page says so instead of searching for half of them. */
export const LONGEST_WORDS = 200;

export type FilterProblem = 'price_unreadable' | 'price_reversed' | 'day_unreadable' | 'words_too_long';

const valueText = z.string().regex(/^[\p{L}\p{N}_-]{1,64}$/u);
const pageText = z.coerce.number().int().min(1).max(MOST_PAGES).catch(1);
const yuan = z
  .string()
  .regex(/^\d{1,9}(\.\d{1,2})?$/)
  .transform((text) => Math.round(Number(text) * 100));

/** Facet values that are no word at all are dropped; unknown ones stay and find nothing. */
export function readFilters(params: URLSearchParams, orders: readonly Order[]): Filters {
  const facets: Filters['facets'] = {};
  for (const facet of FACETS) {
    const values = [...new Set(params.getAll(facet))].filter((value) => valueText.safeParse(value).success).slice(0, 40);
    if (values.length > 0) facets[facet] = values;
  }
  const text = (name: string) => (params.get(name) ?? '').trim().slice(0, 20);
  return {
    words: (params.get('q') ?? '').trim().slice(0, LONGEST_WORDS + 1),
    facets,
    priceMin: text('price_min'),
    priceMax: text('price_max'),
    before: text('before'),
    order: orders.find((order) => order === params.get('sort')) ?? 'fit',
    page: pageText.parse(params.get('page') ?? '1'),
  };
}

export type Bounds = { priceMin?: number; priceMax?: number; earliestBy?: number };

/** Prices in 分 and the end of the day, or what is wrong with them; a wrong bound bounds nothing. */
export function readBounds(filters: Filters): { bounds: Bounds; problems: FilterProblem[] } {
  const problems: FilterProblem[] = [];
  const bounds: Bounds = {};
  if ([...filters.words].length > LONGEST_WORDS) problems.push('words_too_long');
  for (const end of ['priceMin', 'priceMax'] as const) {
    if (filters[end] === '') continue;
    const cents = yuan.safeParse(filters[end]);
    if (cents.success) bounds[end] = cents.data;
    else if (!problems.includes('price_unreadable')) problems.push('price_unreadable');
  }
  if (bounds.priceMin !== undefined && bounds.priceMax !== undefined && bounds.priceMin > bounds.priceMax) {
    problems.push('price_reversed');
    delete bounds.priceMin;
    delete bounds.priceMax;
  }
  if (filters.before !== '') {
    const day = z.iso.date().safeParse(filters.before);
    if (day.success) bounds.earliestBy = Date.parse(`${day.data}T23:59:59.999+08:00`);
    else problems.push('day_unreadable');
  }
  return { bounds, problems };
}

/** Whether an address holds nothing that its clean form leaves out: a form without script sends its empty fields too. */
export const isTidy = (given: URLSearchParams, clean: URLSearchParams): boolean =>
  [...given].every(([name, value]) => clean.getAll(name).includes(value));
