import { and, eq } from 'drizzle-orm';
import { audit } from '#app/core/audit.server.ts';
import { DISPUTE, next, PAYOUT } from '#app/modules/orders/machines.ts';
import { orderById } from '#app/modules/orders/order-row.server.ts';
import type { Queries } from '#db/queries.ts';
import { orders } from '#db/schema/orders.ts';
import { paymentAttempt } from '#db/schema/payments.ts';
import { endWaiting } from './create-refund.server.ts';
import type { PaymentDeps } from './deps.ts';
import type { GatewayDispute } from './gateway.ts';
import { book, ledgerBalances } from './ledger.server.ts';

/**
 * A buyer's bank disputes the payment, or has decided. While it is open nothing is paid out and refunds wait; won, they are sent; lost,
 * the bank gave the money back and the payout stays blocked. The ledger: what the bank took we are to receive, until it decides; lost, it
 * is no longer held for settlement.
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
    const now = clock();
    for (const { id: cause, amount } of dispute.movements) {
      const entries = [['gateway', amount] as const, ['receivable', -amount] as const];
      await book(tx, { orderId: order.id, kind: 'dispute', cause, currency: dispute.currency, entries }, now);
    }
    if (state === order.dispute) return true;
    const payout = next(PAYOUT, order.payout, state === 'won' ? 'unblock' : 'block') ?? order.payout;
    await tx
      .update(orders)
      .set({ dispute: state, payout, version: order.version + 1, updatedAt: now })
      .where(and(eq(orders.id, order.id), eq(orders.version, order.version)));
    if (state === 'lost') await bookLost(tx, order.id, dispute, now);
    if (state === 'won' || state === 'lost') await endWaiting(tx, order.id, state, now);
    const data = { dispute: dispute.id, state, payout };
    await audit(tx, { chain: `order:${order.id}`, actorId: null, action: `dispute.${state}`, data }, now);
    return true;
  });
}

async function bookLost(tx: Queries, orderId: string, { id: cause, currency }: GatewayDispute, now: number): Promise<void> {
  const taken = (await ledgerBalances(tx, orderId)).find((one) => one.account === 'receivable' && one.currency === currency)?.balance ?? 0;
  if (taken === 0) return;
  const entries = [['held_for_settlement', taken] as const, ['receivable', -taken] as const];
  await book(tx, { orderId, kind: 'dispute_lost', cause, currency, entries }, now);
}
