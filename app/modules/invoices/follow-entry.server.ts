import { eq } from 'drizzle-orm';
import type { HookFacts } from '#app/core/hooks.ts';
import type { Queries } from '#db/queries.ts';
import { taxClass, taxRate } from '#db/schema/invoices.ts';

/** Rates and classes that were set while the entry was prepared go along with it. */
export async function followEntry(tx: Queries, { from, to }: HookFacts['entryGiven']): Promise<void> {
  await tx.update(taxRate).set({ centreId: to }).where(eq(taxRate.centreId, from));
  await tx.update(taxClass).set({ centreId: to }).where(eq(taxClass.centreId, from));
}
