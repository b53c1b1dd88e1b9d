import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { enqueue } from '#app/core/outbox.server.ts';
import { Problem } from '#app/core/problem.ts';
import { returnStock } from '#app/modules/catalogue/stock.server.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import { releaseClaims } from '#app/modules/scheduling/release-claims.server.ts';
import { endOffersOf } from './offers/close-offer.server.ts';
import { mailBuyer, mailCentre } from './order-mail.server.ts';
import { linesOf, type Order, orderFor } from './order-row.server.ts';
import { type DisputeOf, type DisputeStanding, mayCancel, type RefundReason, refundDue, type Side } from './policy.ts';
import { readReason } from './reason.ts';
import { changeOrder, endOf, progressAfter } from './record-order-event.server.ts';

type Disputes = { disputeStanding: DisputeOf };

export type CancellationPreview = {
  /** In 分; 0 when nothing comes back. */
  refund: number;
  why: RefundReason;
};

/** What a cancellation now would give back, shown before it is done. @throws Problem not_found, transition_refused */
export async function previewCancellation(
  { db, clock, disputeStanding }: Pick<Deps, 'db' | 'clock'> & Disputes,
  actor: Actor,
  number: string,
): Promise<CancellationPreview> {
  return db.read(async (q) => {
    const { order, side } = await orderFor(q, actor, number);
    return preview({ ...order, dispute: await disputeStanding(q, order.id) }, side, clock());
  });
}

/**
 * Cancels an order: the buyer under the policy it was sold with, the centre at any time before the work is reported, with everything
 * given back. Frees the slot; the refund leaves as outbox topic `refund` {orderId, amount, reason}.
 * @param shownRefund in 分, what the page said would come back
 * @throws Problem not_found, forbidden, transition_refused, invalid_form (a centre gives a reason), stale when the refund is another by now
 */
export async function cancelOrder(
  { db, clock, tell, disputeStanding }: Pick<Deps, 'db' | 'clock' | 'tell'> & Disputes,
  actor: Actor,
  { number, reason = '', shownRefund }: { number: string; reason?: string; shownRefund: number },
): Promise<{ refund: number }> {
  return db.write(
    async (tx) => {
      const now = clock();
      const { order, side } = await orderFor(tx, actor, number);
      if (side === 'centre') requireRight(actor, 'order.decide');
      const words = readReason(reason, { required: side === 'centre' });
      const dispute = await disputeStanding(tx, order.id);
      const { refund } = preview({ ...order, dispute }, side, now);
      if (refund !== shownRefund) throw new Problem('stale', { refund });
      const progress = progressAfter(order, 'cancel');
      const cancelled = await changeOrder(
        tx,
        order,
        { progress, decisionReason: words, holdExpiresAt: null, decisionDueAt: null },
        { kind: 'cancelled', actorId: actor.personId, data: { by: side, refund, reason: words } },
        now,
      );
      await releaseClaims(tx, order.id);
      // What has been dispatched is not on the shelf.
      if (order.workBegunAt === null) await returnStock(tx, order);
      await tell(tx, 'orderEnded', endOf(order), now);
      await endOffersOf(tx, order.id, now, 'for_good');
      if (refund > 0)
        await enqueue(
          tx,
          {
            topic: 'refund',
            payload: { orderId: order.id, amount: refund, reason: `cancelled_by_${side}` },
            dedupeKey: `cancel:${order.id}`,
          },
          now,
        );
      // While the bank decides a dispute, the letter promises no refund. Another letter goes out when money is sent back.
      const promised = dispute === 'open' ? 0 : refund;
      await mailBuyer(tx, cancelled, 'order_cancelled', { refund: promised, reason: words }, now);
      // The centre was never told of an unpaid hold, so its end is no news to it.
      if (order.progress !== 'held') await mailCentre(tx, cancelled, 'centre_order_cancelled', { reason: words }, now);
      return { refund };
    },
    (q) => linesOf(q, { number }),
  );
}

function preview(order: Order & { dispute: DisputeStanding }, side: Side, now: number): CancellationPreview {
  if (!mayCancel(order, side)) throw new Problem('transition_refused', { from: order.progress, event: 'cancel' });
  const { amount, reason } = refundDue(order, { by: side, at: now });
  return { refund: amount, why: reason };
}
