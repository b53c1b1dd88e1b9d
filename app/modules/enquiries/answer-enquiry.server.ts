import { and, eq } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { queueMail } from '#app/core/mail.server.ts';
import { Problem } from '#app/core/problem.ts';
import { serviceHead, serviceIdOf, serviceWithCentre } from '#app/modules/catalogue/service-facts.server.ts';
import { placeOfCentre } from '#app/modules/centres/centre-facts.server.ts';
import { membersOf } from '#app/modules/identity/members-of.server.ts';
import { can, requireRight } from '#app/modules/identity/policy.ts';
import type { Queries } from '#db/queries.ts';
import { enquiry } from '#db/schema/enquiries.ts';
import { type Enquiry, enquiryFor, subjectLine } from './enquiry-row.server.ts';
import { plainText, readPrice, textFault } from './enquiry-rules.ts';

export type AnswerInput = {
  /** Declined with the reason in `text`; a price or a service is then not looked at. */
  declines: boolean;
  text: string;
  /** Yuan as typed. */
  price: string;
  /** Slug of a service of the centre, or empty. */
  service: string;
};

const refused = (field: string, reason: string) => new Problem('invalid_form', { field, reason });

/**
 * The centre says what it offers, or that it does not. An answer stands; what comes after it goes into messages.
 * @throws Problem not_found, forbidden, invalid_form {field: text | price | service, reason}, stale when it is no longer open
 */
export async function answerEnquiry(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  id: string,
  { declines, text: typed, price, service }: AnswerInput,
): Promise<void> {
  await db.write(async (tx) => {
    const now = clock();
    const { enquiry: asked, side } = await enquiryFor(tx, actor, id);
    if (side !== 'centre') throw new Problem('not_found');
    requireRight(actor, 'enquiry.answer');
    const text = plainText(typed);
    const fault = textFault(text);
    if (fault) throw refused('text', fault);
    const priceFrom = declines ? null : readPrice(price);
    if (priceFrom === 'unreadable') throw refused('price', 'unreadable');
    const serviceId = declines || service === '' ? null : await ownService(tx, asked.centreId, service);
    const state = declines ? 'declined' : 'answered';
    const done = await tx
      .update(enquiry)
      .set({ state, answer: text, priceFrom, serviceId, answeredById: actor.personId, answeredAt: now })
      .where(and(eq(enquiry.id, asked.id), eq(enquiry.state, 'open')))
      .returning({ id: enquiry.id });
    if (done.length === 0) throw new Problem('stale');
    await tellBuyer(tx, asked, { declines, priceFrom }, now);
  });
}

/** Only what is on sale leads anywhere. @throws Problem invalid_form {field: service} */
async function ownService(q: Queries, centreId: string, slug: string): Promise<string> {
  const id = /^[\w-]{1,120}$/.test(slug) ? await serviceIdOf(q, slug) : undefined;
  const found = id === undefined ? undefined : await serviceWithCentre(q, id);
  if (found?.centre.id !== centreId || (await serviceHead(q, found.service.id))?.status !== 'published') throw refused('service', 'gone');
  return found.service.id;
}

/** Whoever asked; who has left meanwhile leaves it to the others who may ask. */
async function tellBuyer(
  tx: Queries,
  asked: Enquiry,
  { declines, priceFrom }: { declines: boolean; priceFrom: number | null },
  now: number,
): Promise<void> {
  const members = await membersOf(tx, asked.buyerId);
  const asker = members.filter(({ id }) => id === asked.personId);
  const centre = await placeOfCentre(tx, asked.centreId);
  const facts = {
    declined: declines,
    centreZh: centre?.nameZh ?? '',
    centreEn: centre?.nameEn ?? '',
    subject: subjectLine(asked),
    priceFrom,
    link: `/enquiries/${asked.id}`,
  };
  for (const { id, email, locale, role } of asker.length > 0 ? asker : members)
    if (can({ organisationKind: 'sme', role }, 'enquiry.ask'))
      await queueMail(tx, { kind: 'enquiry_answered', to: email, locale, facts, dedupeKey: `enquiry_answered:${asked.id}:${id}` }, now);
}
