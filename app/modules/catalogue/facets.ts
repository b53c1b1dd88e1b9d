/** What a search can be narrowed by: names, values, and how a search stands in an address. Free of libraries, since pages use it too. */
import type { DeliveryMode } from '#db/schema/catalogue.ts';
import type { Accreditation, Family } from '#db/schema/centres.ts';

export const FACETS = ['family', 'field', 'city', 'park', 'accreditation', 'delivery', 'booking'] as const;
export type Facet = (typeof FACETS)[number];
export type Sort = 'fit' | 'price' | 'price_desc' | 'earliest';

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
  'reference_material',
] as const satisfies readonly Family[];
export const DELIVERY_MODES = ['at_centre', 'courier', 'on_site', 'remote'] as const satisfies readonly DeliveryMode[];
export const ACCREDITATIONS = ['CNAS', 'CMA'] as const satisfies readonly Accreditation[];
export const BOOKINGS = ['instant', 'approve'] as const;

/** `distance` only where a place is named: in search by need. */
export type Order = Sort | 'distance';
export const WORD_ORDERS = ['fit', 'price', 'price_desc', 'earliest'] as const satisfies readonly Order[];
export const NEED_ORDERS = ['fit', 'price', 'earliest', 'distance'] as const satisfies readonly Order[];

export const PAGE_SIZE = 24;
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
