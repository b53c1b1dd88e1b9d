import { and, asc, eq, gt, gte, inArray, isNull, lt, or, type SQL, sql } from 'drizzle-orm';
import { poolsInOrder } from '#app/modules/catalogue/service-pools.server.ts';
import { zoneOf } from '#app/modules/centres/centre-facts.server.ts';
import { prepare, type Queries } from '#db/queries.ts';
import { claim, closure, pool, resource, type WeeklyHours } from '#db/schema/scheduling.ts';
import { type Neighbours, withoutClosed } from './choose-between.ts';
import { cellAt, cellsTouched } from './grid.ts';
import type { Weekday } from './local-day.ts';
import type { PoolFacts, PoolShape } from './slot-search.ts';
import { type Closure, type Hours, type Interval, LONGEST_CLOSURE_MS, type PoolCalendar } from './working-calendar.ts';

/** A pool without what changes by the hour (closures, claims). */
export type PoolHours = {
  id: string;
  centreId: string;
  gridMinutes: number;
  /** Weekly hours alone: `closures` is empty. */
  calendar: PoolCalendar;
  /** Active resources in order, each closed from the end of its certificate on; in a `PoolAvailability` in its own closures too. */
  resources: readonly { readonly id: string; readonly closures?: readonly Interval[] }[];
};
export type PoolAvailability = PoolShape & { readonly hours: PoolHours };

/** Later than any closure. */
export const FOR_EVER = Number.MAX_SAFE_INTEGER;

/** Hours are kept per connection: a few hundred bytes each. */
const POOLS_KEPT = 5_000;
const kept = new WeakMap<Queries, Map<string, PoolHours[]>>();

/**
 * The pools of a service in their order.
 * @param version of the service: whoever changes a pool's hours or resources raises the version of the services that use it, and so the
 * hours may be kept. Closures and claims change without it and are never kept here.
 */
export async function loadPoolsOfService(q: Queries, serviceId: string, version: number): Promise<PoolHours[]> {
  const poolHours = kept.get(q) ?? new Map<string, PoolHours[]>();
  kept.set(q, poolHours);
  const key = `${serviceId} ${version}`;
  const known = poolHours.get(key);
  if (known) return known;
  const found = await loadPools(q, await poolsInOrder(q, serviceId));
  if (poolHours.size >= POOLS_KEPT) poolHours.clear();
  poolHours.set(key, found);
  return found;
}

/** The hours of given pools, in the given order; pools that do not exist are left out. */
export async function loadPools(q: Queries, poolIds: readonly string[]): Promise<PoolHours[]> {
  if (poolIds.length === 0) return [];
  const pools = await q
    .select({ pool, zone: zoneOf(pool.centreId) })
    .from(pool)
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
      resources: resources.filter((r) => r.poolId === id).map(openUntilCertificateEnds),
    };
  });
}

/**
 * The pools with the closures that touch the span, each resource with its own. One statement: pools of one service belong to one centre.
 * A calendar's busy times are many: those of other pools, and those outside the span, are not read.
 */
export async function withClosures(q: Queries, poolHours: readonly PoolHours[], { from, until }: Interval): Promise<PoolAvailability[]> {
  const centreId = poolHours[0]?.centreId;
  if (centreId === undefined) return [];
  const pools = Object.fromEntries(poolHours.map(({ id }, i) => [`pool${i}`, id]));
  const rows = await prepare(q, `closures_within_${poolHours.length}`, (p) =>
    p
      .select({
        poolId: closure.poolId,
        resourceId: closure.resourceId,
        from: closure.fromAt,
        until: closure.untilAt,
        reasonZh: closure.reasonZh,
        reasonEn: closure.reasonEn,
      })
      .from(closure)
      .where(
        and(
          eq(closure.centreId, sql.placeholder('centreId')),
          gt(closure.fromAt, sql.placeholder('begun')),
          lt(closure.fromAt, sql.placeholder('until')),
          gt(closure.untilAt, sql.placeholder('from')),
          or(
            isNull(closure.poolId),
            inArray(
              closure.poolId,
              poolHours.map((_, i) => sql.placeholder(`pool${i}`)),
            ),
          ),
        ),
      ),
  ).execute({ ...pools, centreId, begun: from - LONGEST_CLOSURE_MS, from, until });
  // Sorted here: for a handful of rows SQLite's own sorter costs more than all the rest of the statement.
  rows.sort((a, b) => a.from - b.from);
  return poolHours.map((hours) => {
    const own: Closure[] = rows.filter((row) => row.resourceId === null && (row.poolId === null || row.poolId === hours.id));
    const calendar = own.length === 0 ? hours.calendar : { ...hours.calendar, closures: own };
    const away = rows.filter((row) => row.resourceId !== null && row.poolId === hours.id);
    return { id: hours.id, gridMinutes: hours.gridMinutes, calendar, hours: away.length === 0 ? hours : closedIn(hours, away) };
  });
}

