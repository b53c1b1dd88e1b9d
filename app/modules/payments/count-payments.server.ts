import { countAll, type Queries } from '#db/queries.ts';
import { paymentAttempt, refund } from '#db/schema/payments.ts';

/** How many payments and refunds stand at each step. */
export async function countPayments(q: Queries) {
  const attempts = await q.select({ state: paymentAttempt.state, count: countAll() }).from(paymentAttempt).groupBy(paymentAttempt.state);
  const refunds = await q.select({ state: refund.state, count: countAll() }).from(refund).groupBy(refund.state);
  return { attempts, refunds };
}
