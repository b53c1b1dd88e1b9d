import { eq } from 'drizzle-orm';
import { announce } from '#app/core/change-feed.server.ts';
import type { HookFacts } from '#app/core/hooks.ts';
import type { Queries } from '#db/queries.ts';
import { accreditation, centreMember } from '#db/schema/centres.ts';
import { tellOfPrepared } from '../accreditation/tell-operators.server.ts';

/** What was prepared goes along with the entry: accreditations, of which operators are told now, and firms with a member price. */
export async function followEntry(tx: Queries, { from, to }: HookFacts['entryGiven'], now: number): Promise<void> {
  await tx.update(accreditation).set({ centreId: to }).where(eq(accreditation.centreId, from));
  await tx.update(centreMember).set({ centreId: to }).where(eq(centreMember.centreId, from));
  await announce(tx, 'centre', to, now);
  await tellOfPrepared(tx, to, now);
}
