import { and, asc, eq } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { partyTo } from '#app/modules/orders/order-row.server.ts';
import type { RefundState } from '#app/modules/payments/attempt-machine.ts';
import type { MoneyFacts } from '#app/modules/payments/money-standing.ts';
import { againId } from '#app/modules/payments/retry-refund.server.ts';
import type { Queries } from '#db/queries.ts';
import { orders } from '#db/schema/orders.ts';
import { paymentAttempt, payout, refund } from '#db/schema/payments.ts';

type OrderMoney = {
  /** The payment that counts, once it is there; `method`: card, alipay, wechat_pay. */
  payment: { amount: number; method: string | null; paidAt: number; payout: MoneyFacts['payout'] } | null;
  /**
   * Oldest first; a failed one can be tried again (`POST /orders/:number/refund`, field `refund`). `ofPayment`: of the payment that counts,
   * not of a second one that went back whole; `method`: that of the payment it is of. Instants in UTC milliseconds.
   */
  refunds: {
    id: string;
    amount: number;
    state: RefundState;
    reason: string;
    at: number;
    retryable: boolean;
    ofPayment: boolean;
    method: string | null;
  }[];
};

/** The money of one order, for its page; nothing to who is not party to the order. */
export const viewOrderMoney = ({ db }: Pick<Deps, 'db'>, actor: Actor, orderId: string): Promise<OrderMoney> =>
  db.read((q) => moneyOf(q, actor, orderId));

async function moneyOf(q: Queries, actor: Actor, orderId: string): Promise<OrderMoney> {
  const found = await q
    .select({ attempt: paymentAttempt, payout: { state: payout.state, amount: payout.amount, at: payout.updatedAt } })
    .from(paymentAttempt)
    .innerJoin(orders, eq(orders.id, paymentAttempt.orderId))
    .leftJoin(payout, eq(payout.orderId, orders.id))
    .where(and(eq(orders.id, orderId), partyTo(q, actor)))
    .orderBy(asc(paymentAttempt.attempt));
  const arrived = found.filter(({ attempt }) => attempt.state === 'paid');
  const rows =
    arrived.length > 0
      ? await q.select().from(refund).where(eq(refund.orderId, orderId)).orderBy(asc(refund.createdAt), asc(refund.id))
      : [];
  const twice = new Set(rows.flatMap(({ attemptId, reason }) => (reason === 'paid_twice' ? attemptId : [])));
  const counts = arrived.find(({ attempt }) => !twice.has(attempt.id)) ?? arrived[0];
  const paid = counts?.attempt;
  const methods = new Map(found.map(({ attempt }) => [attempt.id, attempt.method]));
  const known = new Set(rows.map((row) => row.id));
  const retryable = (row: (typeof rows)[number]) => row.state === 'failed' && !known.has(againId(row.id));
  return {
    payment: paid ? { amount: paid.amount, method: paid.method, paidAt: paid.updatedAt, payout: counts.payout } : null,
    refunds: rows.map((row) => ({
      id: row.id,
      amount: row.amount,
      state: row.state,
      reason: row.reason,
      at: row.createdAt,
      retryable: retryable(row),
      ofPayment: row.attemptId === paid?.id,
      method: methods.get(row.attemptId) ?? null,
    })),
  };
}
