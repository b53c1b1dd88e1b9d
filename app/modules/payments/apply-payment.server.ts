import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { audit } from '#app/core/audit.server.ts';
import { newId } from '#app/core/ids.server.ts';
import { orderById } from '#app/modules/orders/order-row.server.ts';
import { recordOrderEvent } from '#app/modules/orders/record-order-event.server.ts';
import { type PaidOutcome, recordPaid, setPaymentState } from '#app/modules/orders/record-payment.server.ts';
import { prepare, type Queries } from '#db/queries.ts';
import { paymentAttempt } from '#db/schema/payments.ts';
import { ATTEMPT_FROM } from './attempt-machine.ts';
import { createRefund } from './create-refund.server.ts';
import type { PaymentDeps } from './deps.ts';
import type { GatewayPayment } from './gateway.ts';
import { book } from './ledger.server.ts';
import { differences } from './match-payment.ts';
import { noteDifference } from './note-difference.server.ts';

/** `not_ours`: no checkout of ours; `mismatch`: it claims to be one and is not what we asked for. Nothing is booked for either. */
export type Applied = { outcome: GatewayPayment['state'] | 'not_ours' | 'mismatch'; orderId?: string };

/**
 * What became of a checkout, asked of the gateway and written down. The webhook, the page the buyer comes back to and the
 * reconciliation all call this; however often and in whatever order, it counts once.
 * @throws GatewayError
 */
export async function applyPayment(deps: PaymentDeps, session: string): Promise<Applied> {
  // A paid checkout is final: refunds and disputes have events of their own. Several events report one payment; only the first leads to a question.
  const [paid] = await deps.db.read((q) => prepare(q, 'attempt_paid', paidAttempt).execute({ session }));
  if (paid) return { outcome: 'paid', orderId: paid.orderId };
  return applyFetched(deps, await deps.gateway.fetchPayment(session));
}

const paidAttempt = (q: Queries) =>
  q
    .select({ orderId: paymentAttempt.orderId })
    .from(paymentAttempt)
    .where(and(eq(paymentAttempt.gatewaySession, sql.placeholder('session')), eq(paymentAttempt.state, 'paid')));

/** The same for a payment just fetched. */
export async function applyFetched(deps: PaymentDeps, payment: GatewayPayment): Promise<Applied> {
  const applied = await deps.db.write((tx) => apply(tx, deps, payment, deps.clock()));
  if (applied.outcome === 'mismatch')
    deps.log.error({ order: applied.orderId, session: payment.session }, 'a payment does not fit its order');
  if (applied.outcome === 'not_ours') deps.log.warn({ session: payment.session }, 'a payment that is not ours');
  return applied;
}

async function apply(tx: Queries, deps: PaymentDeps, payment: GatewayPayment, now: number): Promise<Applied> {
  const attempt = await attemptOf(tx, payment);
  if (!attempt) return { outcome: 'not_ours' };
  const order = await orderById(tx, attempt.orderId);
  const { id: orderId } = order;
  const { amount, currency } = attempt;
  const differing = differences(payment, { amount, currency, orderNumber: order.number, attemptId: attempt.id, live: deps.gateway.live });
  if (differing.length > 0) {
    if (await move(tx, attempt.id, payment, 'failed', now)) await flag(tx, orderId, payment, differing, now);
    return { outcome: 'mismatch', orderId };
  }
  const moved = await move(tx, attempt.id, payment, payment.state, now);
  if (moved && payment.state === 'processing') await setPaymentState(tx, { orderId, event: 'begin', now });
  if (moved && payment.state === 'failed') await setPaymentState(tx, { orderId, event: 'fail', now });
  if (moved && payment.state === 'paid') await bookPaid(tx, deps, { orderId, attemptId: attempt.id, payment }, now);
  return { outcome: payment.state, orderId };
}

/** By its session; before that is known here (a webhook faster than our own commit) by the attempt it names. */
async function attemptOf(tx: Queries, { session, attemptId }: GatewayPayment) {
  const [known] = await tx.select().from(paymentAttempt).where(eq(paymentAttempt.gatewaySession, session));
  if (known || !attemptId) return known;
  const [named] = await tx
    .select()
    .from(paymentAttempt)
    .where(and(eq(paymentAttempt.id, attemptId), isNull(paymentAttempt.gatewaySession)));
  return named;
}

/** @returns whether this call moved it: only the caller that did goes on with what follows */
async function move(
  tx: Queries,
  attemptId: string,
  payment: GatewayPayment,
  state: GatewayPayment['state'],
  now: number,
): Promise<boolean> {
  const moved = await tx
    .update(paymentAttempt)
    .set({
      state,
      gatewaySession: payment.session,
      gatewayPayment: payment.payment,
      url: payment.url,
      method: payment.method,
      updatedAt: now,
    })
    .where(and(eq(paymentAttempt.id, attemptId), inArray(paymentAttempt.state, ATTEMPT_FROM[state])))
    .returning({ id: paymentAttempt.id });
  return moved.length > 0;
}

/** Nothing is booked for this money: the slot has gone to others, the centre takes none, or the order had been paid by another checkout. */
const BACK_BECAUSE: Partial<Record<PaidOutcome, string>> = {
  late_no_slot: 'late_no_slot',
  unverified: 'centre_unverified',
  already: 'paid_twice',
};

async function bookPaid(
  tx: Queries,
  deps: PaymentDeps,
  { orderId, attemptId, payment }: { orderId: string; attemptId: string; payment: GatewayPayment },
  now: number,
): Promise<void> {
  const { amount, currency, session, method } = payment;
  const entries = [['gateway', amount] as const, ['held_for_settlement', -amount] as const];
  await book(tx, { orderId, kind: 'payment', cause: payment.payment ?? session, currency, entries }, now);
  await audit(tx, { chain: `order:${orderId}`, actorId: null, action: 'payment.received', data: { amount, session, method } }, now);
  const outcome = await recordPaid(tx, deps, { orderId, now });
  const reason = BACK_BECAUSE[outcome];
  if (reason) await createRefund(tx, { id: newId(), orderId, attemptId, amount, reason }, now);
}

/** Shows in the order's timeline and audit chain; somebody has to look. */
async function flag(tx: Queries, orderId: string, payment: GatewayPayment, differing: string[], now: number): Promise<void> {
  const { session, amount, currency, state } = payment;
  const data = { session, amount, currency, state, differing: differing.join(' ') };
  await audit(tx, { chain: `order:${orderId}`, actorId: null, action: 'payment.mismatch', data }, now);
  await noteDifference(tx, { order: orderId, kind: 'payment', ...data }, now);
  await recordOrderEvent(tx, orderId, { kind: 'payment_failed', actorId: null, data: { reason: 'mismatch' } }, {}, now);
}
