import { and, desc, eq, inArray } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import { newId } from '#app/core/ids.server.ts';
import { Problem } from '#app/core/problem.ts';
import { type Locale, localePath, pick } from '#app/i18n/locale.ts';
import { mustBeVerified } from '#app/modules/centres/verification/must-be-verified.server.ts';
import { type Order, orderById, orderFor } from '#app/modules/orders/order-row.server.ts';
import type { Queries } from '#db/queries.ts';
import { paymentAttempt } from '#db/schema/payments.ts';
import { applyFetched } from './apply-payment.server.ts';
import { ATTEMPT_FROM } from './attempt-machine.ts';
import type { PaymentDeps } from './deps.ts';
import { type CheckoutParameters, type GatewayPayment, isGatewayError, isKeptFailure, isRefusal } from './gateway.ts';
import { settleCheckout } from './settle-checkout.server.ts';

type Attempt = typeof paymentAttempt.$inferSelect;

const MINUTE = 60_000;
/** Stripe takes 30 minutes to 24 hours, counted from when the request arrives: a minute is left for the way. */
const SHORTEST_SESSION = 31 * MINUTE;
const LONGEST_SESSION = 24 * 60 * MINUTE - MINUTE;
/** A stale attempt is settled and another begun; more than that in one request means something else is wrong. */
const MOST_TURNS = 3;

/** `origin`: where the buyer's browser has reached us, and comes back to with its session. */
type PayRequest = { actor: Actor; number: string; email: string; locale: Locale; origin: string };

/**
 * Starts paying for a held order, or goes on with what was started: two tabs get the same checkout.
 * @returns where to send the buyer; nothing when the order is paid already
 * @throws Problem not_found, hold_expired, transition_refused, payment_in_progress, centre_unverified; payment_unavailable when the gateway gives no
 * usable answer (the hold stays)
 */
export async function startPayment(deps: PaymentDeps, request: PayRequest): Promise<{ url: string } | { paid: true }> {
  try {
    for (let turn = 0; turn < MOST_TURNS; turn++) {
      const step = await claimAttempt(deps, request);
      if (step === 'paid') return { paid: true };
      if (step.state === 'open' && step.url && step.expiresAt > deps.clock()) return { url: step.url };
      if (step.state === 'open' && step.gatewaySession) await settleCheckout(deps, { ...step, gatewaySession: step.gatewaySession });
      else {
        const opened = await openCheckout(deps, step);
        if (opened === 'hold_ended') throw new Problem('hold_expired');
        if (opened !== 'over') return { url: opened };
      }
    }
  } catch (error) {
    if (!isGatewayError(error)) throw error;
    deps.log.warn({ order: request.number, code: error.code }, 'the payment gateway did not answer');
    throw new Problem('payment_unavailable', {}, { cause: error });
  }
  throw new Problem('payment_unavailable');
}

