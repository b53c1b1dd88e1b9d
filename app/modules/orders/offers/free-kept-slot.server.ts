import { and, eq, gt, isNull } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Queries } from '#db/queries.ts';
import { slotOffer, waitingPlace } from '#db/schema/orders.ts';
import { closeOffer } from './close-offer.server.ts';

/**
 * Frees a kept slot for the booking its buyer makes of it, in the transaction that claims it for the order. Another start, another's
 * offer or one that is over changes nothing: the booking is then one like any other.
 */
export async function freeKeptSlot(
  tx: Queries,
  actor: Actor,
  { offerId, serviceId, startAt }: { offerId: string; serviceId: string; startAt: number },
  now: number,
): Promise<void> {
  const [offer] = await tx
    .select()
    .from(slotOffer)
    .where(
      and(
        eq(slotOffer.id, offerId),
        eq(slotOffer.buyerId, actor.organisationId),
        eq(slotOffer.serviceId, serviceId),
        eq(slotOffer.startAt, startAt),
        eq(slotOffer.state, 'open'),
        isNull(slotOffer.orderId),
        gt(slotOffer.expiresAt, now),
      ),
    );
  if (!offer) return;
  await closeOffer(tx, offer, 'taken');
  await tx
    .update(waitingPlace)
    .set({ state: 'taken', updatedAt: now })
    .where(eq(waitingPlace.id, offer.waitingId ?? ''));
}
