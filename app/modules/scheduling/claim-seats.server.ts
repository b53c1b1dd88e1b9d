import { Problem } from '#app/core/problem.ts';
import type { Queries } from '#db/queries.ts';
import type { CourseSession } from '#db/schema/catalogue.ts';
import { claimCells, type Holder } from './claim-cells.server.ts';
import { freeSeats } from './course-sessions.ts';
import { type PoolAvailability, withClaims } from './load-pool-facts.server.ts';

/**
 * Makes seats of a course's date the holder's: as many as its pool stands in `pools`. The engine refuses a seat somebody else wrote first.
 * @throws Problem slot_closed for a date there is not or that is closed, slot_taken when fewer seats are left
 */
export async function claimSeats(
  tx: Queries,
  holder: Holder,
  pools: readonly PoolAvailability[],
  session: CourseSession | undefined,
): Promise<{ endAt: number }> {
  const seats = pools.filter(({ kind }) => kind === 'seat');
  const [pool] = seats;
  if (!session || !pool) throw new Problem('slot_closed');
  const [facts] = await withClaims(tx, [pool], { from: session.startAt, until: session.endAt });
  const idle = { ...facts!, resources: facts!.resources.map((seat) => ({ ...seat, busy: new Int32Array() })) };
  if (freeSeats(idle, session).resourceIds.length === 0) throw new Problem('slot_closed');
  const { resourceIds, cells } = freeSeats(facts!, session);
  if (resourceIds.length < seats.length) throw new Problem('slot_taken');
  for (const resourceId of resourceIds.slice(0, seats.length))
    await claimCells(tx, holder, pool, { poolId: pool.id, resourceId, cells: Int32Array.from(cells) });
  return { endAt: session.endAt };
}
