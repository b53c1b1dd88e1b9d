import { and, eq, inArray } from 'drizzle-orm';
import { setPaymentState } from '#app/modules/orders/record-payment.server.ts';
import { paymentAttempt } from '#db/schema/payments.ts';
import { type Applied, applyFetched } from './apply-payment.server.ts';
import { ATTEMPT_FROM } from './attempt-machine.ts';
import type { PaymentDeps } from './deps.ts';
import { isMissing } from './gateway.ts';

type Checkout = Pick<typeof paymentAttempt.$inferSelect, 'id' | 'orderId' | 'state'> & { gatewaySession: string };

/**
 * Ends a checkout that is still open, and applies what it has come to. One the gateway does not know (another account, a simulated
 * gateway that was emptied) holds no money: it has failed.
 * @throws GatewayError unknown
 */
export async function settleCheckout(deps: PaymentDeps, checkout: Checkout): Promise<Applied> {
  const { gateway } = deps;
  const { gatewaySession: session } = checkout;
  try {
    return await applyFetched(deps, await (checkout.state === 'open' ? gateway.cancelPayment(session) : gateway.fetchPayment(session)));
  } catch (error) {
    if (!isMissing(error)) throw error;
    await forget(deps, checkout);
    return { outcome: 'failed', orderId: checkout.orderId };
  }
}

async function forget({ db, clock, log }: PaymentDeps, { id, orderId, gatewaySession }: Checkout): Promise<void> {
  log.error({ order: orderId, session: gatewaySession }, 'the payment gateway does not know a checkout of ours');
  const now = clock();
  await db.write(async (tx) => {
    const [moved] = await tx
      .update(paymentAttempt)
      .set({ state: 'failed', updatedAt: now })
      .where(and(eq(paymentAttempt.id, id), inArray(paymentAttempt.state, ATTEMPT_FROM.failed)))
      .returning({ id: paymentAttempt.id });
    if (moved) await setPaymentState(tx, { orderId, event: 'fail', now });
  });
}
