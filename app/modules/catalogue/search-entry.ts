/** What search is told of a service, what it is asked, and what it answers. */
import type { DeliveryMode } from '#db/schema/catalogue.ts';
import type { Accreditation, Family } from '#db/schema/centres.ts';
import type { Facet, Sort } from './facets.ts';

export type ServiceEntry = {
  id: string;
  slug: string;
  centreId: string;
  family: Family;
  field: string;
  city: string;
  park: string | null;
  accreditations: Accreditation[];
  deliveryModes: DeliveryMode[];
  booking: 'instant' | 'approve';
  /** Gross 分 for one piece with its set-up: what price filters and sorting compare. */
  price: number;
  /** Its own instrument, in both languages; none for a course or advice. */
  instrument: string[];
  /** Instruments of the rows of the scope it is sold on. */
  soldOn: string[];
  /** Its name in Chinese, in which instruments are looked for too. */
  nameZh: string;
  /** What the service is about: names, instrument, specification, in both languages. */
  strongText: string;
  /** What else finds it: centre, city, summary. */
  weakText: string;
  /** Higher comes first when nothing else decides. */
  weight: number;
};

/** Texts are joined from parts, many of which stand in many services: names of centres, cities, instruments. */
const PART = ' · ';
export const partsOf = (text: string): string[] => text.split(PART);
export const joined = (parts: readonly string[]): string => parts.join(PART);

export type Query = {
  words: string;
  facets: Partial<Record<Facet, string[]>>;
  priceMin?: number;
  priceMax?: number;
  /** Only services known to have a free start at or before this instant. */
  earliestBy?: number;
  sort: Sort;
  offset: number;
  limit: number;
};

export type Found = {
  total: number;
  ids: string[];
  /** Per facet, how many of the result each value would leave, all other filters applied. */
  counts: Record<Facet, ReadonlyMap<string, number>>;
};

/** The values of each facet. */
export const valuesOf: Record<Facet, (entry: ServiceEntry) => readonly string[]> = {
  family: (e) => [e.family],
  field: (e) => [e.field],
  city: (e) => [e.city],
  park: (e) => (e.park ? [e.park] : []),
  accreditation: (e) => e.accreditations,
  delivery: (e) => e.deliveryModes,
  booking: (e) => [e.booking],
};
