import { and, eq } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import { Problem } from '#app/core/problem.ts';
import { orderFor } from '#app/modules/orders/order-row.server.ts';
import { refund } from '#db/schema/payments.ts';
import type { PaymentDeps } from './deps.ts';
import { refundInside } from './refund-order.server.ts';

/** One refund is tried again under one name: two clicks are one try. */
export const againId = (refundId: string) => `${refundId}:again`;

/**
 * Tries a failed refund again, as a new one under a key of its own. Both sides of the order may ask: the money is the buyer's in any
 * case, and it goes the way it came.
 * @throws Problem not_found; refund_refused unless that refund has failed and so much is still there
 */
export async function retryRefund(deps: PaymentDeps, { actor, number, refundId }: { actor: Actor; number: string; refundId: string }) {
  await deps.db.write(async (tx) => {
    const { order } = await orderFor(tx, actor, number);
    const [failed] = await tx
      .select()
      .from(refund)
      .where(and(eq(refund.id, refundId), eq(refund.orderId, order.id)));
    if (!failed) throw new Problem('not_found');
    if (failed.state !== 'failed' || failed.reason === 'paid_twice') throw new Problem('refund_refused', { amount: failed.amount });
    await refundInside(tx, { id: againId(refundId), orderId: order.id, amount: failed.amount, reason: 'retry' }, deps.clock());
  });
}
