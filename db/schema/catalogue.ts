/** Specifications, services and what waits for one: what is on offer. */
import { cents, id, index, instant, int, json, primaryKey, table, text, uniqueIndex } from '../columns.ts';
import { centre, type Family } from './centres.ts';
import { person } from './identity.ts';

export type DeliveryMode = 'at_centre' | 'courier' | 'on_site' | 'remote';

/** What somebody looked for and nobody could do: they are written to once, when a centre can. */
export const waitingDemand = table(
  'waiting_demand',
  {
    id: id().primaryKey(),
    personId: id()
      .notNull()
      .references(() => person.id),
    /** For whom the person acted; empty for somebody on their own. */
    organisationId: id(),
    search: text().$type<'words' | 'need'>().notNull(),
    /** The search as it stands in its address, without order and page. */
    asked: text().notNull(),
    /** The same as the person reads it. */
    said: text().notNull(),
    locale: text().$type<'zh-CN' | 'en'>().notNull(),
    createdAt: instant().notNull(),
    /** When a centre could do it and the mail was written. */
    metAt: instant(),
  },
  (t) => [index('waiting_demand_person').on(t.personId), index('waiting_demand_met').on(t.metAt, t.createdAt)],
);

/** The register of specifications: JJG, JJF, GB, ISO. */
export const specification = table('specification', {
  number: text().primaryKey(),
  kind: text().notNull(),
  titleZh: text().notNull(),
  titleEn: text().notNull(),
  fieldZh: text().notNull(),
  confidence: text().notNull(),
});

export type CancelPolicy = {
  /** Hours before the start up to which all is refunded. */ fullHours: number /** Basis points refunded later than that. */;
  lateBasisPoints: number;
};

/** From so many on, each costs so much, net 分. */
export type VolumeTier = { from: number; unitNet: number };
/** Price of a piece whose measuring range ends at or below `upTo` (of `unit`), net 分. */
export type RangePrice = { upTo: number; unit: string; unitNet: number };
/** Where a technician travels to, for how much (net 分), and how long each way. */
export type TravelZone = { nameZh: string; nameEn: string; net: number; minutes: number };
/** What an evaluation scores, and how much each counts, in percent. */
export type Criterion = { nameZh: string; nameEn: string; percent: number };
/** Who runs shared equipment: the centre's operator, or a trained user of the buyer's. */
export type Operation = 'operator' | 'trained_user';

/**
 * A date of a course: so many seats of its pool of seats, in the hours the pool is open from start to end (UTC ms). What it needs beside
 * them, who teaches above all, is claimed under `holderId`; without one it needs a room alone.
 */
export type CourseSession = { startAt: number; endAt: number; seats: number; holderId?: string };

export const service = table(
  'service',
  {
    id: id().primaryKey(),
    slug: text().notNull(),
    centreId: id()
      .notNull()
      .references(() => centre.id),
    family: text().$type<Family>().notNull(),
    /** 专业 (几何量 …): a key of capability/fields.ts. */
    field: text().notNull(),
    nameZh: text().notNull(),
    nameEn: text().notNull(),
    summaryZh: text().notNull(),
    summaryEn: text().notNull(),
    /** What the family asks to be said beforehand: the sample, who operates, what a participant brings, what is scored. */
    requirementsZh: text().notNull().default(''),
    requirementsEn: text().notNull().default(''),
    instrumentZh: text().notNull().default(''),
    instrumentEn: text().notNull().default(''),
    specification: text().notNull().default(''),
    status: text().$type<'published' | 'paused' | 'draft'>().notNull(),
    booking: text().$type<'instant' | 'approve'>().notNull(),
    /** Net 分 per piece (or hour, seat: see unit), before VAT. */
    unitNet: cents().notNull(),
    /** Cheaper by the number, in order; for fewer than the first `from`, `unitNet`. */
    volumeTiers: json().$type<VolumeTier[]>().notNull().default([]),
    unit: text().$type<'piece' | 'hour' | 'day' | 'seat' | 'project'>().notNull().default('piece'),
    setupNet: cents().notNull().default(0),
    /** Net 分 of each measuring point beyond those included in the price of a piece; 0: points are not counted. */
    perPointNet: cents().notNull().default(0),
    includedPoints: int().notNull().default(0),
    /** By the end of the instrument's range, ascending; empty: `unitNet` for all. */
    rangePrices: json().$type<RangePrice[]>().notNull().default([]),
    /** Off the net for firms on the centre's list, and for firms of its park; basis points. The greater one counts. */
    memberBasisPoints: int().notNull().default(0),
    parkBasisPoints: int().notNull().default(0),
    /** On site: nearest first; empty: `travelNet` wherever it is. */
    travelZones: json().$type<TravelZone[]>().notNull().default([]),
    /** Net travel charge when done on site. */
    travelNet: cents().notNull().default(0),
    /** Return shipping, net, when sent by courier. */
    courierNet: cents().notNull().default(0),
    /** Basis points on top when done expedited; empty: not offered. */
    expediteBasisPoints: int(),
    /** VAT rate in basis points: 600 = 6 %. */
    vatBasisPoints: int().notNull().default(600),
    leadDays: int().notNull(),
    turnaroundDays: int().notNull(),
    horizonDays: int().notNull().default(60),
    setupMinutes: int().notNull(),
    minutesPerItem: int().notNull(),
    /** Kept free behind each booking: clearing up, warming through. */
    bufferMinutes: int().notNull().default(0),
    maxQuantity: int().notNull(),
    deliveryModes: json().$type<DeliveryMode[]>().notNull(),
    cancelPolicy: json().$type<CancelPolicy>().notNull(),
    /** Open hours the centre has to answer a request (approve-first services); see decisions/answer-hours.md. */
    answerHours: int().notNull().default(16),
    /** May the centre move a booking and tell the buyer, or must the buyer agree first? */
    moves: text().$type<'tell' | 'ask'>().notNull().default('tell'),
    /** Of a paused service: when it is sold again by itself; empty: when somebody says so. */
    pausedUntil: instant(),
    /** Stored files anybody may see, in order. */
    pictures: json().$type<string[]>().notNull().default([]),
    scorecard: json().$type<Criterion[]>().notNull().default([]),
    operation: text().$type<Operation | ''>().notNull().default(''),
    /** Of a course its dates, by their start: nothing else is sold then. Empty: sold at any free time. */
    sessions: json().$type<CourseSession[]>(),
    /** What a manager confirmed to be sold on rows of other instruments (catalogue/listing/other-instruments.ts); empty: nothing to confirm. */
    confirmed: text().notNull().default(''),
    /** Raised on every change: an order keeps the version it was sold. */
    version: int().notNull().default(1),
    createdAt: instant().notNull(),
    updatedAt: instant().notNull(),
  },
  (t) => [uniqueIndex('service_slug').on(t.slug), index('service_centre').on(t.centreId, t.status)],
);

/** Reference materials on the shelf: taken by a booking, put back when it comes to nothing. */
export const stock = table('stock', { serviceId: id().primaryKey(), available: int().notNull() });

/** The pools a service needs at the same time. */
export const servicePool = table('service_pool', { serviceId: id().notNull(), poolId: id().notNull(), position: int().notNull() }, (t) => [
  primaryKey({ columns: [t.serviceId, t.poolId] }),
  index('service_pool_pool').on(t.poolId),
]);

/** The capability rows a service is sold on. */
export const serviceCapability = table('service_capability', { serviceId: id().notNull(), capabilityId: id().notNull() }, (t) => [
  primaryKey({ columns: [t.serviceId, t.capabilityId] }),
  index('service_capability_capability').on(t.capabilityId),
]);
