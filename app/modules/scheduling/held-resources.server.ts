import { and, asc, eq, gte, inArray, lt, sql } from 'drizzle-orm';
import { chunks, type Queries } from '#db/queries.ts';
import { claim, pool, resource } from '#db/schema/scheduling.ts';
import { cellStart, cellsTouched } from './grid.ts';
import type { Interval } from './working-calendar.ts';

/** The resources of a centre that are linked with a person, in order. */
export const resourcesLinked = (q: Queries, centreId: string, personId: string) =>
  q
    .select({ id: resource.id, nameZh: resource.nameZh, nameEn: resource.nameEn })
    .from(resource)
    .innerJoin(pool, eq(pool.id, resource.poolId))
    .where(and(eq(pool.centreId, centreId), eq(resource.personId, personId)))
    .orderBy(asc(pool.position), asc(resource.position), asc(resource.id));

/**
 * For each order and open offer, by its id, from when to when it holds any of the resources within the span; of all the centre's resources
 * when none are given. Cells are counted on a pool's grid, so there is one statement per grid.
 */
export async function hoursHeld(
  q: Queries,
  centreId: string,
  resourceIds: readonly string[],
  span: Interval,
): Promise<Map<string, Interval>> {
  const grids = await q.selectDistinct({ minutes: pool.gridMinutes }).from(pool).where(eq(pool.centreId, centreId));
  const hours = new Map<string, Interval>();
  for (const { minutes } of grids) {
    const cells = cellsTouched(minutes, span);
    const rows = await q
      .select({
        holderId: claim.holderId,
        first: sql<number>`min(${claim.cell})`.mapWith(Number),
        last: sql<number>`max(${claim.cell})`.mapWith(Number),
      })
      .from(claim)
      .innerJoin(resource, eq(resource.id, claim.resourceId))
      .innerJoin(pool, eq(pool.id, resource.poolId))
      .where(
        and(
          eq(pool.centreId, centreId),
          eq(pool.gridMinutes, minutes),
          resourceIds.length > 0 ? inArray(claim.resourceId, [...resourceIds]) : undefined,
          gte(claim.cell, cells.from),
          lt(claim.cell, cells.until),
        ),
      )
      .groupBy(claim.holderId);
    for (const { holderId, first, last } of rows) {
      const known = hours.get(holderId);
      const from = cellStart(minutes, first);
      const until = cellStart(minutes, last + 1);
      hours.set(holderId, { from: Math.min(from, known?.from ?? from), until: Math.max(until, known?.until ?? until) });
    }
  }
  return hours;
}

/** What orders and offers hold, each resource once, in the order of the pools. */
export async function resourcesHeld(q: Queries, holderIds: readonly string[]) {
  const rows = [];
  for (const ids of chunks(holderIds))
    rows.push(
      ...(await q
        .selectDistinct({
          holderId: claim.holderId,
          id: resource.id,
          nameZh: resource.nameZh,
          nameEn: resource.nameEn,
          poolPosition: pool.position,
          position: resource.position,
        })
        .from(claim)
        .innerJoin(resource, eq(resource.id, claim.resourceId))
        .innerJoin(pool, eq(pool.id, resource.poolId))
        .where(inArray(claim.holderId, ids))
        .orderBy(asc(pool.position), asc(resource.position), asc(resource.id))),
    );
  return rows;
}
