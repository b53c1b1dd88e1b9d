/**
 * Seeded orders were paid before there was a payment service: their ids at the gateway are made up. Those whose money may still go
 * back are paid once more at the simulated service, so that a visitor who cancels one of them sees a refund that works.
 */
import { and, eq, inArray, like } from 'drizzle-orm';
import type { Deps } from '#app/core/deps.ts';
import type { CheckoutParameters, Gateway } from '#app/modules/payments/gateway.ts';
import { orders } from '#db/schema/orders.ts';
import { ledgerTransaction, paymentAttempt } from '#db/schema/payments.ts';

/** As far along as the rules still give money back. */
const REFUNDABLE = ['confirmed', 'received', 'requested', 'held'] as const;

type Pay = (session: string, method: 'card') => boolean;

/** @returns how many were paid */
export async function paySeededOrders({ db, clock, settings }: Deps, gateway: Gateway, pay: Pay): Promise<number> {
  const open = await db.read((q) =>
    q
      .select({ order: orders, attempt: paymentAttempt })
      .from(paymentAttempt)
      .innerJoin(orders, eq(orders.id, paymentAttempt.orderId))
      .where(
        and(eq(paymentAttempt.state, 'paid'), like(paymentAttempt.gatewaySession, 'demo%'), inArray(orders.progress, [...REFUNDABLE])),
      ),
  );
  for (const { order, attempt } of open) {
    const page = `${settings.origin}/orders/${order.number}`;
    const parameters: CheckoutParameters = {
      orderId: order.id,
      orderNumber: order.number,
      attemptId: attempt.id,
      amount: attempt.amount,
      currency: attempt.currency,
      description: order.snapshot.nameZh,
      email: 'buyer@demo.hengji.example',
      locale: 'zh-CN',
      expiresAt: clock() + 3_600_000,
      successUrl: `${page}/paid?session_id={CHECKOUT_SESSION_ID}`,
      cancelUrl: page,
    };
    const { session } = await gateway.startPayment(parameters, attempt.idempotencyKey);
    pay(session, 'card');
    const paid = await gateway.fetchPayment(session);
    if (paid.state !== 'paid' || !paid.payment) continue;
    const { payment } = paid;
    await db.write(async (tx) => {
      await tx
        .update(paymentAttempt)
        .set({ gatewaySession: session, gatewayPayment: payment, method: 'card', parameters })
        .where(eq(paymentAttempt.id, attempt.id));
      await tx
        .update(ledgerTransaction)
        .set({ cause: payment })
        .where(and(eq(ledgerTransaction.kind, 'payment'), eq(ledgerTransaction.cause, attempt.gatewayPayment ?? '')));
    });
  }
  return open.length;
}
