import { and, eq, inArray } from 'drizzle-orm';
import { Problem } from '#app/core/problem.ts';
import { releaseClaims } from '#app/modules/scheduling/release-claims.server.ts';
import type { Queries } from '#db/queries.ts';
import { slotOffer, waitingPlace } from '#db/schema/orders.ts';
import { mailCentre } from '../order-mail.server.ts';
import { orderById } from '../order-row.server.ts';
import { recordOrderEvent } from '../record-order-event.server.ts';
import type { Offer } from './keep-slot.server.ts';
import { mailSlot } from './offer-mail.server.ts';

/** Ends an open offer and frees what was kept for it. @throws Problem stale when it had ended already */
export async function closeOffer(tx: Queries, offer: Offer, state: 'taken' | 'declined' | 'expired'): Promise<void> {
  const closed = await tx
    .update(slotOffer)
    .set({ state })
    .where(and(eq(slotOffer.id, offer.id), eq(slotOffer.state, 'open')))
    .returning({ id: slotOffer.id });
  if (closed.length === 0) throw new Problem('stale');
  await releaseClaims(tx, offer.id, false);
}

/**
 * An offer was declined, or not answered in time. Its buyer goes on waiting, at the end of the list, so that the next one is asked
 * first. A move that was not wanted leaves the booking where it is, and the centre is told.
 */
export async function refuseOffer(
  tx: Queries,
  offer: Offer,
  { state, actorId }: { state: 'declined' | 'expired'; actorId: string | null },
  now: number,
): Promise<void> {
  await closeOffer(tx, offer, state);
  await waitOn(tx, offer, now);
  if (offer.kind === 'waiting') {
    if (state === 'expired') await mailSlot(tx, offer, 'slot_lapsed', now);
    return;
  }
  const order = await orderById(tx, offer.orderId ?? '');
  const lapsed = state === 'expired';
  const data = { from: order.startAt, to: offer.startAt, lapsed: lapsed ? 1 : 0 };
  await recordOrderEvent(tx, order.id, { kind: 'move_refused', actorId, data }, {}, now);
  await mailCentre(tx, order, 'centre_move_refused', { proposed: offer.startAt, lapsed }, now, { once: offer.id });
}

async function waitOn(tx: Queries, { waitingId }: Offer, now: number): Promise<void> {
  if (waitingId === null) return;
  await tx
    .update(waitingPlace)
    .set({ state: 'waiting', updatedAt: now })
    .where(and(eq(waitingPlace.id, waitingId), eq(waitingPlace.state, 'offered')));
}

/**
 * Takes back what is kept for a booking. `for_now`: its time changes, who waits for an earlier one goes on waiting. `for_good`: it has
 * begun or ended, and nobody waits any more.
 */
export async function endOffersOf(tx: Queries, orderId: string, now: number, how: 'for_now' | 'for_good'): Promise<void> {
  const open = await tx
    .select()
    .from(slotOffer)
    .where(and(eq(slotOffer.orderId, orderId), eq(slotOffer.state, 'open')));
  for (const offer of open) {
    await closeOffer(tx, offer, 'declined');
    await waitOn(tx, offer, now);
  }
  if (how === 'for_good')
    await tx
      .update(waitingPlace)
      .set({ state: 'ended', updatedAt: now })
      .where(and(eq(waitingPlace.orderId, orderId), inArray(waitingPlace.state, ['waiting', 'offered'])));
}
