import { asc, eq } from 'drizzle-orm';
import type { Deps } from '#app/core/deps.ts';
import type { Queries } from '#db/queries.ts';
import { paymentAttempt, refund } from '#db/schema/payments.ts';
import type { RefundState } from './attempt-machine.ts';
import { againId } from './retry-refund.server.ts';

type OrderMoney = {
  /** The payment that counts, once it is there; `method`: card, alipay, wechat_pay. */
  payment: { amount: number; method: string | null; paidAt: number } | null;
  /** Oldest first; a failed one can be tried again (`POST /orders/:number/refund`, field `refund`). Instants in UTC milliseconds. */
  refunds: { id: string; amount: number; state: RefundState; reason: string; at: number; retryable: boolean }[];
};

/** The money of one order, for its page. Whoever calls has made sure that the viewer may see the order. */
export const viewOrderMoney = ({ db }: Pick<Deps, 'db'>, orderId: string): Promise<OrderMoney> => db.read((q) => moneyOf(q, orderId));

async function moneyOf(q: Queries, orderId: string): Promise<OrderMoney> {
  const attempts = await q.select().from(paymentAttempt).where(eq(paymentAttempt.orderId, orderId)).orderBy(asc(paymentAttempt.attempt));
  const paid = attempts.find((attempt) => attempt.state === 'paid');
  const rows = paid ? await q.select().from(refund).where(eq(refund.orderId, orderId)).orderBy(asc(refund.createdAt), asc(refund.id)) : [];
  const known = new Set(rows.map((row) => row.id));
  const retryable = (row: (typeof rows)[number]) => row.state === 'failed' && !known.has(againId(row.id));
  return {
    payment: paid ? { amount: paid.amount, method: paid.method, paidAt: paid.updatedAt } : null,
    refunds: rows.map((row) => ({
      id: row.id,
      amount: row.amount,
      state: row.state,
      reason: row.reason,
      at: row.createdAt,
      retryable: retryable(row),
    })),
  };
}
