import { Problem } from '#app/core/problem.ts';
import type { Queries } from '#db/queries.ts';
import type { CourseSession } from '#db/schema/catalogue.ts';
import { claimCells } from './claim-cells.server.ts';
import { cellsBeside, freeIn } from './course-sessions.ts';
import { claimsWithin, type PoolHours, withClosures } from './load-pool-facts.server.ts';
import { DAY_MS } from './local-day.ts';

/** What a course needs once, however many come: of each of these pools one resource. Who teaches, above all. */
export const besideSeats = (pools: readonly PoolHours[]): PoolHours[] => pools.filter(({ kind }) => kind !== 'seat');

/**
 * Makes what a date of a course needs beside its seats the date's own, from its announcement on: nobody who teaches is sold elsewhere at that
 * time. Chosen one after the other, so that a person in two of the pools is not chosen twice.
 * @param pools of the course
 * @throws Problem slot_taken when one of them has nobody free; slot_closed when it is not open then
 */
export async function claimBesideSeats(
  tx: Queries,
  pools: readonly PoolHours[],
  session: CourseSession & { holderId: string },
): Promise<void> {
  const span = { from: session.startAt - DAY_MS, until: session.endAt + DAY_MS };
  const seats = pools.find(({ kind }) => kind === 'seat');
  if (!seats) throw new Problem('slot_closed');
  for (const hours of besideSeats(pools)) {
    const [pool] = await withClosures(tx, [hours], span);
    const cells = pool && cellsBeside(pool, seats, session);
    if (!cells) throw new Problem('slot_closed');
    const claimed = Map.groupBy(await claimsWithin(tx, hours, span), ({ cell }) => cell);
    const [resourceId] = freeIn(pool, claimed, cells);
    if (resourceId === undefined) throw new Problem('slot_taken');
    const holder = { kind: 'session' as const, id: session.holderId };
    await claimCells(tx, holder, pool, { poolId: pool.id, resourceId, cells: Int32Array.from(cells) });
  }
}
