import { Problem } from '#app/core/problem.ts';
import type { Queries } from '#db/queries.ts';
import { next, PAYMENT } from './machines.ts';
import { mailBuyer } from './order-mail.server.ts';
import { orderById } from './order-row.server.ts';
import { changeOrder } from './record-order-event.server.ts';

/** `refundId` names the refund: mails about it are sent once. Whoever calls makes sure that each refund is recorded once. */
type Refund = { orderId: string; refundId: string; amount: number; now: number };

/**
 * Money has gone back to the buyer.
 * @param amount in 分, above zero, never more than is left of what was paid
 * @throws Problem refund_refused
 */
export async function recordRefund(tx: Queries, { orderId, refundId, amount, now }: Refund): Promise<void> {
  const order = await orderById(tx, orderId);
  const refunded = order.refunded + amount;
  if (!Number.isSafeInteger(amount) || amount <= 0 || refunded > order.gross) throw new Problem('refund_refused');
  const payment = next(PAYMENT, order.payment, refunded === order.gross ? 'refund_all' : 'refund_part');
  if (!payment) throw new Problem('refund_refused');
  const changed = await changeOrder(tx, order, { payment, refunded }, { kind: 'refunded', actorId: null, data: { amount } }, now);
  await mailBuyer(tx, changed, 'refund_done', { refund: amount }, now, refundId);
}

/**
 * A refund did not arrive. One that had been recorded is taken back; one that had not changes no amount.
 * @param wasRecorded whether `recordRefund` was called for it
 */
export async function recordRefundFailed(
  tx: Queries,
  { orderId, refundId, amount, now, wasRecorded }: Refund & { wasRecorded: boolean },
): Promise<void> {
  const order = await orderById(tx, orderId);
  const refunded = wasRecorded ? order.refunded - amount : order.refunded;
  const back = wasRecorded ? next(PAYMENT, order.payment, refunded === 0 ? 'refund_failed_all' : 'refund_failed_part') : order.payment;
  if (!back || refunded < 0) throw new Problem('refund_refused');
  const changed = await changeOrder(
    tx,
    order,
    { payment: back, refunded },
    { kind: 'refund_failed', actorId: null, data: { amount } },
    now,
  );
  await mailBuyer(tx, changed, 'refund_failed', { refund: amount }, now, refundId);
}
