import { and, asc, eq, gte, inArray, lt } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import { announce } from '#app/core/change-feed.server.ts';
import { Problem } from '#app/core/problem.ts';
import { organisationOfCentre } from '#app/modules/centres/centre-facts.server.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import type { Queries } from '#db/queries.ts';
import { claim, pool, resource, resourceDay } from '#db/schema/scheduling.ts';
import { raisePoolVersions } from './book-minutes.server.ts';
import { cellsTouched } from './grid.ts';
import { loadPools, type PoolHours, withClosures } from './load-pool-facts.server.ts';
import { DAY_MS, dayOf, isoDay } from './local-day.ts';
import { openMinutes } from './open-minutes.ts';
import { WORKER_GRID } from './worker-cells.ts';
import type { Interval } from './working-calendar.ts';

/**
 * The pools a closure of the actor's centre concerns: one, or all. A resource has to be one of the pool's.
 * @throws Problem not_found for other centres and their pools; forbidden for members who do not plan its time
 */
export async function closedPools(
  tx: Queries,
  actor: Actor,
  { centreId, poolId, resourceId = null }: { centreId: string; poolId: string | null; resourceId?: string | null },
): Promise<PoolHours[]> {
  const owner = await organisationOfCentre(tx, centreId);
  if (actor.organisationKind !== 'centre' || owner !== actor.organisationId) throw new Problem('not_found');
  requireRight(actor, 'time.plan');
  const pools = await tx
    .select({ id: pool.id })
    .from(pool)
    .where(and(eq(pool.centreId, centreId), poolId === null ? undefined : eq(pool.id, poolId)))
    .orderBy(asc(pool.position), asc(pool.id));
  if (poolId !== null && pools.length === 0) throw new Problem('not_found');
  if (resourceId !== null) {
    const own = and(eq(resource.id, resourceId), eq(resource.poolId, poolId ?? ''));
    const [found] = await tx.select({ id: resource.id }).from(resource).where(own);
    if (!found) throw new Problem('not_found');
  }
  return loadPools(
    tx,
    pools.map((row) => row.id),
  );
}

/** Finds the numbers of orders, ascending; a holder that is no order has none. Handed in by the composition, since the orders module stands above this one. */
export type OrderNumbers = (q: Queries, holderIds: readonly string[]) => Promise<string[]>;

/** Who holds a cell within the interval in one of the pools, or on the one resource (of a person: in other pools too): orders, and offers. */
export async function holdersWithin(
  tx: Queries,
  poolHours: readonly PoolHours[],
  span: Interval,
  resourceId: string | null = null,
): Promise<string[]> {
  const holders = new Set<string>();
  for (const { id, gridMinutes } of poolHours) {
    const cells = cellsTouched(gridMinutes, span);
    const rows = await tx
      .selectDistinct({ id: claim.holderId })
      .from(claim)
      .where(
        and(
          inArray(claim.resourceId, tx.select({ id: resource.id }).from(resource).where(eq(resource.poolId, id))),
          resourceId === null ? undefined : eq(claim.resourceId, resourceId),
          gte(claim.cell, cells.from),
          lt(claim.cell, cells.until),
        ),
      );
    for (const { id: holder } of rows) holders.add(holder);
  }
  for (const holder of await holdersOfWorker(tx, poolHours, span, resourceId)) holders.add(holder);
  return [...holders];
}

/** Who holds time of the person a resource is, in whatever pool. */
async function holdersOfWorker(tx: Queries, poolHours: readonly PoolHours[], span: Interval, resourceId: string | null) {
  const { workerId } = poolHours.flatMap(({ resources }) => resources).find(({ id }) => id === resourceId) ?? {};
  if (workerId === undefined) return [];
  const cells = cellsTouched(WORKER_GRID, span);
  const rows = await tx
    .selectDistinct({ id: claim.holderId })
    .from(claim)
    .where(and(eq(claim.resourceId, workerId), gte(claim.cell, cells.from), lt(claim.cell, cells.until)));
  return rows.map(({ id }) => id);
}

/**
 * What follows when a closure was added or removed: the open minutes of its days are counted anew, and whatever was computed from the pools
 * is marked as stale. Pools that sell people of these pools have changed as well.
 */
export async function hoursChanged(tx: Queries, poolHours: readonly PoolHours[], span: Interval, now: number): Promise<void> {
  const theirs = poolHours.flatMap(({ resources }) => resources.flatMap(({ elsewhere = [] }) => elsewhere.map(({ poolId }) => poolId)));
  const others = await loadPools(
    tx,
    [...new Set(theirs)].filter((id) => !poolHours.some((own) => own.id === id)),
  );
  for (const availability of await withClosures(tx, [...poolHours, ...others], {
    from: span.from - 2 * DAY_MS,
    until: span.until + 3 * DAY_MS,
  })) {
    const { zone } = availability.calendar;
    const firstDay = dayOf(zone, span.from);
    const { resources } = availability.hours;
    // A cell that a closure touches at midnight may begin on the day before or end on the day after.
    const days = { first: firstDay - 1, until: dayOf(zone, span.until) + 2 };
    const open = new Map(
      openMinutes({ ...availability, resources }, days.first, days.until).map((row) => [`${row.resourceId} ${row.day}`, row.minutes]),
    );
    const kept = await tx
      .select()
      .from(resourceDay)
      .where(and(eq(resourceDay.poolId, availability.id), gte(resourceDay.day, days.first), lt(resourceDay.day, days.until)));
    for (const { resourceId, day, openMinutes: before } of kept) {
      const minutes = open.get(`${resourceId} ${isoDay(day)}`);
      if (minutes === undefined || minutes === before) continue;
      await tx
        .update(resourceDay)
        .set({ openMinutes: minutes })
        .where(and(eq(resourceDay.poolId, availability.id), eq(resourceDay.day, day), eq(resourceDay.resourceId, resourceId)));
    }
    await raisePoolVersions(tx, [availability.id]);
    await announce(tx, 'pool', availability.id, now);
  }
}
