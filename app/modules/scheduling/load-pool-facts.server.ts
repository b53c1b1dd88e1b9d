import { and, asc, eq, gt, inArray, isNull, lt, or, sql } from 'drizzle-orm';
import { poolsInOrder } from '#app/modules/catalogue/service-pools.server.ts';
import { zoneOf } from '#app/modules/centres/centre-facts.server.ts';
import { chunks, prepare, type Queries } from '#db/queries.ts';
import { closure, type PoolKind, pool, resource, type WeeklyHours } from '#db/schema/scheduling.ts';
import type { PoolShape } from './cell-rows.ts';
import { type Neighbours, withoutClosed } from './choose-between.ts';
import { cellsOfWorkers, claimedCells } from './claimed-cells.server.ts';
import { around, aroundWorkers } from './claims-around.server.ts';
import { cellAt } from './grid.ts';
import type { Weekday } from './local-day.ts';
import type { PoolFacts } from './slot-search.ts';
import { type Closure, type Hours, type Interval, LONGEST_CLOSURE_MS, type PoolCalendar } from './working-calendar.ts';

/** A pool without its closures and claims, which change all the time. */
export type PoolHours = {
  id: string;
  centreId: string;
  kind: PoolKind;
  gridMinutes: number;
  /** Weekly hours alone: `closures` is empty. */
  calendar: PoolCalendar;
  /** Active resources in order, each closed from the end of its certificate on; in a `PoolAvailability` in its own closures too. */
  resources: readonly PoolResource[];
};
export type PoolResource = {
  readonly id: string;
  readonly closures?: readonly Interval[];
  /** The person, where other pools sell the same person too, and that person's resources in those pools. */
  readonly workerId?: string;
  readonly elsewhere?: readonly { readonly id: string; readonly poolId: string }[];
};
export type PoolAvailability = PoolShape & { readonly hours: PoolHours };

/** Later than any closure. */
export const FOR_EVER = Number.MAX_SAFE_INTEGER;

/** Hours are kept per connection: a few hundred bytes each. */
const POOLS_KEPT = 5_000;
const kept = new WeakMap<Queries, Map<string, PoolHours[]>>();

/**
 * The pools of a service in their order.
 * @param version of the service. Changing a pool's hours or resources raises the version of every service that uses it, so hours can be kept
 * by it. Closures and claims change without raising it and are never kept here.
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

/** The hours of given pools, in the given order, as often as they are given; pools that do not exist are left out. */
export async function loadPools(q: Queries, poolIds: readonly string[]): Promise<PoolHours[]> {
  if (poolIds.length === 0) return [];
  const pools = await q
    .select({ pool, zone: zoneOf(pool.centreId) })
    .from(pool)
    .where(inArray(pool.id, [...poolIds]));
  const resources = await q
    .select({ id: resource.id, poolId: resource.poolId, validUntil: resource.validUntil, workerId: resource.workerId })
    .from(resource)
    .where(and(inArray(resource.poolId, [...poolIds]), eq(resource.active, true)))
    .orderBy(asc(resource.position), asc(resource.id));
  const workers = await workersElsewhere(q, resources);
  // Pools with the same hours share one calendar: the search then opens its row once.
  const calendars = new Map<string, PoolCalendar>();
  const hoursOf = (id: string): PoolHours[] => {
    const row = pools.find((found) => found.pool.id === id);
    if (!row) return [];
    const hours = JSON.stringify([row.zone, row.pool.weeklyHours, row.pool.observesHolidays]);
    const calendar = calendars.get(hours) ?? calendarOf(row.zone, row.pool.weeklyHours, row.pool.observesHolidays);
    calendars.set(hours, calendar);
    const own = resources.filter((r) => r.poolId === id).map((r) => ({ ...openUntilCertificateEnds(r), ...workers(r) }));
    const { centreId, kind, gridMinutes } = row.pool;
    return [{ id, centreId, kind, gridMinutes, calendar, resources: own }];
  };
  const byId = new Map(poolIds.map((id) => [id, hoursOf(id)]));
  return poolIds.flatMap((id) => byId.get(id) ?? []);
}

/** For resources whose person other pools sell too: who the person is, and which other resources are the same person. */
async function workersElsewhere(q: Queries, resources: readonly { id: string; workerId: string | null }[]) {
  const ids = [...new Set(resources.flatMap(({ workerId }) => workerId ?? []))];
  const all: { id: string; poolId: string; workerId: string | null }[] = [];
  for (const some of chunks(ids))
    all.push(
      ...(await q
        .select({ id: resource.id, poolId: resource.poolId, workerId: resource.workerId })
        .from(resource)
        .where(inArray(resource.workerId, some))
        .orderBy(asc(resource.id))),
    );
  return ({ id, workerId }: (typeof resources)[number]) =>
    workerId === null
      ? {}
      : {
          workerId,
          elsewhere: all.flatMap((one) => (one.workerId === workerId && one.id !== id ? { id: one.id, poolId: one.poolId } : [])),
        };
}

/**
 * The pools with the closures that touch the span, each resource with its own. One statement: pools of one service belong to one centre.
 * Busy times read from calendars are many, so those of other pools and those outside the span are not read. A person who is away from one
 * pool is away from all.
 */
