import { and, eq, inArray, isNotNull } from 'drizzle-orm';
import type { Deps } from '#app/core/deps.ts';
import { sumOf } from '#db/queries.ts';
import { paymentAttempt, refund } from '#db/schema/payments.ts';
import { chargeObject, intentObject, METHODS } from './stripe-emulator/payment-objects.ts';
import { Store } from './stripe-emulator/store.server.ts';

/**
 * Tells the simulated gateway of payments it does not know: those the seeds invented, and all of them after its folder was emptied.
 * Without this, no seeded order could be refunded. Their balance movements are long past and are not told.
 * @param folder of the emulator, which is not running yet
 * @returns how many were new to it
 */
export async function rememberPayments({ db }: Pick<Deps, 'db'>, folder: string): Promise<number> {
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
  const store = new Store(folder);
  try {
    return store.transaction(() => paid.filter((attempt) => remember(store, attempt, refunded.get(attempt.id) ?? 0)).length);
  } finally {
    store.close();
  }
}

function remember(store: Store, attempt: typeof paymentAttempt.$inferSelect, refunded: number): boolean {
  const { amount, currency, orderId } = attempt;
  const id = attempt.gatewayPayment ?? '';
  if (store.kindOf(id) !== null) return false;
  const created = Math.floor(attempt.updatedAt / 1000);
  const method = METHODS.find((one) => one === attempt.method) ?? 'card';
  const metadata = { order_id: orderId, attempt_id: attempt.id };
  const facts = { created, amount, currency, types: [...METHODS], metadata, description: null, receiptEmail: null };
  const made = { ...intentObject(facts), id, status: 'succeeded' as const, amount_received: amount };
  const charge = { ...chargeObject(made, method, 'succeeded', created), amount_refunded: refunded, refunded: refunded === amount };
  const intent = { ...made, latest_charge: charge.id };
  store.insert('payment_intent', intent, created, { status: 'succeeded' });
  store.insert('charge', charge, created, { status: 'succeeded', payment_intent: id });
  return true;
}
