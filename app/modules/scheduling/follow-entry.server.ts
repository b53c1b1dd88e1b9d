import { eq } from 'drizzle-orm';
import type { HookFacts } from '#app/core/hooks.ts';
import type { Queries } from '#db/queries.ts';
import { busyCalendar, closure, pool } from '#db/schema/scheduling.ts';

/** Pools, closures and calendars that were prepared go along with the entry. */
export async function followEntry(tx: Queries, { from, to }: HookFacts['entryGiven']): Promise<void> {
  await tx.update(pool).set({ centreId: to }).where(eq(pool.centreId, from));
  await tx.update(closure).set({ centreId: to }).where(eq(closure.centreId, from));
  await tx.update(busyCalendar).set({ centreId: to }).where(eq(busyCalendar.centreId, from));
}
