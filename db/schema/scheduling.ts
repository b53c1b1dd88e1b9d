/** Pools of interchangeable resources, their hours, and the claims that make a slot somebody's. */
import { bool, id, index, instant, int, json, primaryKey, table, text, whole } from '../columns.ts';
import { centre } from './centres.ts';

export type PoolKind = 'bench' | 'technician' | 'standard' | 'machine' | 'seat';
/** Seven days from Monday, each a list of [opens, closes] in local minutes of the day. */
export type WeeklyHours = [number, number][][];

/** What a claim belongs to. */
export type HolderKind = 'order' | 'offer' | 'session';

export const pool = table(
  'pool',
  {
    id: id().primaryKey(),
    centreId: id()
      .notNull()
      .references(() => centre.id),
    kind: text().$type<PoolKind>().notNull(),
    field: text().notNull(),
    nameZh: text().notNull(),
    nameEn: text().notNull(),
    gridMinutes: int().notNull().default(30),
    weeklyHours: json().$type<WeeklyHours>().notNull(),
    /** Follows State Council holidays and make-up working days. */
    observesHolidays: bool().notNull().default(true),
    position: int().notNull().default(0),
  },
  (t) => [index('pool_centre').on(t.centreId)],
);

export const resource = table(
  'resource',
  {
    id: id().primaryKey(),
    poolId: id()
      .notNull()
      .references(() => pool.id),
    nameZh: text().notNull(),
    nameEn: text().notNull(),
    position: int().notNull().default(0),
    active: bool().notNull().default(true),
    /** Of a standard its calibration certificate, of a person the qualification; in the centre's words. */
    certificate: text().notNull().default(''),
    /** The last millisecond for which that holds: after it the resource is not sold. Empty: no end. */
    validUntil: instant(),
    /** Of a technician: whose day list its bookings are on. */
    personId: id(),
    /** Whose time it is, where other pools of the centre sell it too: resources with the same are one person, claimed once at a time. */
    workerId: id(),
  },
  // With the id: whoever chooses between a pool's resources reads the index alone.
  (t) => [index('resource_pool').on(t.poolId, t.id), index('resource_worker').on(t.workerId)],
);

/** A time one resource, a pool or, with neither, the whole centre is closed. */
export const closure = table(
  'closure',
  {
    id: id().primaryKey(),
    centreId: id()
      .notNull()
      .references(() => centre.id),
    poolId: id().references(() => pool.id),
    /** One resource of the pool alone: leave, a repair, a busy time of its calendar. */
    resourceId: id().references(() => resource.id),
    /** The calendar it was read from; such closures come and go with it. */
    calendarId: id(),
    fromAt: instant().notNull(),
    untilAt: instant().notNull(),
    reasonZh: text().notNull().default(''),
    reasonEn: text().notNull().default(''),
    createdBy: id(),
    createdAt: instant().notNull(),
  },
  (t) => [index('closure_centre').on(t.centreId, t.fromAt)],
);

/** What was not clear in a calendar, with the first of the lines it was met in. `found` names a clock or a rule, never what an event is about. */
export type BusyAssumption = { reason: string; found: string; lines: number[]; count: number };

/** A calendar kept elsewhere whose busy times take a resource out of sale. */
export const busyCalendar = table(
  'busy_calendar',
  {
    id: id().primaryKey(),
    centreId: id()
      .notNull()
      .references(() => centre.id),
    resourceId: id()
      .notNull()
      .references(() => resource.id),
    /** The file's name, or the address's host. */
    name: text().notNull(),
    /** Read again every hour; empty for a file that was brought. */
    url: text().notNull().default(''),
    readAt: instant(),
    /** Why it could not be read the last time; its busy times then stay as they were. */
    fault: text().notNull().default(''),
    /** What was taken for granted in the reading its busy times come from. */
    assumed: json().$type<BusyAssumption[]>().notNull().default([]),
    createdBy: id().notNull(),
    createdAt: instant().notNull(),
  },
  (t) => [index('busy_calendar_centre').on(t.centreId), index('busy_calendar_read').on(t.readAt)],
);

/**
 * One cell of one resource. The primary key is what makes selling a slot twice impossible. Of a person in several pools the quarters of an hour
 * stand here as well, under `resource.worker_id` and of no pool (scheduling/worker-cells.ts): so no two pools sell one.
 */
export const claim = table(
  'claim',
  {
    resourceId: id().notNull(),
    /** Whole number of grid steps since the epoch. */
    cell: int().notNull(),
    poolId: id().notNull(),
    /** The order it is booked for, the open offer (`slot_offer`) it is kept for, or the date of a course it is needed for (`CourseSession.holderId`). */
    holderId: id().notNull(),
    holderKind: text().$type<HolderKind>().notNull().default('order'),
    /** The work it was booked for has begun: its minutes count as used. */
    used: bool().notNull().default(false),
  },
  // By the id alone: no two holders share one, of whatever kind.
  (t) => [primaryKey({ columns: [t.resourceId, t.cell] }), index('claim_holder').on(t.holderId)],
);

/** Minutes per resource and local day, kept in the transaction that changes the claims; can be rebuilt from them and compared. */
export const resourceDay = table(
  'resource_day',
  {
    poolId: id().notNull(),
    /** Days since 1970-01-01 in the centre's time zone. */
    day: int().notNull(),
    resourceId: id().notNull(),
    openMinutes: int().notNull(),
    bookedMinutes: int().notNull(),
    usedMinutes: int().notNull(),
  },
  (t) => [primaryKey({ columns: [t.poolId, t.day, t.resourceId] })],
);

/** Raised whenever a pool's claims, hours or closures change: what is derived from them is stale when the number differs. */
export const poolVersion = table('pool_version', { poolId: id().primaryKey(), version: whole().notNull() });
