import { sql } from 'drizzle-orm';
import { Problem } from '#app/core/problem.ts';
import { isUniqueViolation } from '#db/errors.ts';
import { prepare, type Queries } from '#db/queries.ts';
import { claim, type HolderKind } from '#db/schema/scheduling.ts';
import { addMinutes, minutesPerDay, raisePoolVersions } from './book-minutes.server.ts';
import type { ResourcePick } from './choose-resources.ts';
import type { PoolAvailability } from './load-pool-facts.server.ts';
import { openMinutes } from './open-minutes.ts';
import { NO_POOL, workerCells } from './worker-cells.ts';

/** Whom cells belong to. */
export type Holder = { kind: HolderKind; id: string };

/** Writes the cells of one resource as the holder's, and what is reckoned from them. @throws Problem slot_taken when somebody else has one */
export async function claimCells(tx: Queries, holder: Holder, pool: PoolAvailability, pick: ResourcePick): Promise<void> {
  const { workerId, elsewhere = [] } = pool.hours.resources.find(({ id }) => id === pick.resourceId) ?? {};
  await insertClaims(tx, holder, pick);
  // Of who stands in other pools too the time itself: whoever of two pools comes second is refused by the engine.
  if (workerId !== undefined) await insertClaims(tx, holder, cellsOfWorker(pool, workerId, pick), WORKER_ROWS_AT_ONCE);
  await countBooked(tx, pool, pick);
  await raisePoolVersions(tx, [pick.poolId, ...elsewhere.map(({ poolId }) => poolId)]);
}

/** So many rows in one statement at most: each size is a statement of its own, prepared once. */
const ROWS_AT_ONCE = 32;
/** Quarters of an hour are many: a long day's go in one statement. */
const WORKER_ROWS_AT_ONCE = 256;

const cellsOfWorker = ({ gridMinutes }: PoolAvailability, workerId: string, { cells }: ResourcePick): ResourcePick => ({
  poolId: NO_POOL,
  resourceId: workerId,
  cells: workerCells(gridMinutes, cells),
});

async function insertClaims(
  tx: Queries,
  { kind, id: holderId }: Holder,
  { poolId, resourceId, cells }: ResourcePick,
  rowsAtOnce = ROWS_AT_ONCE,
): Promise<void> {
  try {
    for (let from = 0; from < cells.length; from += rowsAtOnce) {
      const part = cells.subarray(from, from + rowsAtOnce);
      const values: Record<string, string | number> = { poolId, resourceId, holderId };
      for (let i = 0; i < part.length; i++) values[`cell${i}`] = part[i] as number;
      await prepare(tx, `claim_insert_${kind}_${part.length}`, (q) =>
        q.insert(claim).values(
          Array.from(part, (_, i) => ({
            resourceId: sql.placeholder('resourceId'),
            cell: sql.placeholder(`cell${i}`),
            poolId: sql.placeholder('poolId'),
            holderId: sql.placeholder('holderId'),
            // The same in every row: written into the statement, nothing to bind.
            holderKind: sql.raw(`'${kind}'`),
            used: sql`false`,
          })),
        ),
      ).execute(values);
    }
  } catch (error) {
    if (isUniqueViolation(error)) throw new Problem('slot_taken', {}, { cause: error });
    throw error;
  }
}

async function countBooked(tx: Queries, { hours, ...shape }: PoolAvailability, { poolId, resourceId, cells }: ResourcePick): Promise<void> {
  const { zone } = shape.calendar;
  for (const [day, booked] of minutesPerDay(zone, shape.gridMinutes, cells)) {
    const open = openMinutes({ ...shape, resources: hours.resources.filter(({ id }) => id === resourceId) }, day, day + 1)[0]?.minutes ?? 0;
    await addMinutes(tx, { poolId, day, resourceId, booked, used: 0 }, open);
  }
}
