import { and, eq } from 'drizzle-orm';
import { audit } from '#app/core/audit.server.ts';
import { recordRefundFailed } from '#app/modules/orders/record-refund.server.ts';
import { paymentAttempt, refund } from '#db/schema/payments.ts';
import { applyRefund } from './apply-refund.server.ts';
import type { PaymentDeps } from './deps.ts';
import { type GatewayRefund, isKeptFailure, isRefusal } from './gateway.ts';

/**
 * Sends a refund that was put down. Asked again after a lost answer, it is the same refund: the gateway keeps the key for a day,
 * and what it already has is looked for first.
 * @throws GatewayError unknown: whoever calls tries again later
 */
export async function sendRefund(deps: PaymentDeps, refundId: string): Promise<void> {
  const { db, gateway } = deps;
  const [found] = await db.read((q) =>
    q
      .select({ row: refund, payment: paymentAttempt.gatewayPayment })
      .from(refund)
      .innerJoin(paymentAttempt, eq(paymentAttempt.id, refund.attemptId))
      .where(eq(refund.id, refundId)),
  );
  if (found?.row.state !== 'starting' || found.payment === null) return;
  const { row, payment } = found;
  const there = async () => (await gateway.listRefunds(payment)).find((one) => one.refundId === row.id);
  let sent: GatewayRefund | undefined;
  try {
    const parameters = { refundId: row.id, orderId: row.orderId, payment, amount: row.amount };
    sent = (await there()) ?? (await gateway.refund(parameters, row.idempotencyKey));
  } catch (error) {
    if (!isRefusal(error) && !isKeptFailure(error)) throw error;
    // A failure kept under the key says nothing about whether the refund was made; the list does.
    if (isKeptFailure(error)) sent = await there();
    if (!sent) return refuse(deps, row, error.code);
  }
  await applyRefund(deps, sent);
}

/** The gateway said no (the balance is short, the time for it is over): seen in the order, to be tried again as a new refund. */
async function refuse({ db, clock, log }: PaymentDeps, row: typeof refund.$inferSelect, code: string): Promise<void> {
  log.error({ order: row.orderId, refund: row.id, code }, 'the payment gateway refused a refund');
  const now = clock();
  await db.write(async (tx) => {
    const [failed] = await tx
      .update(refund)
      .set({ state: 'failed', failure: code, updatedAt: now })
      .where(and(eq(refund.id, row.id), eq(refund.state, 'starting')))
      .returning({ id: refund.id });
    if (!failed) return;
    const { orderId, amount } = row;
    await audit(tx, { chain: `order:${orderId}`, actorId: null, action: 'refund.refused', data: { refund: row.id, amount, code } }, now);
    await recordRefundFailed(tx, { orderId, refundId: row.id, amount, now, wasRecorded: false });
  });
}
