import { and, eq, inArray, sql } from 'drizzle-orm';
import { zoneOf } from '#app/modules/centres/centre-facts.server.ts';
import { prepare, type Queries } from '#db/queries.ts';
import { claim, pool, resource } from '#db/schema/scheduling.ts';
import { addMinutes, minutesPerDay, raisePoolVersions } from './book-minutes.server.ts';
import { NO_POOL } from './worker-cells.ts';

type Claimed = { resourceId: string; cell: number; poolId: string };

const claimed = { resourceId: claim.resourceId, cell: claim.cell, poolId: claim.poolId };

/**
 * Frees all that an order or an offer has claimed.
 * @returns how many cells became free: 0 when it held none
 */
export async function releaseClaims(tx: Queries, holderId: string): Promise<number> {
  const freed = await prepare(tx, 'claim_release', (q) =>
    q
      .delete(claim)
      .where(eq(claim.holderId, sql.placeholder('holderId')))
      .returning({ ...claimed, used: claim.used }),
  ).execute({ holderId });
  // All claims of a holder become used at the same moment, so the first row tells for all.
  await countDays(tx, freed, -1, freed[0]?.used ? -1 : 0);
  await raisePoolVersions(tx, await poolsTouched(tx, freed));
  return freed.filter((row) => row.poolId !== NO_POOL).length;
}

/** The pools of the cells, and those that sell the same people. */
async function poolsTouched(tx: Queries, rows: readonly Claimed[]): Promise<string[]> {
  const own = rows.filter((row) => row.poolId !== NO_POOL).map((row) => row.poolId);
  const workers = [...new Set(rows.filter((row) => row.poolId === NO_POOL).map((row) => row.resourceId))];
  if (workers.length === 0) return own;
  const theirs = await tx.select({ poolId: resource.poolId }).from(resource).where(inArray(resource.workerId, workers));
  return [...own, ...theirs.map(({ poolId }) => poolId)];
}

/** Counts what an order, or a date of a course, has claimed as used: its work has begun. Said again, it changes nothing. */
export async function markUsed(tx: Queries, holderId: string): Promise<void> {
  const rows = await tx
    .update(claim)
    .set({ used: true })
    .where(and(eq(claim.holderId, holderId), eq(claim.used, false)))
    .returning(claimed);
  await countDays(tx, rows, 0, 1);
}

async function countDays(tx: Queries, claims: readonly Claimed[], bookedSign: number, usedSign: number): Promise<void> {
  const rows = claims.filter((row) => row.poolId !== NO_POOL);
  if (rows.length === 0) return;
  const poolIds = [...new Set(rows.map((row) => row.poolId))];
  const pools = await tx
    .select({ id: pool.id, gridMinutes: pool.gridMinutes, zone: zoneOf(pool.centreId) })
    .from(pool)
    .where(inArray(pool.id, poolIds));
  for (const [resourceId, own] of Map.groupBy(rows, (row) => row.resourceId)) {
    const { poolId } = own[0] as Claimed;
    const facts = pools.find((p) => p.id === poolId);
    if (!facts) continue;
    const days = minutesPerDay(
      facts.zone,
      facts.gridMinutes,
      own.map((row) => row.cell),
    );
    for (const [day, minutes] of days) {
      const change = { poolId, day, resourceId, booked: bookedSign * minutes || 0, used: usedSign * minutes || 0 };
      await addMinutes(tx, change, 0); // the row is there: the claim made it
    }
  }
}
