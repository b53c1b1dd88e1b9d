import type { KnownPayment } from '#app/modules/payments/list-payments.server.ts';
import { chargeObject, intentObject, METHODS } from './stripe-emulator/payment-objects.ts';
import { Store } from './stripe-emulator/store.server.ts';

/**
 * Tells the simulated gateway of payments it does not know: those the seeds invented, and all of them after its folder was emptied.
 * Without this, no seeded order could be refunded. Their balance movements are long past and are not told.
 * @param folder of the emulator, which is not running yet
 * @returns how many were new to it
 */
export function rememberPayments(payments: readonly KnownPayment[], folder: string): number {
  const store = new Store(folder);
  try {
    return store.transaction(() => payments.filter((payment) => remember(store, payment)).length);
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