function closedIn(hours: PoolHours, closures: readonly (Interval & { resourceId: string | null })[]): PoolHours {
  const byResource = Map.groupBy(closures, (one) => one.resourceId);
  const resources = hours.resources.map((one) => {
    const own = byResource.get(one.id);
    return own ? { ...one, closures: [...(one.closures ?? []), ...own] } : one;
  });
  return { ...hours, resources };
}

/** The pools with the cells claimed in the interval: what a slot search works on. One statement per pool. */
export async function withClaims(q: Queries, pools: readonly PoolAvailability[], span: Interval): Promise<PoolFacts[]> {
  const facts: PoolFacts[] = [];
  for (const { hours, ...shape } of pools) {
    const rows = await claimedCells(q, hours, span);
    const busy = new Map<string, number[]>(hours.resources.map(({ id }) => [id, []]));
    for (const { resourceId, cell } of rows) busy.get(resourceId)?.push(cell);
    facts.push({ ...shape, resources: hours.resources.map((one) => ({ ...one, busy: Int32Array.from(busy.get(one.id) ?? []) })) });
  }
  return facts;
}

/** The active resources of a pool in order, each with its claimed cells next to an instant (UTC ms). One statement, however full the day. */
export async function neighboursOf(q: Queries, { id: poolId, gridMinutes, resources }: PoolHours, at: number): Promise<Neighbours[]> {
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
    if (!claims || !closures) return claims ?? [];
    return withoutClosed(claims, closures, gridMinutes, cellAt(gridMinutes, at));
  });
}

const openUntilCertificateEnds = ({ id, validUntil }: { id: string; validUntil: number | null }) =>
  validUntil === null ? { id } : { id, closures: [{ from: validUntil + 1, until: FOR_EVER }] };

/** Spelled out: among the columns of one table drizzle leaves their table's name away, and here are two. */
const neighbour = (which: SQL, side: SQL) =>
  sql<number | null>`(select ${which}(c.cell) from claim c where c.resource_id = resource.id and c.cell ${side} ${sql.placeholder('at')})`;

/** The claims of a pool between two cells: values for `poolId`, `from` and `until` (the first cell no more in it) are given when it is run. */
export const ofPoolWithin = (q: Queries) =>
  and(
    inArray(
      claim.resourceId,
      q
        .select({ id: resource.id })
        .from(resource)
        .where(eq(resource.poolId, sql.placeholder('poolId'))),
    ),
    gte(claim.cell, sql.placeholder('from')),
    lt(claim.cell, sql.placeholder('until')),
  );

/** Claimed cells of a pool that touch the interval, by resource, ascending. */
export function claimedCells(q: Queries, { id, gridMinutes }: { id: string; gridMinutes: number }, span: Interval) {
  const cells = cellsTouched(gridMinutes, span);
  return prepare(q, 'claims_of_pool', (p) =>
    p
      .select({ resourceId: claim.resourceId, cell: claim.cell, holderId: claim.holderId })
      .from(claim)
      .where(ofPoolWithin(p))
      .orderBy(asc(claim.resourceId), asc(claim.cell)),
  ).execute({ poolId: id, ...cells });
}

export function calendarOf(zone: string, weeklyHours: WeeklyHours, keepsPublicHolidays: boolean): PoolCalendar {
  const weekly: Partial<Record<Weekday, readonly Hours[]>> = {};
  for (const [i, day] of weeklyHours.entries()) weekly[(i + 1) as Weekday] = day.map(([from, until]) => ({ from, until }));
  return { zone, weekly, keepsPublicHolidays, closures: [] };
}
