import { and, asc, eq, gt, inArray, isNull, max, min, sql } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { LIVE } from '#app/modules/orders/offers/join-waiting-list.server.ts';
import { partyTo } from '#app/modules/orders/order-row.server.ts';
import { countAll, prepare, type Queries } from '#db/queries.ts';
import { service } from '#db/schema/catalogue.ts';
import { centre } from '#db/schema/centres.ts';
import { orders, slotOffer, waitingPlace } from '#db/schema/orders.ts';

type Viewing = Pick<Deps, 'db' | 'clock'>;

/** Who waits for an earlier time of an order, and what is offered for it; nothing to who is not party to the order. */
export async function viewOrderOffers({ db, clock }: Viewing, actor: Actor, orderId: string) {
  return db.read(async (q) => {
    const [place] = await q
      .select({ id: waitingPlace.id })
      .from(waitingPlace)
      .innerJoin(orders, eq(orders.id, waitingPlace.orderId))
      .where(and(eq(orders.id, orderId), partyTo(q, actor), inArray(waitingPlace.state, [...LIVE])));
    const offers = await q
      .select({
        id: slotOffer.id,
        kind: slotOffer.kind,
        startAt: slotOffer.startAt,
        endAt: slotOffer.endAt,
        expiresAt: slotOffer.expiresAt,
      })
      .from(slotOffer)
      .innerJoin(orders, eq(orders.id, slotOffer.orderId))
      .where(and(eq(orders.id, orderId), partyTo(q, actor), eq(slotOffer.state, 'open'), gt(slotOffer.expiresAt, clock())));
    const ofKind = (kind: 'waiting' | 'move') => offers.find((offer) => offer.kind === kind) ?? null;
    return { place: place ?? null, earlier: ofKind('waiting'), move: ofKind('move') };
  });
}
export type OrderOffers = Awaited<ReturnType<typeof viewOrderOffers>>;

const named = { slug: service.slug, nameZh: service.nameZh, nameEn: service.nameEn, zone: centre.timeZone, number: orders.number };

/** Built once: every look at the list of orders asks them. */
const offersOf = (q: Queries, values: { buyerId: string; now: number }) =>
  prepare(q, 'waiting_offers', (p) =>
    p
      .select({ id: slotOffer.id, startAt: slotOffer.startAt, expiresAt: slotOffer.expiresAt, quantity: slotOffer.quantity, ...named })
      .from(slotOffer)
      .innerJoin(service, eq(service.id, slotOffer.serviceId))
      .innerJoin(centre, eq(centre.id, service.centreId))
      .leftJoin(orders, eq(orders.id, slotOffer.orderId))
      .where(
        and(
          eq(slotOffer.buyerId, sql.placeholder('buyerId')),
          eq(slotOffer.state, 'open'),
          gt(slotOffer.expiresAt, sql.placeholder('now')),
        ),
      )
      .orderBy(asc(slotOffer.expiresAt)),
  ).execute(values);

const placesOf = (q: Queries, values: { buyerId: string }) =>
  prepare(q, 'waiting_places', (p) =>
    p
      .select({ id: waitingPlace.id, quantity: waitingPlace.quantity, beforeAt: waitingPlace.beforeAt, startAt: orders.startAt, ...named })
      .from(waitingPlace)
      .innerJoin(service, eq(service.id, waitingPlace.serviceId))
      .innerJoin(centre, eq(centre.id, service.centreId))
      .leftJoin(orders, eq(orders.id, waitingPlace.orderId))
      .where(and(eq(waitingPlace.buyerId, sql.placeholder('buyerId')), eq(waitingPlace.state, 'waiting')))
      .orderBy(asc(waitingPlace.createdAt)),
  ).execute(values);

/** What the actor's organisation waits for, and what is kept for it now; what waits for an answer comes first. */
export async function listWaiting({ db, clock }: Viewing, { organisationId: buyerId }: Actor) {
  return db.read(async (q) => {
    const offers = await offersOf(q, { buyerId, now: clock() });
    const places = await placesOf(q, { buyerId });
    return { offers, places: places.map(({ startAt, beforeAt, ...place }) => ({ ...place, beforeAt: startAt ?? beforeAt })) };
  });
}

/** A slot kept for the actor's organisation that a booking may be made of; null for any other. */
export async function viewKeptSlot({ db, clock }: Viewing, actor: Actor, offerId: string) {
  const [offer] = await db.read((q) =>
    q
      .select({
        id: slotOffer.id,
        slug: service.slug,
        quantity: slotOffer.quantity,
        startAt: slotOffer.startAt,
        endAt: slotOffer.endAt,
        expiresAt: slotOffer.expiresAt,
      })
      .from(slotOffer)
      .innerJoin(service, eq(service.id, slotOffer.serviceId))
      .where(
        and(
          eq(slotOffer.id, offerId),
          eq(slotOffer.buyerId, actor.organisationId),
          eq(slotOffer.state, 'open'),
          isNull(slotOffer.orderId),
          gt(slotOffer.expiresAt, clock()),
        ),
      ),
  );
  return offer ?? null;
}

/** How many wait for each service of the actor's centre, from when to when. @param serviceIds of these alone */
export async function waitingByService({ db }: Pick<Deps, 'db'>, actor: Actor, serviceIds?: readonly string[]) {
  const rows = await db.read((q) =>
    q
      .select({
        id: waitingPlace.serviceId,
        count: countAll(),
        from: min(waitingPlace.fromAt),
        until: max(waitingPlace.beforeAt),
        zone: centre.timeZone,
      })
      .from(waitingPlace)
      .innerJoin(service, eq(service.id, waitingPlace.serviceId))
      .innerJoin(centre, eq(centre.id, service.centreId))
      .where(
        and(
          eq(centre.organisationId, actor.organisationId),
          inArray(waitingPlace.state, [...LIVE]),
          serviceIds && inArray(waitingPlace.serviceId, [...serviceIds]),
        ),
      )
      .groupBy(waitingPlace.serviceId, centre.timeZone),
  );
  return rows;
}
