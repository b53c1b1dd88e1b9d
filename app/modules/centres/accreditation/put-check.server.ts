/** The check of an accreditation, as it is kept: who decides it, and by what rules, is told by whoever does (catalogue). */
import { eq } from 'drizzle-orm';
import { asId } from '#app/core/ids.server.ts';
import type { Queries } from '#db/queries.ts';
import { accreditation, centre } from '#db/schema/centres.ts';

export type Held = typeof accreditation.$inferSelect;
type Outcome = Pick<Held, 'checkedFamilies' | 'checkReason'> & { checkState: 'accepted' | 'refused' };

/** Of any centre, with the organisation that has claimed the centre. */
export async function accreditationOf(q: Queries, id: string): Promise<{ held: Held; organisationId: string | null } | undefined> {
  const [found] = await q
    .select({ held: accreditation, organisationId: centre.organisationId })
    .from(accreditation)
    .innerJoin(centre, eq(centre.id, accreditation.centreId))
    .where(eq(accreditation.id, asId(id)));
  return found;
}

export async function putCheck(tx: Queries, id: string, outcome: Outcome, operatorId: string, now: number): Promise<void> {
  await tx
    .update(accreditation)
    .set({ ...outcome, checkedBy: operatorId, checkedAt: now })
    .where(eq(accreditation.id, id));
}
