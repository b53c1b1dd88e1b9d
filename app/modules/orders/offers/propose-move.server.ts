import { and, eq } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { newId } from '#app/core/ids.server.ts';
import { Problem } from '#app/core/problem.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import type { PoolHours } from '#app/modules/scheduling/load-pool-facts.server.ts';
import type { Queries } from '#db/queries.ts';
import type { CourseSession } from '#db/schema/catalogue.ts';
import { slotOffer } from '#db/schema/orders.ts';
import { mailBuyer } from '../order-mail.server.ts';
import { centreOrder, type Order } from '../order-row.server.ts';
import { recordOrderEvent } from '../record-order-event.server.ts';
import { closeOffer } from './close-offer.server.ts';
import { keepSlot } from './keep-slot.server.ts';
import { moveUntil } from './offer-rules.ts';

/** `sessions`: the dates it moves between, of a course that has any. */
type Proposed = { startAt: number; poolHours: readonly PoolHours[]; sessions: CourseSession[] | null; actorId: string };

/**
 * Keeps another time for a booking and asks its buyer. Both times are kept meanwhile: one that overlaps the present one needs another
 * resource that is free.
 * @throws Problem slot_taken, slot_closed
 */
export async function proposeMove(
  tx: Queries,
  order: Order,
  { startAt, poolHours, sessions, actorId }: Proposed,
  now: number,
): Promise<void> {
  const { id: orderId, centreId, serviceId, buyerId, quantity, snapshot } = order;
  const expiresAt = moveUntil(now, order.startAt, startAt);
  const kept = { id: newId(), kind: 'move' as const, centreId, serviceId, buyerId, waitingId: null, orderId, quantity, startAt };
  const { minutes, bufferMinutes, travelMinutes } = snapshot;
  const job = { poolHours, sessions, minutes, bufferMinutes, travelMinutes };
  const offer = await keepSlot(tx, { ...kept, expiresAt, createdAt: now }, job);
  await recordOrderEvent(tx, orderId, { kind: 'move_asked', actorId, data: { from: order.startAt, to: startAt } }, {}, now);
  await mailBuyer(tx, order, 'order_move_asked', { proposed: startAt, until: expiresAt }, now, offer.id);
}

/** The centre takes back what it asked the buyer. @throws Problem not_found, forbidden, stale when it has been answered */
export async function withdrawMove({ db, clock }: Pick<Deps, 'db' | 'clock'>, actor: Actor, number: string): Promise<void> {
  await db.write(async (tx) => {
    const now = clock();
    const order = await centreOrder(tx, actor, number);
    requireRight(actor, 'time.plan');
    const [offer] = await tx
      .select()
      .from(slotOffer)
      .where(and(eq(slotOffer.orderId, order.id), eq(slotOffer.state, 'open'), eq(slotOffer.kind, 'move')));
    if (!offer) throw new Problem('stale');
    await closeOffer(tx, offer, 'declined');
    await recordOrderEvent(tx, order.id, { kind: 'move_withdrawn', actorId: actor.personId, data: { to: offer.startAt } }, {}, now);
  });
}
