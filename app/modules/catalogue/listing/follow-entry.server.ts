import { eq } from 'drizzle-orm';
import type { HookFacts } from '#app/core/hooks.ts';
import type { Queries } from '#db/queries.ts';
import { listing } from '#db/schema/listings.ts';

/** Listings that were prepared go along with the entry. Nothing is on sale before, so there is no service. */
export async function followEntry(tx: Queries, { from, to }: HookFacts['entryGiven']): Promise<void> {
  await tx.update(listing).set({ centreId: to }).where(eq(listing.centreId, from));
}
