import { and, asc, eq, gt, gte, inArray, lt, type SQL, sql } from 'drizzle-orm';
import { prepare, type Queries } from '#db/queries.ts';
import { centre, servicePool } from '#db/schema/catalogue.ts';
import { claim, closure, pool, resource, type WeeklyHours } from '#db/schema/scheduling.ts';
import type { Neighbours } from './choose-between.ts';
import { cellAt, cellsTouched } from './grid.ts';
import type { Weekday } from './local-day.ts';
import type { PoolFacts, PoolShape } from './slot-search.ts';
import type { Closure, Hours, Interval, PoolCalendar } from './working-calendar.ts';

/** A pool without what changes by the hour (closures, claims). */
export type PoolFrame = {
  id: string;
  centreId: string;
  gridMinutes: number;
  /** Weekly hours alone: `closures` is empty. */
  calendar: PoolCalendar;
  /** Active resources in order, each closed from the end of its certificate on. */
  resources: readonly { readonly id: string; readonly closures?: readonly Interval[] }[];
};
export type PoolOpening = PoolShape & { readonly frame: PoolFrame };

/** Frames are kept per connection: a few hundred bytes each. */
const FRAMES_KEPT = 5_000;
const kept = new WeakMap<Queries, Map<string, PoolFrame[]>>();

/**
 * The pools of a service in their order.
 * @param version of the service: whoever changes a pool's hours or resources raises the version of the services that use it, and so the
 * frames may be kept. Closures and claims change without it and are never kept here.
 */
export async function loadFrames(q: Queries, serviceId: string, version: number): Promise<PoolFrame[]> {
  const frames = kept.get(q) ?? new Map<string, PoolFrame[]>();
  kept.set(q, frames);
  const key = `${serviceId} ${version}`;
  const known = frames.get(key);
  if (known) return known;
  const poolIds = await q
    .select({ id: servicePool.poolId })
    .from(servicePool)
    .where(eq(servicePool.serviceId, serviceId))
    .orderBy(asc(servicePool.position), asc(servicePool.poolId));
  const found = await loadFramesOf(
    q,
    poolIds.map((row) => row.id),
  );
  if (frames.size >= FRAMES_KEPT) frames.clear();
  frames.set(key, found);
  return found;
}

/** The frames of given pools, in the given order; pools that do not exist are left out. */
export async function loadFramesOf(q: Queries, poolIds: readonly string[]): Promise<PoolFrame[]> {
  if (poolIds.length === 0) return [];
  const pools = await q
    .select({ pool, zone: centre.timeZone })
    .from(pool)
    .innerJoin(centre, eq(centre.id, pool.centreId))
    .where(inArray(pool.id, [...poolIds]));
  const resources = await q
    .select({ id: resource.id, poolId: resource.poolId, validUntil: resource.validUntil })
    .from(resource)
    .where(and(inArray(resource.poolId, [...poolIds]), eq(resource.active, true)))
    .orderBy(asc(resource.position), asc(resource.id));
  // Pools with the same hours share one calendar: the search then opens its row once.
  const calendars = new Map<string, PoolCalendar>();
  return poolIds.flatMap((id) => {
    const row = pools.find((found) => found.pool.id === id);
    if (!row) return [];
    const hours = JSON.stringify([row.zone, row.pool.weeklyHours, row.pool.observesHolidays]);
    const calendar = calendars.get(hours) ?? calendarOf(row.zone, row.pool.weeklyHours, row.pool.observesHolidays);
    calendars.set(hours, calendar);
    return {
      id,
      centreId: row.pool.centreId,
      gridMinutes: row.pool.gridMinutes,
      calendar,
      resources: resources.filter((r) => r.poolId === id).map(frameResource),
    };
  });
}

