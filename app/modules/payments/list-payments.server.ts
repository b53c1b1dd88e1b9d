import { and, eq, inArray, isNotNull } from 'drizzle-orm';
import type { Deps } from '#app/core/deps.ts';
import { sumOf } from '#db/queries.ts';
import { paymentAttempt, refund } from '#db/schema/payments.ts';

/** A payment as the gateway should know it; amounts in 分, `paidAt` in UTC ms, `refunded` with what is on its way back. */
export type KnownPayment = {
  id: string;
  attemptId: string;
  orderId: string;
  amount: number;
  currency: string;
  method: string | null;
  paidAt: number;
  refunded: number;
};

/** Every payment that was made, with its id at the gateway. */
export async function listPayments({ db }: Pick<Deps, 'db'>): Promise<KnownPayment[]> {
  const { gatewayPayment, state } = paymentAttempt;
  const paid = await db.read((q) =>
    q
      .select()
      .from(paymentAttempt)
      .where(and(eq(state, 'paid'), isNotNull(gatewayPayment))),
  );
  const back = await db.read((q) =>
    q
      .select({ attemptId: refund.attemptId, amount: sumOf(refund.amount) })
      .from(refund)
      .where(inArray(refund.state, ['pending', 'succeeded']))
      .groupBy(refund.attemptId),
  );
  const refunded = new Map(back.map((row) => [row.attemptId, row.amount]));
  return paid.map(({ id, gatewayPayment, orderId, amount, currency, method, updatedAt }) => ({
    id: gatewayPayment ?? '',
    attemptId: id,
    orderId,
    amount,
    currency,
    method,
    paidAt: updatedAt,
    refunded: refunded.get(id) ?? 0,
  }));
}
