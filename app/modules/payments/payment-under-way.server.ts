import { and, eq, inArray } from 'drizzle-orm';
import { paymentAttempt } from '#db/schema/payments.ts';
import type { PaymentDeps } from './deps.ts';
import { isGatewayError } from './gateway.ts';
import { settleCheckout } from './settle-checkout.server.ts';

/**
 * How long after the end of its checkout a hold may wait for an answer of the gateway, or for a payment on its way (Alipay and WeChat
 * take minutes at most). Money that comes still later is booked if the slot is free and given back if it is not.
 */
const LONGEST_WAIT_MS = 30 * 60_000;

/**
 * Asked by orders before a hold is let go. Ends what the buyer could still pay; the gateway decides who was first.
 * @returns whether the hold stays: the money came (it has been applied and the order is confirmed), is on its way, or the gateway does
 * not say
 */
export async function paymentUnderWay(deps: PaymentDeps, orderId: string): Promise<boolean> {
  const { state } = paymentAttempt;
  const attempts = await deps.db.read((q) =>
    q
      .select()
      .from(paymentAttempt)
      .where(and(eq(paymentAttempt.orderId, orderId), inArray(state, ['starting', 'open', 'processing']))),
  );
  for (const attempt of attempts) if (await mayStillBePaid(deps, attempt)) return true;
  return false;
}

async function mayStillBePaid(deps: PaymentDeps, attempt: typeof paymentAttempt.$inferSelect): Promise<boolean> {
  const { db, clock, log } = deps;
  const { gatewaySession } = attempt;
  const waiting = clock() < attempt.expiresAt + LONGEST_WAIT_MS;
  if (gatewaySession === null) {
    // Nobody was given its address. If the gateway is about to answer, the request that waits for it finds the attempt ended, and ends the checkout.
    const ended = await db.write((tx) =>
      tx
        .update(paymentAttempt)
        .set({ state: 'expired', updatedAt: clock() })
        .where(and(eq(paymentAttempt.id, attempt.id), eq(paymentAttempt.state, 'starting')))
        .returning({ id: paymentAttempt.id }),
    );
    return ended.length === 0;
  }
  try {
    const { outcome } = await settleCheckout(deps, { ...attempt, gatewaySession });
    return outcome === 'paid' || (outcome === 'processing' && waiting);
  } catch (error) {
    if (!isGatewayError(error)) throw error;
    log.warn({ order: attempt.orderId, code: error.code }, 'the payment gateway does not say whether money came for a hold that ended');
    return waiting;
  }
}
