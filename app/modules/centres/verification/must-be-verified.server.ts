import { eq } from 'drizzle-orm';
import { Problem } from '#app/core/problem.ts';
import type { Queries } from '#db/queries.ts';
import { centre } from '#db/schema/centres.ts';

/** Asked inside what leads to money. @throws Problem centre_unverified */
export async function mustBeVerified(q: Queries, centreId: string): Promise<void> {
  const [found] = await q.select({ verifiedAt: centre.verifiedAt }).from(centre).where(eq(centre.id, centreId));
  if (!found || found.verifiedAt === null) throw new Problem('centre_unverified');
}