/** The attempt to go on with: the last one while it can still be paid, else a new one, its key and parameters stored. */
async function claimAttempt({ db, clock }: PaymentDeps, { actor, number, email, locale, origin }: PayRequest): Promise<Attempt | 'paid'> {
  return db.write(async (tx) => {
    const now = clock();
    const { order, side } = await orderFor(tx, actor, number);
    if (side !== 'buyer') throw new Problem('not_found');
    const [last] = await tx
      .select()
      .from(paymentAttempt)
      .where(eq(paymentAttempt.orderId, order.id))
      .orderBy(desc(paymentAttempt.attempt))
      .limit(1);
    if (order.payment === 'processing' || last?.state === 'processing') throw new Problem('payment_in_progress');
    if (order.payment !== 'unpaid') return 'paid';
    if (order.progress === 'expired') throw new Problem('hold_expired');
    if (order.progress !== 'held') throw new Problem('transition_refused');
    if (order.holdExpiresAt !== null && order.holdExpiresAt <= now) throw new Problem('hold_expired');
    await mustBeVerified(tx, order.centreId);
    if (last?.state === 'starting' || last?.state === 'open') return last;
    const id = newId();
    const attempt = (last?.attempt ?? 0) + 1;
    const expiresAt = Math.min(Math.max(order.holdExpiresAt ?? 0, now + SHORTEST_SESSION), now + LONGEST_SESSION);
    const page = origin + localePath(`/orders/${order.number}`, locale);
    const parameters: CheckoutParameters = {
      orderId: order.id,
      orderNumber: order.number,
      attemptId: id,
      amount: order.gross,
      currency: order.currency,
      description: pick(order.snapshot.nameZh, order.snapshot.nameEn, locale).slice(0, 200),
      email,
      locale,
      expiresAt,
      successUrl: `${page}/paid?session_id={CHECKOUT_SESSION_ID}`,
      cancelUrl: `${page}?payment=unpaid`,
    };
    const [made] = await tx
      .insert(paymentAttempt)
      .values({
        id,
        orderId: order.id,
        attempt,
        idempotencyKey: `checkout:${order.id}:${attempt}`,
        parameters,
        state: 'starting',
        amount: order.gross,
        currency: order.currency,
        expiresAt,
        createdAt: now,
        updatedAt: now,
      })
      .returning();
    return made as Attempt;
  });
}

/**
 * Asks the gateway for the checkout of an attempt, under its stored key and parameters: asked again after a crash or a lost answer
 * it is the same checkout.
 * @returns its address; `over` when the attempt came to nothing or was settled by somebody else; `hold_ended` when the hold was gone
 * by the time the gateway answered (the checkout is ended then)
 * @throws GatewayError unknown
 */
export async function openCheckout(deps: PaymentDeps, attempt: Attempt): Promise<string | 'over' | 'hold_ended'> {
  let payment: GatewayPayment;
  try {
    payment = await deps.gateway.startPayment(attempt.parameters as CheckoutParameters, attempt.idempotencyKey);
  } catch (error) {
    if (!isRefusal(error) && !isKeptFailure(error)) throw error;
    await refuseAttempt(deps, attempt, error.code);
    return 'over';
  }
  const { url, ended } = await deps.db.write((tx) => storeCheckout(tx, attempt, payment, deps.clock()));
  if (!ended) return url ?? 'over';
  await applyFetched(deps, await deps.gateway.cancelPayment(payment.session));
  return 'hold_ended';
}

async function storeCheckout(tx: Queries, attempt: Attempt, payment: GatewayPayment, now: number) {
  const order: Order = await orderById(tx, attempt.orderId);
  const [opened] = await tx
    .update(paymentAttempt)
    .set({ state: 'open', gatewaySession: payment.session, url: payment.url, updatedAt: now })
    .where(and(eq(paymentAttempt.id, attempt.id), inArray(paymentAttempt.state, ATTEMPT_FROM.open)))
    .returning();
  // The webhook, or the other tab, may have been here first.
  const [current] = opened ? [opened] : await tx.select().from(paymentAttempt).where(eq(paymentAttempt.id, attempt.id));
  const unpaid = current?.state === 'open' || current?.state === 'expired';
  const holdOver = order.progress !== 'held' || (order.holdExpiresAt !== null && order.holdExpiresAt <= now);
  return { url: current?.state === 'open' ? current.url : null, ended: current?.state === 'expired' || (unpaid && holdOver) };
}

/** The gateway refused under this key and would refuse again. If it made a checkout all the same, nobody has its address: it expires by itself. */
async function refuseAttempt({ db, clock, log }: PaymentDeps, attempt: Attempt, code: string): Promise<void> {
  log.error({ order: attempt.orderId, attempt: attempt.attempt, code }, 'the payment gateway refused a checkout');
  await db.write(async (tx) => {
    await tx
      .update(paymentAttempt)
      .set({ state: 'failed', updatedAt: clock() })
      .where(and(eq(paymentAttempt.id, attempt.id), eq(paymentAttempt.state, 'starting')));
  });
}
