import { and, eq } from 'drizzle-orm';
import { audit } from '#app/core/audit.server.ts';
import { DISPUTE, next, PAYOUT } from '#app/modules/orders/machines.ts';
import { orderById } from '#app/modules/orders/order-row.server.ts';
import { orders } from '#db/schema/orders.ts';
import { paymentAttempt } from '#db/schema/payments.ts';
import type { PaymentDeps } from './deps.ts';
import type { GatewayDispute } from './gateway.ts';

/**
 * A buyer's bank disputes the payment, or has decided. While it is open nothing is paid out and nothing refunded; a dispute that
 * was lost leaves the payout blocked.
 * @returns whether a payment of ours is disputed
 */
export async function applyDispute({ db, clock }: PaymentDeps, dispute: GatewayDispute): Promise<boolean> {
  const { payment } = dispute;
  if (payment === null) return false;
  return db.write(async (tx) => {
    const [attempt] = await tx.select().from(paymentAttempt).where(eq(paymentAttempt.gatewayPayment, payment));
    if (!attempt) return false;
    const order = await orderById(tx, attempt.orderId);
    // News of the decision may come before news of the dispute.
    const opened = next(DISPUTE, order.dispute, 'open') ?? order.dispute;
    const state = dispute.state === 'open' ? opened : (next(DISPUTE, opened, dispute.state === 'won' ? 'win' : 'lose') ?? opened);
    if (state === order.dispute) return true;
    const payout = next(PAYOUT, order.payout, state === 'won' ? 'unblock' : 'block') ?? order.payout;
    const now = clock();
    await tx
      .update(orders)
      .set({ dispute: state, payout, version: order.version + 1, updatedAt: now })
      .where(and(eq(orders.id, order.id), eq(orders.version, order.version)));
    const data = { dispute: dispute.id, state, payout };
    await audit(tx, { chain: `order:${order.id}`, actorId: null, action: `dispute.${state}`, data }, now);
    return true;
  });
}