export async function withClosures(q: Queries, poolHours: readonly PoolHours[], { from, until }: Interval): Promise<PoolAvailability[]> {
  const centreId = poolHours[0]?.centreId;
  if (centreId === undefined) return [];
  const pools = Object.fromEntries(poolHours.map(({ id }, i) => [`pool${i}`, id]));
  const elsewhere = [
    ...new Set(poolHours.flatMap(({ resources }) => resources.flatMap((one) => one.elsewhere?.map(({ id }) => id) ?? []))),
  ];
  const others = Object.fromEntries(elsewhere.map((id, i) => [`other${i}`, id]));
  const rows = await prepare(q, `closures_within_${poolHours.length}_${elsewhere.length}`, (p) =>
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
            elsewhere.length === 0
              ? undefined
              : inArray(
                  closure.resourceId,
                  elsewhere.map((_, i) => sql.placeholder(`other${i}`)),
                ),
          ),
        ),
      ),
  ).execute({ ...pools, ...others, centreId, begun: from - LONGEST_CLOSURE_MS, from, until });
  // Sorted here: for a handful of rows SQLite's own sorter costs more than all the rest of the statement.
  rows.sort((a, b) => a.from - b.from);
  const closed = (hours: PoolHours): PoolAvailability => {
    const own: Closure[] = rows.filter((row) => row.resourceId === null && (row.poolId === null || row.poolId === hours.id));
    const calendar = own.length === 0 ? hours.calendar : { ...hours.calendar, closures: own };
    const away = rows.filter((row) => row.resourceId !== null && (row.poolId === hours.id || elsewhere.includes(row.resourceId)));
    return {
      id: hours.id,
      kind: hours.kind,
      gridMinutes: hours.gridMinutes,
      calendar,
      hours: away.length === 0 ? hours : closedIn(hours, away),
    };
  };
  const byHours = new Map([...new Set(poolHours)].map((hours) => [hours, closed(hours)]));
  return poolHours.flatMap((hours) => byHours.get(hours) ?? []);
}

function closedIn(hours: PoolHours, closures: readonly (Interval & { resourceId: string | null })[]): PoolHours {
  const byResource = Map.groupBy(closures, (one) => one.resourceId);
  const resources = hours.resources.map((one) => {
    const own = [one, ...(one.elsewhere ?? [])].flatMap(({ id }) => byResource.get(id) ?? []);
    return own.length > 0 ? { ...one, closures: [...(one.closures ?? []), ...own] } : one;
  });
  return { ...hours, resources };
}

const hasWorkers = ({ resources }: PoolHours) => resources.some(({ workerId }) => workerId !== undefined);

/** The cells of a pool that are claimed in the interval, of resources taken out of use too. */
export const claimsWithin = (q: Queries, hours: PoolHours, span: Interval): Promise<{ resourceId: string; cell: number }[]> =>
  hasWorkers(hours) ? cellsOfWorkers(q, hours, span) : claimedCells(q, hours, span);

/** The pools with the cells claimed in the interval: what a slot search works on. One statement per pool. */
export async function withClaims(q: Queries, pools: readonly PoolAvailability[], span: Interval): Promise<PoolFacts[]> {
  const facts = new Map<PoolAvailability, PoolFacts>();
  for (const pool of new Set(pools)) {
    const { hours, ...shape } = pool;
    const rows = await claimsWithin(q, hours, span);
    const busy = new Map<string, number[]>(hours.resources.map(({ id }) => [id, []]));
    for (const { resourceId, cell } of rows) busy.get(resourceId)?.push(cell);
    const resources = hours.resources.map((one) => ({ ...one, busy: Int32Array.from(busy.get(one.id) ?? []) }));
    facts.set(pool, { ...shape, resources });
  }
  return pools.flatMap((pool) => facts.get(pool) ?? []);
}

/** The active resources of a pool in order, each with its claimed cells next to an instant (UTC ms). One statement, however full the day. */
export async function neighboursOf(q: Queries, hours: PoolHours, at: number): Promise<Neighbours[]> {
  const { gridMinutes, resources } = hours;
  const byId = new Map((await (hasWorkers(hours) ? aroundWorkers(q, hours, at) : around(q, hours, at))).map((row) => [row.id, row]));
  return resources.flatMap(({ id, closures, workerId }) => {
    const found = byId.get(id);
    if (!found) return [];
    const claims = workerId === undefined ? found : { ...found, workerId };
    return closures ? withoutClosed(claims, closures, gridMinutes, cellAt(gridMinutes, at)) : claims;
  });
}

const openUntilCertificateEnds = ({ id, validUntil }: { id: string; validUntil: number | null }) =>
  validUntil === null ? { id } : { id, closures: [{ from: validUntil + 1, until: FOR_EVER }] };

export function calendarOf(zone: string, weeklyHours: WeeklyHours, keepsPublicHolidays: boolean): PoolCalendar {
  const weekly: Partial<Record<Weekday, readonly Hours[]>> = {};
  for (const [i, day] of weeklyHours.entries()) weekly[(i + 1) as Weekday] = day.map(([from, until]) => ({ from, until }));
  return { zone, weekly, keepsPublicHolidays, closures: [] };
}
