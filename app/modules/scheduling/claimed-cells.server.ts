import { and, asc, eq, gte, inArray, lt, sql } from 'drizzle-orm';
import { prepare, type Queries } from '#db/queries.ts';
import { claim, resource } from '#db/schema/scheduling.ts';
import { cellsTouched } from './grid.ts';
import { poolCells, WORKER_GRID } from './worker-cells.ts';
import type { Interval } from './working-calendar.ts';

/** The claims of a pool between two cells. `poolId`, `from` and `until` (the first cell behind the stretch) are given when it is run. */
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

/** The same for a pool with people whom other pools sell too: includes the cells those pools have claimed of them. One statement as well. */
export async function cellsOfWorkers(q: Queries, { id, gridMinutes }: { id: string; gridMinutes: number }, span: Interval) {
  const cells = cellsTouched(gridMinutes, span);
  const quarters = cellsTouched(WORKER_GRID, span);
  const rows = await prepare(q, 'claims_of_workers', (p) =>
    p
      .select({ resourceId: claim.resourceId, cell: claim.cell, workers: sql<number>`0`.mapWith(Number) })
      .from(claim)
      .where(ofPoolWithin(p))
      .unionAll(
        p
          .select({ resourceId: resource.id, cell: claim.cell, workers: sql<number>`1`.mapWith(Number) })
          .from(resource)
          .innerJoin(claim, eq(claim.resourceId, resource.workerId))
          .where(
            and(
              eq(resource.poolId, sql.placeholder('poolId')),
              gte(claim.cell, sql.placeholder('fromQuarter')),
              lt(claim.cell, sql.placeholder('untilQuarter')),
            ),
          ),
      ),
  ).execute({ poolId: id, ...cells, fromQuarter: quarters.from, untilQuarter: quarters.until });
  const claimed: { resourceId: string; cell: number }[] = [];
  for (const [resourceId, own] of Map.groupBy(rows, (row) => row.resourceId)) {
    const cellsOf = (workers: number) => Int32Array.from(own.flatMap((row) => (row.workers === workers ? row.cell : []))).sort();
    const all = new Set([...cellsOf(0), ...poolCells(gridMinutes, cellsOf(1))]);
    for (const cell of [...all].sort((a, b) => a - b)) claimed.push({ resourceId, cell });
  }
  return claimed;
}