/** The pools with the closures that end after `since` (UTC ms). One statement: pools of one service belong to one centre. */
export async function withClosures(q: Queries, frames: readonly PoolFrame[], since: number): Promise<PoolOpening[]> {
  const centreId = frames[0]?.centreId;
  if (centreId === undefined) return [];
  const rows = await prepare(q, 'closures_since', (p) =>
    p
      .select({
        poolId: closure.poolId,
        from: closure.fromAt,
        until: closure.untilAt,
        reasonZh: closure.reasonZh,
        reasonEn: closure.reasonEn,
      })
      .from(closure)
      .where(and(eq(closure.centreId, sql.placeholder('centreId')), gt(closure.untilAt, sql.placeholder('since')))),
  ).execute({ centreId, since });
  // Sorted here: for a handful of rows SQLite's own sorter costs more than all the rest of the statement.
  rows.sort((a, b) => a.from - b.from);
  return frames.map((frame) => {
    const own: Closure[] = rows.filter((row) => row.poolId === null || row.poolId === frame.id);
    const calendar = own.length === 0 ? frame.calendar : { ...frame.calendar, closures: own };
    return { id: frame.id, gridMinutes: frame.gridMinutes, calendar, frame };
  });
}

/** The pools with the cells claimed in the interval: what a slot search works on. One statement per pool. */
export async function withClaims(q: Queries, pools: readonly PoolOpening[], span: Interval): Promise<PoolFacts[]> {
  const facts: PoolFacts[] = [];
  for (const { frame, ...shape } of pools) {
    const rows = await claimedCells(q, frame, span);
    const busy = new Map<string, number[]>(frame.resources.map(({ id }) => [id, []]));
    for (const { resourceId, cell } of rows) busy.get(resourceId)?.push(cell);
    facts.push({ ...shape, resources: frame.resources.map((one) => ({ ...one, busy: Int32Array.from(busy.get(one.id) ?? []) })) });
  }
  return facts;
}

/** The active resources of a pool in order, each with its claimed cells next to an instant (UTC ms). One statement, however full the day. */
export async function neighboursOf(q: Queries, { id: poolId, gridMinutes, resources }: PoolFrame, at: number): Promise<Neighbours[]> {
  const rows = await prepare(q, 'claims_around', (p) =>
    p
      .select({
        id: resource.id,
        before: neighbour(sql`max`, sql`<`),
        from: neighbour(sql`min`, sql`>=`),
      })
      .from(resource)
      .where(eq(resource.poolId, sql.placeholder('poolId'))),
  ).execute({ poolId, at: cellAt(gridMinutes, at) });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return resources.flatMap(({ id, closures }) => {
    const claims = byId.get(id);
    const [ended] = closures ?? [];
    if (!claims || !ended) return claims ?? [];
    // What ends is as good as claimed from its end on.
    const end = cellAt(gridMinutes, ended.from);
    return { ...claims, from: Math.min(claims.from ?? end, Math.max(end, cellAt(gridMinutes, at))) };
  });
}

const frameResource = ({ id, validUntil }: { id: string; validUntil: number | null }) =>
  validUntil === null ? { id } : { id, closures: [{ from: validUntil + 1, until: Number.MAX_SAFE_INTEGER }] };

/** Spelled out: among the columns of one table drizzle leaves their table's name away, and here are two. */
const neighbour = (which: SQL, side: SQL) =>
  sql<number | null>`(select ${which}(c.cell) from claim c where c.resource_id = resource.id and c.cell ${side} ${sql.placeholder('at')})`;

/** Claimed cells of a pool that touch the interval, by resource, ascending. */
export function claimedCells(q: Queries, { id, gridMinutes }: { id: string; gridMinutes: number }, span: Interval) {
  const cells = cellsTouched(gridMinutes, span);
  return prepare(q, 'claims_of_pool', (p) =>
    p
      .select({ resourceId: claim.resourceId, cell: claim.cell, orderId: claim.orderId })
      .from(claim)
      .where(
        and(
          inArray(
            claim.resourceId,
            p
              .select({ id: resource.id })
              .from(resource)
              .where(eq(resource.poolId, sql.placeholder('poolId'))),
          ),
          gte(claim.cell, sql.placeholder('from')),
          lt(claim.cell, sql.placeholder('until')),
        ),
      )
      .orderBy(asc(claim.resourceId), asc(claim.cell)),
  ).execute({ poolId: id, ...cells });
}

export function calendarOf(zone: string, weeklyHours: WeeklyHours, keepsPublicHolidays: boolean): PoolCalendar {
  const weekly: Partial<Record<Weekday, readonly Hours[]>> = {};
  for (const [i, day] of weeklyHours.entries()) weekly[(i + 1) as Weekday] = day.map(([from, until]) => ({ from, until }));
  return { zone, weekly, keepsPublicHolidays, closures: [] };
}
