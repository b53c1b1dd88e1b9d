import { isProblem, type Problem } from '#app/core/problem.ts';
import { claimBesideSeats } from '#app/modules/scheduling/claim-beside-seats.server.ts';
import type { PoolHours } from '#app/modules/scheduling/load-pool-facts.server.ts';
import type { Queries } from '#db/queries.ts';
import type { CourseSession } from '#db/schema/catalogue.ts';

/**
 * A date takes what it needs beside its seats, or its form is told.
 * @param refused what the form says: nobody is free then, or nobody works then
 */
export async function claimBeside(
  tx: Queries,
  pools: readonly PoolHours[],
  dated: CourseSession & { holderId: string },
  refused: (code: 'slot_taken' | 'slot_closed') => Problem,
): Promise<void> {
  try {
    await claimBesideSeats(tx, pools, dated);
  } catch (error) {
    if (!isProblem(error) || (error.code !== 'slot_taken' && error.code !== 'slot_closed')) throw error;
    throw refused(error.code);
  }
}
