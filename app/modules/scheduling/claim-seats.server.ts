import { Problem } from '#app/core/problem.ts';
import type { Queries } from '#db/queries.ts';
import type { CourseSession } from '#db/schema/catalogue.ts';
import { claimCells, type Holder } from './claim-cells.server.ts';
import { freeSeats, sessionCells } from './course-sessions.ts';
import { claimsWithin, type PoolAvailability } from './load-pool-facts.server.ts';

/**
 * Makes seats of a course's date the holder's: as many as its pool stands in `pools`, each of the seats it has there (one may be narrowed to
 * the seat somebody chose). The engine refuses a seat somebody else wrote first.
 * @throws Problem slot_closed for a date there is not or that is closed, slot_taken when fewer seats are left
 */
export async function claimSeats(
  tx: Queries,
  holder: Holder,
  pools: readonly PoolAvailability[],
  session: CourseSession | undefined,
): Promise<{ endAt: number }> {
  const first = pools.find(({ kind }) => kind === 'seat');
  if (!session || !first) throw new Problem('slot_closed');
  const seats = pools.filter(({ id }) => id === first.id);
  if (freeSeats(first, new Map(), session).free.length === 0) throw new Problem('slot_closed');
  const rows = await claimsWithin(tx, first.hours, { from: session.startAt, until: session.endAt });
  const claimed = Map.groupBy(rows, ({ cell }) => cell);
  // All are chosen before one is written: who goes on after a refusal has claimed nothing.
  const chosen = new Map<string, PoolAvailability>();
  for (const pool of seats) {
    const { free, rest } = freeSeats(pool, claimed, session);
    const seat = free.find((id) => !chosen.has(id));
    if (seat === undefined || chosen.size >= rest) throw new Problem('slot_taken');
    chosen.set(seat, pool);
  }
  const cells = Int32Array.from(sessionCells(first, session));
  for (const [resourceId, pool] of chosen) await claimCells(tx, holder, pool, { poolId: pool.id, resourceId, cells });
  return { endAt: session.endAt };
}
