import { and, eq } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { isProblem, Problem } from '#app/core/problem.ts';
import { sessionsOf } from '#app/modules/catalogue/service-facts.server.ts';
import { can } from '#app/modules/identity/policy.ts';
import { claimSlotOf } from '#app/modules/scheduling/claim-slot.server.ts';
import { resourcesHeld } from '#app/modules/scheduling/held-resources.server.ts';
import { loadPools } from '#app/modules/scheduling/load-pool-facts.server.ts';
import { releaseClaims } from '#app/modules/scheduling/release-claims.server.ts';
import type { Queries } from '#db/queries.ts';
import { slotOffer, waitingPlace } from '#db/schema/orders.ts';
import { isMovable } from '../move-booking.server.ts';
import { mailBuyer, mailCentre } from '../order-mail.server.ts';
import { type Order, orderById } from '../order-row.server.ts';
import { changeOrder } from '../record-order-event.server.ts';
import { datesForMove } from '../sessions/dates-for-move.ts';
import { closeOffer, endOffersOf, refuseOffer } from './close-offer.server.ts';
import type { Offer } from './keep-slot.server.ts';

/**
 * The buyer takes an offer: the booking moves there, at the price it has. What it had is free for the next who waits.
 * @returns the order's number
 * @throws Problem not_found (another's offer, or one without a booking to move), stale (answered, taken back, or too late),
 * transition_refused once work has begun, slot_closed when the centre has closed that time since
 */
export async function takeOffer({ db, clock }: Pick<Deps, 'db' | 'clock'>, actor: Actor, offerId: string): Promise<string> {
  return db.write(async (tx) => {
    const now = clock();
    const { offer, order } = await answerable(tx, actor, offerId, now);
    if (!order) throw new Problem('not_found');
    if (!isMovable(order.progress, order.workBegunAt)) throw new Problem('transition_refused', { from: order.progress, event: 'move' });
    const kept = new Set((await resourcesHeld(tx, [offer.id])).map(({ id }) => id));
    await closeOffer(tx, offer, 'taken');
    await endOffersOf(tx, order.id, now, 'for_now');
    if (offer.waitingId) await tx.update(waitingPlace).set({ state: 'taken', updatedAt: now }).where(eq(waitingPlace.id, offer.waitingId));
    await releaseClaims(tx, order.id);
    // Claimed anew rather than handed over: hours and resources may have changed since it was kept.
    const poolHours = await loadPools(tx, order.snapshot.poolIds);
    const { startAt } = offer;
    const { minutes, bufferMinutes, travelMinutes } = order.snapshot;
    const { endAt } = await claimKept(tx, kept, {
      holder: { kind: 'order', id: order.id },
      poolHours,
      minutes,
      bufferMinutes,
      travelMinutes,
      startAt,
      sessions: datesForMove(await sessionsOf(tx, order.serviceId), order, startAt),
    });
    const event = { kind: 'moved' as const, actorId: actor.personId, data: { from: order.startAt, to: startAt } };
    const moved = await changeOrder(tx, order, { startAt, endAt }, event, now);
    // The buyer has just done it, but the mail carries the new time into the buyer's calendar.
    await mailBuyer(tx, moved, 'order_moved', { before: order.startAt, agreed: true }, now, String(moved.version));
    await mailCentre(tx, moved, 'centre_order_moved', { before: order.startAt }, now, { once: offer.id });
    return order.number;
  });
}

type SlotRequest = Parameters<typeof claimSlotOf>[1];

/** On the resources that were kept: the centre may have chosen them. Where one is closed or gone by now, on others of the same pools. */
async function claimKept(tx: Queries, kept: ReadonlySet<string>, request: SlotRequest): Promise<{ endAt: number }> {
  const poolHours = request.poolHours.map((hours) => ({ ...hours, resources: hours.resources.filter(({ id }) => kept.has(id)) }));
  try {
    return await claimSlotOf(tx, { ...request, poolHours });
  } catch (error) {
    // Here nothing was written yet. A cell that somebody else wrote first would have ended the transaction.
    if (!isProblem(error) || error.cause !== undefined) throw error;
    return claimSlotOf(tx, request);
  }
}

/** The buyer does not want it. @returns the order's number, if there is one @throws Problem not_found, stale */
export async function declineOffer({ db, clock }: Pick<Deps, 'db' | 'clock'>, actor: Actor, offerId: string): Promise<string | null> {
  return db.write(async (tx) => {
    const now = clock();
    const { offer, order } = await answerable(tx, actor, offerId, now);
    await refuseOffer(tx, offer, { state: 'declined', actorId: actor.personId }, now);
    return order?.number ?? null;
  });
}

async function answerable(tx: Queries, actor: Actor, offerId: string, now: number): Promise<{ offer: Offer; order: Order | null }> {
  const [offer] = await tx
    .select()
    .from(slotOffer)
    .where(and(eq(slotOffer.id, offerId), eq(slotOffer.buyerId, actor.organisationId)));
  if (!offer || !can(actor, 'order.place')) throw new Problem('not_found');
  if (offer.state !== 'open' || offer.expiresAt <= now) throw new Problem('stale');
  return { offer, order: offer.orderId === null ? null : await orderById(tx, offer.orderId) };
}
