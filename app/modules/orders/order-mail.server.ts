import { eq } from 'drizzle-orm';
import { type Mail, type MailFacts, type MailKind, queueMail } from '#app/core/mail.server.ts';
import { placeOfCentre } from '#app/modules/centres/centre-facts.server.ts';
import { centreMembersWho, managersOf } from '#app/modules/identity/managers.server.ts';
import { organisationOf } from '#app/modules/identity/organisations.server.ts';
import { addresseeOf } from '#app/modules/identity/people.server.ts';
import type { Queries } from '#db/queries.ts';
import { orderEvent } from '#db/schema/orders.ts';
import { calendarSequence } from './calendar-sequence.ts';
import { calendarMethod, type OrderMailFacts } from './mail-facts.ts';
import type { Order } from './order-row.server.ts';

type Extra<K extends keyof MailFacts> = Omit<
  MailFacts[K],
  keyof OrderMailFacts | 'buyerZh' | 'buyerEn' | 'addressZh' | 'addressEn' | 'sequence'
>;
type BuyerKind = Extract<keyof MailFacts, `order_${string}` | `payment_${string}` | `refund_${string}`>;
type CentreKind = Extract<keyof MailFacts, `centre_${string}`>;

/** Writes to the person who booked. @param once tells two mails of one kind about one order apart */
export async function mailBuyer<K extends BuyerKind>(tx: Queries, order: Order, kind: K, extra: Extra<K>, now: number, once = '') {
  const to = await addresseeOf(tx, order.personId);
  const place = await placeOfCentre(tx, order.centreId);
  if (!to || !place) return;
  const facts = { ...orderFacts(order, place, `/orders/${order.number}`), ...(await datedFacts(tx, order, place, kind)), ...extra };
  const mail = { kind, to: to.email, locale: to.locale, facts, dedupeKey: `${kind}:${order.id}:${once}` };
  await queueMail(tx, mail as unknown as Mail, now); // kind and facts belong together by the signature above
}

/**
 * Writes to the managers of the centre, each in their own language; what came in and waits for an answer, to everybody who may answer.
 * @param once tells two mails of one kind about one order apart
 * @param doer who did it, and needs no letter about it
 */
export async function mailCentre<K extends CentreKind>(
  tx: Queries,
  order: Order,
  kind: K,
  extra: Extra<K>,
  now: number,
  { once = '', doer }: { once?: string; doer?: string } = {},
) {
  const place = await placeOfCentre(tx, order.centreId);
  if (!place?.organisationId) return;
  const told =
    kind === 'centre_new_order' ? centreMembersWho(tx, place.organisationId, 'order.decide') : managersOf(tx, place.organisationId);
  const readers = (await told).filter(({ id }) => id !== doer);
  const buyer = await organisationOf(tx, order.buyerId);
  const dated = await datedFacts(tx, order, place, kind);
  for (const to of readers) {
    const facts = {
      ...orderFacts(order, place, `/centre/orders/${order.number}`),
      ...dated,
      ...(buyer && { buyerZh: buyer.nameZh, buyerEn: buyer.nameEn }),
      ...extra,
    };
    const mail = { kind, to: to.email, locale: to.locale, facts, dedupeKey: `${kind}:${order.id}:${to.id}:${once}` };
    await queueMail(tx, mail as unknown as Mail, now);
  }
}

/** Where it takes place, and how often that was changed, for the mails that carry a calendar file. */
async function datedFacts(tx: Queries, order: Order, { addressZh, addressEn }: { addressZh: string; addressEn: string }, kind: MailKind) {
  if (!calendarMethod(kind)) return {};
  const events = await tx.select({ kind: orderEvent.kind, data: orderEvent.data }).from(orderEvent).where(eq(orderEvent.orderId, order.id));
  const sequence = calendarSequence(events);
  const address = takesPlaceAtCentre(order.deliveryMode) ? { addressZh, addressEn } : { addressZh: '', addressEn: '' };
  return { ...address, ...(sequence !== null && { sequence }) };
}

export const takesPlaceAtCentre = (mode: Order['deliveryMode']): boolean => mode === 'at_centre' || mode === 'courier';

const orderFacts = (order: Order, place: { nameZh: string; nameEn: string }, link: string): OrderMailFacts => ({
  number: order.number,
  serviceZh: order.snapshot.nameZh,
  serviceEn: order.snapshot.nameEn,
  centreZh: place.nameZh,
  centreEn: place.nameEn,
  startAt: order.startAt,
  endAt: order.endAt,
  ...(order.snapshot.travelMinutes && { arrivesAt: order.startAt + order.snapshot.travelMinutes * 60_000 }),
  timeZone: order.timeZone,
  gross: order.gross,
  link,
});
