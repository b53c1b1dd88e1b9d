import { eq } from 'drizzle-orm';
import { announceAll } from '#app/core/change-feed.server.ts';
import type { HookFacts } from '#app/core/hooks.ts';
import type { Queries } from '#db/queries.ts';
import { capability, capabilityImport, capabilityVersion } from '#db/schema/capability.ts';

/** The scope that was prepared goes along with the entry, and is found from now on. */
export async function followEntry(tx: Queries, { from, to }: HookFacts['entryGiven'], now: number): Promise<void> {
  const moved = await tx.update(capability).set({ centreId: to }).where(eq(capability.centreId, from)).returning({ id: capability.id });
  await tx.update(capabilityVersion).set({ centreId: to }).where(eq(capabilityVersion.centreId, from));
  await tx.update(capabilityImport).set({ centreId: to }).where(eq(capabilityImport.centreId, from));
  const ids = moved.map(({ id }) => id);
  await announceAll(tx, 'capability', ids, now);
}

/** The scope of an entry that has become public is found from now on. */
export async function showScope(tx: Queries, { centreId }: HookFacts['entryShown'], now: number): Promise<void> {
  const rows = await tx.select({ id: capability.id }).from(capability).where(eq(capability.centreId, centreId));
  const ids = rows.map(({ id }) => id);
  await announceAll(tx, 'capability', ids, now);
}
