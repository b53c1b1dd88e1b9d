import { and, asc, eq } from 'drizzle-orm';
import { Problem } from '#app/core/problem.ts';
import { orderById } from '#app/modules/orders/order-row.server.ts';
import type { Queries } from '#db/queries.ts';
import { paymentAttempt, refund } from '#db/schema/payments.ts';
import { createRefund, refundedOf } from './create-refund.server.ts';
import type { PaymentDeps } from './deps.ts';
import { disputeStanding } from './dispute-standing.server.ts';

type RefundRequest = {
  /** Names the refund: asked twice under one id, the money goes back once. */
  id: string;
  orderId: string;
  /** In 分. */
  amount: number;
  reason: string;
};

/**
 * Gives money of an order back. It is written down here and sent to the gateway after the commit; what becomes of it shows in the
 * order and by mail. While the payment is disputed the bank holds the money: the refund waits for what it decides.
 * @throws Problem not_found for no order; refund_refused for amounts that are not above zero, more than is left of what was paid, and
 * after a dispute that was lost (the bank gave the money back then)
 */
export async function refundOrder(deps: PaymentDeps, request: RefundRequest): Promise<void> {
  await deps.db.write((tx) => refundInside(tx, request, deps.clock()));
}

export async function refundInside(tx: Queries, { id, orderId, amount, reason }: RefundRequest, now: number): Promise<void> {
  const [known] = await tx.select({ id: refund.id }).from(refund).where(eq(refund.id, id));
  if (known) return;
  if (!Number.isSafeInteger(amount) || amount <= 0) throw new Problem('refund_refused', { amount });
  await orderById(tx, orderId);
  const disputed = await disputeStanding(tx, orderId);
  if (disputed === 'lost') throw new Problem('refund_refused', { amount });
  const paid = await tx
    .select()
    .from(paymentAttempt)
    .where(and(eq(paymentAttempt.orderId, orderId), eq(paymentAttempt.state, 'paid')))
    .orderBy(asc(paymentAttempt.attempt));
  for (const attempt of paid)
    if (attempt.amount - (await refundedOf(tx, attempt.id)) >= amount)
      return createRefund(tx, { id, orderId, attemptId: attempt.id, amount, reason }, now, disputed === 'open');
  throw new Problem('refund_refused', { amount });
}
