import { eq } from 'drizzle-orm';
import { audit } from '#app/core/audit.server.ts';
import { next } from '#app/modules/orders/machines.ts';
import type { DisputeStanding } from '#app/modules/orders/policy.ts';
import type { Queries } from '#db/queries.ts';
import { type DisputeState, dispute, type PayoutState, paymentAttempt, payout } from '#db/schema/payments.ts';
import { endWaiting } from './create-refund.server.ts';
import type { PaymentDeps } from './deps.ts';
import { DISPUTE, PAYOUT } from './dispute-machine.ts';
import { disputeStanding } from './dispute-standing.server.ts';
import type { GatewayDispute } from './gateway.ts';
import { book } from './ledger.server.ts';

/**
 * A buyer's bank disputes the payment, or has decided. While any dispute of an order is open nothing is paid out and refunds wait; all
 * won, they are sent; lost, the bank gave the money back and the payout stays blocked. The ledger: what the bank took we are to receive,
 * until it decides; lost, it is no longer held for settlement.
 * @returns whether a payment of ours is disputed
 */
export async function applyDispute({ db, clock }: PaymentDeps, told: GatewayDispute): Promise<boolean> {
  const { payment } = told;
  if (payment === null) return false;
  return db.write(async (tx) => {
    const [attempt] = await tx.select().from(paymentAttempt).where(eq(paymentAttempt.gatewayPayment, payment));
    if (!attempt) return false;
    const { orderId } = attempt;
    const now = clock();
    for (const { id: cause, amount } of told.movements) {
      const entries = [['gateway', amount] as const, ['receivable', -amount] as const];
      await book(tx, { orderId, kind: 'dispute', cause, currency: told.currency, entries }, now);
    }
    const state = await putDown(tx, orderId, told, now);
    if (state === null) return true;
    const standing = await disputeStanding(tx, orderId);
    const paidOut = await followWithPayout(tx, orderId, standing, now);
    if (state === 'lost') await bookLost(tx, orderId, told, now);
    if (standing === 'won' || standing === 'lost') await endWaiting(tx, orderId, standing, now);
    const data = { dispute: told.id, state, payout: paidOut };
    await audit(tx, { chain: `order:${orderId}`, actorId: null, action: `dispute.${state}`, data }, now);
    return true;
  });
}

/** News of the decision may come before news of the dispute, and both more than once. @returns null for no news */
async function putDown(tx: Queries, orderId: string, told: GatewayDispute, now: number): Promise<DisputeState | null> {
  const { id, amount, currency } = told;
  const [known] = await tx.select({ state: dispute.state }).from(dispute).where(eq(dispute.id, id));
  const from = known?.state ?? 'open';
  const state = told.state === 'open' ? from : (next(DISPUTE, from, told.state === 'won' ? 'win' : 'lose') ?? from);
  if (known?.state === state) return null;
  if (known) await tx.update(dispute).set({ state, updatedAt: now }).where(eq(dispute.id, id));
  else await tx.insert(dispute).values({ id, orderId, state, amount, currency, createdAt: now, updatedAt: now });
  return state;
}

async function followWithPayout(tx: Queries, orderId: string, standing: DisputeStanding, now: number): Promise<PayoutState | 'none'> {
  const [asked] = await tx.select({ state: payout.state }).from(payout).where(eq(payout.orderId, orderId));
  if (!asked) return 'none';
  const state = next(PAYOUT, asked.state, standing === 'won' ? 'unblock' : 'block') ?? asked.state;
  if (state !== asked.state) await tx.update(payout).set({ state, updatedAt: now }).where(eq(payout.orderId, orderId));
  return state;
}

/** What the bank took and has not given back, in 分. */
async function bookLost(tx: Queries, orderId: string, { id: cause, currency, movements }: GatewayDispute, now: number): Promise<void> {
  const taken = -movements.reduce((sum, { amount }) => sum + amount, 0);
  if (taken === 0) return;
  const entries = [['held_for_settlement', taken] as const, ['receivable', -taken] as const];
  await book(tx, { orderId, kind: 'dispute_lost', cause, currency, entries }, now);
}
