import { Problem } from '#app/core/problem.ts';
import type { Queries } from '#db/queries.ts';
import { isVerified } from '../centre-facts.server.ts';

/** Asked inside what leads to money. @throws Problem centre_unverified */
export async function mustBeVerified(q: Queries, centreId: string): Promise<void> {
  if (!(await isVerified(q, centreId))) throw new Problem('centre_unverified');
}
