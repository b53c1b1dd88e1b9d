import { eq } from 'drizzle-orm';
import { type Mail, queueMail } from '#app/core/mail.server.ts';
import { serviceFacts } from '#app/modules/catalogue/service-facts.server.ts';
import { centreFacts } from '#app/modules/centres/centre-facts.server.ts';
import { addressees } from '#app/modules/identity/people.server.ts';
import type { Queries } from '#db/queries.ts';
import { orders, waitingPlace } from '#db/schema/orders.ts';
import type { Offer } from './keep-slot.server.ts';

/** Writes to who waits: that a slot is kept for them and until when, or that the time is over. */
export async function mailSlot(tx: Queries, offer: Offer, kind: 'slot_offered' | 'slot_lapsed', now: number): Promise<void> {
  const [person, service, centre] = [addressees(tx), serviceFacts(tx), centreFacts(tx)];
  const [row] = await tx
    .select({
      to: person.email,
      locale: person.locale,
      slug: service.slug,
      serviceZh: service.nameZh,
      serviceEn: service.nameEn,
      centreZh: centre.nameZh,
      centreEn: centre.nameEn,
      timeZone: centre.timeZone,
      number: orders.number,
      before: orders.startAt,
    })
    .from(waitingPlace)
    .innerJoin(person, eq(person.id, waitingPlace.personId))
    .innerJoin(service, eq(service.id, waitingPlace.serviceId))
    .innerJoin(centre, eq(centre.id, service.centreId))
    .leftJoin(orders, eq(orders.id, waitingPlace.orderId))
    .where(eq(waitingPlace.id, offer.waitingId ?? ''));
  if (!row) return;
  const { to, locale, slug, number, before, ...names } = row;
  const book = `/services/${slug}/book?quantity=${offer.quantity}${kind === 'slot_offered' ? `&offer=${offer.id}` : ''}`;
  const link = number === null ? book : `/orders/${number}`;
  const facts = { ...names, startAt: offer.startAt, endAt: offer.endAt, before: before ?? 0, link, until: offer.expiresAt };
  await queueMail(tx, { kind, to, locale, facts, dedupeKey: `${kind}:${offer.id}` } as Mail, now);
}
