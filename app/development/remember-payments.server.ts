import { setImmediate as breathe } from 'node:timers/promises';
import type { KnownPayment } from '#app/modules/payments/list-payments.server.ts';
import { chargeObject, intentObject, METHODS } from './stripe-emulator/payment-objects.ts';
import { Store } from './stripe-emulator/store.server.ts';

/** Some milliseconds. */
const AT_ONCE = 20;

/**
 * Tells the simulated gateway of payments it does not know: those the seeds invented, and all of them after its folder was emptied.
 * Without this, no seeded order could be refunded. Their balance movements are long past and are not told.
 * @param folder of the emulator, which is not running yet
 * The site is up by then: they are told a few at a time, with requests in between.
 * @returns how many were new to it
 */
export async function rememberPayments(payments: readonly KnownPayment[], folder: string): Promise<number> {
  const store = new Store(folder);
  let told = 0;
  try {
    for (let from = 0; from < payments.length; from += AT_ONCE) {
      const some = payments.slice(from, from + AT_ONCE);
      told += store.transaction(() => some.filter((payment) => remember(store, payment)).length);
      await breathe();
    }
    return told;
  } finally {
    store.close();
  }
}

function remember(store: Store, { id, attemptId, orderId, amount, currency, refunded, ...payment }: KnownPayment): boolean {
  if (store.kindOf(id) !== null) return false;
  const created = Math.floor(payment.paidAt / 1000);
  const method = METHODS.find((one) => one === payment.method) ?? 'card';
  const metadata = { order_id: orderId, attempt_id: attemptId };
  const facts = { created, amount, currency, types: [...METHODS], metadata, description: null, receiptEmail: null };
  const made = { ...intentObject(facts), id, status: 'succeeded' as const, amount_received: amount };
  const charge = { ...chargeObject(made, method, 'succeeded', created), amount_refunded: refunded, refunded: refunded === amount };
  const intent = { ...made, latest_charge: charge.id };
  store.insert('payment_intent', intent, created, { status: 'succeeded' });
  store.insert('charge', charge, created, { status: 'succeeded', payment_intent: id });
  return true;
}
