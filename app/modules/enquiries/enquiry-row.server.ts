import { eq } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import { asId } from '#app/core/ids.server.ts';
import { Problem } from '#app/core/problem.ts';
import { organisationOfCentre } from '#app/modules/centres/centre-facts.server.ts';
import type { Queries } from '#db/queries.ts';
import { enquiry } from '#db/schema/enquiries.ts';

export type Enquiry = typeof enquiry.$inferSelect;

/** The enquiry and on which side of it the actor stands. @throws Problem not_found for everybody who is on neither */
export async function enquiryFor(q: Queries, actor: Actor, id: string): Promise<{ enquiry: Enquiry; side: 'buyer' | 'centre' }> {
  const [found] = await q
    .select()
    .from(enquiry)
    .where(eq(enquiry.id, asId(id)));
  if (found && actor.organisationKind === 'sme' && found.buyerId === actor.organisationId) return { enquiry: found, side: 'buyer' };
  if (found && actor.organisationKind === 'centre' && (await organisationOfCentre(q, found.centreId)) === actor.organisationId)
    return { enquiry: found, side: 'centre' };
  throw new Problem('not_found');
}

/** What an enquiry is about, in one line: the search it came from, else its first line. Nothing for no enquiry. */
export async function enquirySubject(q: Queries, id: string): Promise<string | undefined> {
  const [found] = await q.select({ said: enquiry.said, text: enquiry.text }).from(enquiry).where(eq(enquiry.id, id));
  return found && subjectLine(found);
}

/** As a list and a letter name it. */
export const subjectLine = ({ said, text }: Pick<Enquiry, 'said' | 'text'>): string => said || (text.split('\n')[0] ?? '').slice(0, 120);
