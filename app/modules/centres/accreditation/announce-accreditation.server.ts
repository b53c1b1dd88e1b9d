import { eq } from 'drizzle-orm';
import { announce, announceAll } from '#app/core/change-feed.server.ts';
import type { Queries } from '#db/queries.ts';
import { capability } from '#db/schema/capability.ts';

/** The centre's cards name it, and the rows under it carry its validity and whether it was checked. */
export async function announceAccreditation(tx: Queries, centreId: string, id: string, now: number): Promise<void> {
  await announce(tx, 'centre', centreId, now);
  const rows = await tx.select({ id: capability.id }).from(capability).where(eq(capability.accreditationId, id));
  await announceAll(
    tx,
    'capability',
    rows.map((row) => row.id),
    now,
  );
}
