import { and, asc, eq, gte, lt, sql } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import { dayNumber, dayOf, isoDay } from '#app/modules/scheduling/local-day.ts';
import { prepare, type Queries } from '#db/queries.ts';
import { centre } from '#db/schema/centres.ts';
import { pool, resource, resourceDay } from '#db/schema/scheduling.ts';

/** Minutes of one resource on one day; `open` 0: closed. */
export type DayLoad = { open: number; booked: number };
export type PoolMonth = {
  zone: string;
  /** `2026-11`. */
  month: string;
  previous: string;
  next: string;
  /** ISO dates of the month. */
  days: string[];
  today: string;
  all: { id: string; nameZh: string; nameEn: string }[];
  pools: {
    id: string;
    nameZh: string;
    nameEn: string;
    /** Of each resource one per day; null where nothing is known. */
    resources: { id: string; nameZh: string; nameEn: string; days: (DayLoad | null)[] }[];
  }[];
};

/** The first and the last day but one behind a month's end, as day numbers. */
export function daysOfMonth(month: string): { first: number; until: number; previous: string; next: string } | undefined {
  const [, year] = /^(\d{4})-(?:0[1-9]|1[0-2])$/.exec(month) ?? [];
  if (year === undefined || Number(year) < 1971 || Number(year) > 2199) return undefined;
  const first = dayNumber(`${month}-01`);
  const next = isoDay(first + 31).slice(0, 7);
  return { first, until: dayNumber(`${next}-01`), previous: isoDay(first - 1).slice(0, 7), next };
}

/**
 * How full a month is: minutes open and booked per resource and day, from the rollup.
 * @param month `2026-11`; left out, or no month: this one
 * @param poolId only this one
 * @throws Problem not_found for others than the centre's members, a centre without pools and a pool that is not theirs
 */
export async function viewPoolMonth(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  { month, poolId }: { month?: string; poolId?: string } = {},
): Promise<PoolMonth> {
  requireRight(actor, 'centre.view');
  return db.read(async (q) => {
    const own = await ownPools(q, actor.organisationId);
    const shown = poolId === undefined ? own : own.filter((row) => row.id === poolId);
    const [{ zone } = { zone: undefined }] = shown;
    if (zone === undefined) throw new Problem('not_found');
    const today = isoDay(dayOf(zone, clock()));
    const asked = daysOfMonth(month ?? '') ? (month as string) : today.slice(0, 7);
    const { first, until, previous, next } = daysOfMonth(asked)!;
    const pools: PoolMonth['pools'] = [];
    for (const { id, nameZh, nameEn } of shown) pools.push({ id, nameZh, nameEn, resources: await loadOf(q, id, first, until) });
    return {
      zone,
      month: asked,
      previous,
      next,
      days: Array.from({ length: until - first }, (_, i) => isoDay(first + i)),
      today,
      all: own.map(({ id, nameZh, nameEn }) => ({ id, nameZh, nameEn })),
      pools,
    };
  });
}

const ownPools = (q: Queries, organisationId: string) =>
  prepare(q, 'pools_of_month', (p) =>
    p
      .select({ id: pool.id, nameZh: pool.nameZh, nameEn: pool.nameEn, zone: centre.timeZone })
      .from(pool)
      .innerJoin(centre, eq(centre.id, pool.centreId))
      .where(eq(centre.organisationId, sql.placeholder('organisationId')))
      .orderBy(asc(pool.position), asc(pool.id)),
  ).execute({ organisationId });

async function loadOf(q: Queries, poolId: string, first: number, until: number) {
  const resources = await prepare(q, 'resources_of_month', (p) =>
    p
      .select({ id: resource.id, nameZh: resource.nameZh, nameEn: resource.nameEn, active: resource.active })
      .from(resource)
      .where(eq(resource.poolId, sql.placeholder('poolId')))
      .orderBy(asc(resource.position), asc(resource.id)),
  ).execute({ poolId });
  const rows = await prepare(q, 'days_of_month', (p) =>
    p
      .select({
        resourceId: resourceDay.resourceId,
        day: resourceDay.day,
        open: resourceDay.openMinutes,
        booked: resourceDay.bookedMinutes,
      })
      .from(resourceDay)
      .where(
        and(
          eq(resourceDay.poolId, sql.placeholder('poolId')),
          gte(resourceDay.day, sql.placeholder('first')),
          lt(resourceDay.day, sql.placeholder('until')),
        ),
      ),
  ).execute({ poolId, first, until });
  const days = new Map(resources.map(({ id }) => [id, Array<DayLoad | null>(until - first).fill(null)]));
  for (const { resourceId, day, open, booked } of rows) {
    const of = days.get(resourceId);
    if (of) of[day - first] = { open, booked };
  }
  return resources
    .filter(({ id, active }) => active || days.get(id)!.some((day) => day && day.booked > 0))
    .map(({ active: _, ...one }) => ({ ...one, days: days.get(one.id)! }));
}
