import { eq, type SQL, sql } from 'drizzle-orm';
import { prepare, type Queries } from '#db/queries.ts';
import { resource } from '#db/schema/scheduling.ts';
import { cellAt } from './grid.ts';
import { poolNeighbours, WORKER_GRID } from './worker-cells.ts';

type Grid = { id: string; gridMinutes: number };

/** Of each resource of a pool the claimed cells next to an instant (UTC ms): the last before its cell, the first from it on. */
export const around = (q: Queries, { id: poolId, gridMinutes }: Grid, at: number) =>
  prepare(q, 'claims_around', (p) =>
    p
      .select({ id: resource.id, before: ownBefore, from: ownFrom })
      .from(resource)
      .where(eq(resource.poolId, sql.placeholder('poolId'))),
  ).execute({ poolId, at: cellAt(gridMinutes, at) });

/** The same for a pool with people whom other pools sell too: claims in those pools count. One statement as well. */
export async function aroundWorkers(q: Queries, { id: poolId, gridMinutes }: Grid, at: number) {
  const rows = await prepare(q, 'claims_around_workers', (p) =>
    p
      .select({ id: resource.id, before: ownBefore, from: ownFrom, workerBefore, workerFrom })
      .from(resource)
      .where(eq(resource.poolId, sql.placeholder('poolId'))),
  ).execute({ poolId, at: cellAt(gridMinutes, at), quarter: cellAt(WORKER_GRID, at) });
  return rows.map((row) => {
    const theirs = poolNeighbours(gridMinutes, at, { before: row.workerBefore, from: row.workerFrom });
    return { id: row.id, before: extreme(Math.max, row.before, theirs.before), from: extreme(Math.min, row.from, theirs.from) };
  });
}

const extreme = (which: (a: number, b: number) => number, a: number | null, b: number | null) =>
  a === null ? b : b === null ? a : which(a, b);

/** Written out by hand: drizzle omits the table's name when all columns are of one table, but here the table stands in the statement twice. */
const neighbour = (which: SQL, of: SQL, side: SQL, at: string) =>
  sql<number | null>`(select ${which}(c.cell) from claim c where c.resource_id = ${of} and c.cell ${side} ${sql.placeholder(at)})`;
const ownBefore = neighbour(sql`max`, sql`resource.id`, sql`<`, 'at');
const ownFrom = neighbour(sql`min`, sql`resource.id`, sql`>=`, 'at');
const workerBefore = neighbour(sql`max`, sql`resource.worker_id`, sql`<`, 'quarter');
const workerFrom = neighbour(sql`min`, sql`resource.worker_id`, sql`>=`, 'quarter');
