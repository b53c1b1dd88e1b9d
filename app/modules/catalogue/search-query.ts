/** Filters, order and page of a search as they stand in addresses; what is no filter is left out rather than believed. */
import { z } from 'zod';
import type { Accreditation, DeliveryMode, Family } from '#db/schema/catalogue.ts';
import { FACETS, type Facet, type Sort } from './search-index.ts';

export const FAMILIES = [
  'calibration',
  'verification',
  'testing',
  'consulting',
  'evaluation',
  'rd_support',
  'shared_equipment',
  'training',
  'expert',
] as const satisfies readonly Family[];
export const DELIVERY_MODES = ['at_centre', 'courier', 'on_site', 'remote'] as const satisfies readonly DeliveryMode[];
export const ACCREDITATIONS = ['CNAS', 'CMA', 'internal'] as const satisfies readonly Accreditation[];
export const BOOKINGS = ['instant', 'approve'] as const;

/** `distance` only where a place is named: in search by need. */
export type Order = Sort | 'distance';
export const WORD_ORDERS = ['fit', 'price', 'price_desc', 'earliest'] as const satisfies readonly Order[];
export const NEED_ORDERS = ['fit', 'price', 'earliest', 'distance'] as const satisfies readonly Order[];

export const PAGE_SIZE = 24;
const MOST_PAGES = 10_000;
/** Words past this are no question; the page says so instead of searching for half of them. */
export const LONGEST_WORDS = 200;

export type FilterProblem = 'price_unreadable' | 'price_reversed' | 'day_unreadable' | 'words_too_long';

export type Filters = {
  words: string;
  facets: Partial<Record<Facet, string[]>>;
  /** As typed, in yuan. */
  priceMin: string;
  priceMax: string;
  /** ISO date as typed: services with a free start up to and including that day. */
  before: string;
  order: Order;
  /** From 1. */
  page: number;
};

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

/** The address of the same search with something changed: only what differs from the defaults. A change starts at page 1 again. */
export function filterParams(filters: Filters, change: Partial<Filters> = {}): URLSearchParams {
  const all: Filters = { ...filters, page: 1, ...change };
  const params = new URLSearchParams();
  if (all.words) params.set('q', all.words);
  for (const facet of FACETS) for (const value of all.facets[facet] ?? []) params.append(facet, value);
  if (all.priceMin) params.set('price_min', all.priceMin);
  if (all.priceMax) params.set('price_max', all.priceMax);
  if (all.before) params.set('before', all.before);
  if (all.order !== 'fit') params.set('sort', all.order);
  if (all.page > 1) params.set('page', String(all.page));
  return params;
}

/** How many filters are on: the number on the button that unfolds them on a phone. */
export const filterCount = (filters: Filters): number =>
  Object.values(filters.facets).reduce((sum, values) => sum + values.length, 0) +
  Number(filters.priceMin !== '' || filters.priceMax !== '') +
  Number(filters.before !== '');
