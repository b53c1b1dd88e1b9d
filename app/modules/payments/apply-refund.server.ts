import { and, eq, inArray, or } from 'drizzle-orm';
import { audit } from '#app/core/audit.server.ts';
import { newId } from '#app/core/ids.server.ts';
import { recordRefund, recordRefundFailed } from '#app/modules/orders/record-refund.server.ts';
import type { Queries } from '#db/queries.ts';
import { paymentAttempt, refund } from '#db/schema/payments.ts';
import { REFUND_FROM } from './attempt-machine.ts';
import type { PaymentDeps } from './deps.ts';
import type { GatewayRefund } from './gateway.ts';
import { acceptedCause, book } from './ledger.server.ts';
import { noteDifference } from './note-difference.server.ts';

type Row = typeof refund.$inferSelect;
type Payment = typeof paymentAttempt.$inferSelect;
type Moved = { row: Row; payment: Payment; sent: GatewayRefund };

/**
 * What became of a refund at the gateway, written down; once, however often it is told.
 * @returns `not_ours` when its payment is none of ours, or not known to be paid yet
 */
export async function applyRefund(deps: PaymentDeps, sent: GatewayRefund): Promise<GatewayRefund['state'] | 'not_ours' | 'mismatch'> {
  const now = deps.clock();
  const outcome = await deps.db.write(async (tx) => {
    const found = (await refundOf(tx, sent)) ?? (await adopt(tx, sent, now));
    if (!found) return 'not_ours';
    const { row, payment } = found;
    if (sent.amount !== row.amount || sent.currency !== payment.currency || sent.payment !== payment.gatewayPayment) {
      const data = { refund: row.id, gateway: sent.id, amount: sent.amount, currency: sent.currency };
      await audit(tx, { chain: `order:${row.orderId}`, actorId: null, action: 'refund.mismatch', data }, now);
      await noteDifference(tx, { order: row.orderId, kind: 'refund', ...data }, now);
      return 'mismatch';
    }
    const [moved] = await tx
      .update(refund)
      .set({ state: sent.state, gatewayRefund: sent.id, failure: sent.failure, updatedAt: now })
      .where(and(eq(refund.id, row.id), inArray(refund.state, [...REFUND_FROM[sent.state]])))
      .returning({ id: refund.id });
    if (moved) await follow(tx, deps, { row, payment, sent }, now);
    return sent.state;
  });
  if (outcome === 'mismatch') deps.log.error({ refund: sent.id }, 'a refund does not fit what was asked for');
  return outcome;
}

async function refundOf(tx: Queries, sent: GatewayRefund): Promise<{ row: Row; payment: Payment } | undefined> {
  const own =
    sent.refundId === null ? eq(refund.gatewayRefund, sent.id) : or(eq(refund.gatewayRefund, sent.id), eq(refund.id, sent.refundId));
  const [found] = await tx
    .select({ row: refund, payment: paymentAttempt })
    .from(refund)
    .innerJoin(paymentAttempt, eq(paymentAttempt.id, refund.attemptId))
    .where(own);
  return found;
}

/** A refund made by hand at the gateway gets its row here: the money is gone all the same. */
async function adopt(tx: Queries, sent: GatewayRefund, now: number): Promise<{ row: Row; payment: Payment } | undefined> {
  if (sent.payment === null) return undefined;
  const [payment] = await tx.select().from(paymentAttempt).where(eq(paymentAttempt.gatewayPayment, sent.payment));
  if (payment?.state !== 'paid') return undefined;
  const key = { id: newId(), idempotencyKey: `gateway:${sent.id}`, reason: 'made_at_gateway' };
  const facts = { orderId: payment.orderId, attemptId: payment.id, amount: sent.amount, createdAt: now, updatedAt: now };
  const [row] = await tx
    .insert(refund)
    .values({ ...key, ...facts, state: 'starting' })
    .returning();
  return row && { row, payment };
}

/**
 * The ledger: accepted, we owe it (`refund_payable`); done, the gateway has paid it; failed, it is held for settlement again.
 * The order: only what is done counts. Money that was paid twice was never the order's.
 */
async function follow(tx: Queries, { tell }: Pick<PaymentDeps, 'tell'>, { row, payment, sent }: Moved, now: number): Promise<void> {
  const { orderId, amount, id: refundId } = row;
  const { currency } = payment;
  const ofOrder = row.reason !== 'paid_twice';
  const wasDone = row.state === 'succeeded';
  await audit(tx, { chain: `order:${orderId}`, actorId: null, action: `refund.${sent.state}`, data: { refund: refundId, amount } }, now);
  const accepted = [['held_for_settlement', amount] as const, ['refund_payable', -amount] as const];
  await book(tx, { orderId, kind: 'refund', cause: acceptedCause(sent.id), currency, entries: accepted }, now);
  if (sent.state === 'succeeded') {
    const done = [['refund_payable', amount] as const, ['gateway', -amount] as const];
    await book(tx, { orderId, kind: 'refund', cause: sent.id, currency, entries: done }, now);
    if (ofOrder) {
      await recordRefund(tx, { orderId, refundId, amount, now });
      await tell(tx, 'orderRefunded', { orderId, refundId, amount }, now);
    }
  }
  if (sent.state === 'failed') {
    const back = [[wasDone ? 'gateway' : 'refund_payable', amount] as const, ['held_for_settlement', -amount] as const];
    await book(tx, { orderId, kind: 'refund_failed', cause: sent.id, currency, entries: back }, now);
    if (ofOrder) await recordRefundFailed(tx, { orderId, refundId, amount, now, wasRecorded: wasDone });
    if (ofOrder && wasDone) await tell(tx, 'refundCameBack', { orderId, refundId, amount }, now);
  }
}
