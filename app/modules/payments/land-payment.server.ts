import { and, desc, eq, isNull, or } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import { Problem } from '#app/core/problem.ts';
import { orderFor } from '#app/modules/orders/order-row.server.ts';
import { paymentAttempt } from '#db/schema/payments.ts';
import { applyPayment } from './apply-payment.server.ts';
import type { PaymentDeps } from './deps.ts';
import { isGatewayError, isMissing } from './gateway.ts';

/**
 * The buyer has come back from the payment page. Coming here proves nothing: the gateway is asked.
 * @returns `waiting` when the money is on its way, or the gateway does not say
 * @throws Problem not_found for another buyer's order, and for a session that is not this order's
 */
export async function landPayment(
  deps: PaymentDeps,
  { actor, number, session }: { actor: Actor; number: string; session: string },
): Promise<'paid' | 'unpaid' | 'waiting'> {
  const { order, attempt } = await deps.db.read(async (q) => {
    const { order, side } = await orderFor(q, actor, number);
    if (side !== 'buyer') throw new Problem('not_found');
    // Faster than our own commit, the buyer may bring a session whose attempt does not know it yet.
    const [attempt] = await q
      .select()
      .from(paymentAttempt)
      .where(
        and(
          eq(paymentAttempt.orderId, order.id),
          or(eq(paymentAttempt.gatewaySession, session), and(eq(paymentAttempt.state, 'starting'), isNull(paymentAttempt.gatewaySession))),
        ),
      )
      .orderBy(desc(paymentAttempt.attempt))
      .limit(1);
    return { order, attempt };
  });
  if (!attempt) throw new Problem('not_found');
  if (attempt.state === 'paid') return 'paid';
  try {
    const { outcome, orderId } = await applyPayment(deps, session);
    if (orderId !== order.id) throw new Problem('not_found');
    return outcome === 'paid' ? 'paid' : outcome === 'processing' ? 'waiting' : 'unpaid';
  } catch (error) {
    if (isMissing(error)) throw new Problem('not_found', {}, { cause: error });
    if (isGatewayError(error)) return 'waiting';
    throw error;
  }
}
