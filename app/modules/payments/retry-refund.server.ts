import { and, eq } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import { Problem } from '#app/core/problem.ts';
import { mustBeOperator } from '#app/modules/identity/operators.server.ts';
import { can } from '#app/modules/identity/policy.ts';
import { orderFor } from '#app/modules/orders/order-row.server.ts';
import type { Queries } from '#db/queries.ts';
import { paymentAttempt, refund } from '#db/schema/payments.ts';
import { createRefund, refundedOf } from './create-refund.server.ts';
import type { PaymentDeps } from './deps.ts';
import { disputeStanding } from './dispute-standing.server.ts';

/** A refund is tried again under a name made from its own: two clicks are one try. */
export const againId = (refundId: string) => `${refundId}:again`;

/**
 * Tries a failed refund again, as a new one under a key of its own. The buyer may ask, and so may who decides at the centre: the money is the
 * buyer's in any case, and it goes the way it came.
 * @throws Problem not_found; forbidden; refund_refused unless that refund has failed and so much is still there
 */
export async function retryRefund(deps: PaymentDeps, { actor, number, refundId }: { actor: Actor; number: string; refundId: string }) {
  await deps.db.write(async (tx) => {
    const { order, side } = await orderFor(tx, actor, number);
    if (side === 'centre' && !can(actor, 'order.decide')) throw new Problem('forbidden');
    const [failed] = await tx
      .select()
      .from(refund)
      .where(and(eq(refund.id, refundId), eq(refund.orderId, order.id)));
    if (!failed) throw new Problem('not_found');
    await createAgain(tx, failed, deps.clock());
  });
}

/** The same for the operator, who stands before every refund that has failed. @throws Problem not_found, refund_refused */
export async function retryRefundOfAnybody(deps: PaymentDeps, operator: Actor, refundId: string): Promise<void> {
  await deps.db.write(async (tx) => {
    await mustBeOperator(tx, operator, 'money.settle');
    const [failed] = await tx.select().from(refund).where(eq(refund.id, refundId));
    if (!failed) throw new Problem('not_found');
    await createAgain(tx, failed, deps.clock());
  });
}

/** From the payment it was of: what was paid twice was never the order's, and stays so. */
async function createAgain(tx: Queries, failed: typeof refund.$inferSelect, now: number): Promise<void> {
  const { amount, orderId, attemptId } = failed;
  const refused = new Problem('refund_refused', { amount });
  if (failed.state !== 'failed') throw refused;
  const disputed = await disputeStanding(tx, orderId);
  const [attempt] = await tx.select().from(paymentAttempt).where(eq(paymentAttempt.id, attemptId));
  const ofOrder = failed.reason !== 'paid_twice';
  if (!attempt || attempt.amount - (await refundedOf(tx, attemptId)) < amount || (ofOrder && disputed === 'lost')) throw refused;
  const reason = ofOrder ? 'retry' : failed.reason;
  await createRefund(tx, { id: againId(failed.id), orderId, attemptId, amount, reason }, now, ofOrder && disputed === 'open');
}
