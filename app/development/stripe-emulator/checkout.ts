import type Stripe from 'stripe';
import type { Engine } from './engine.server.ts';
import { ApiError, missingObject } from './errors.ts';
import type { Parameters } from './parameters.ts';
import {
  balanceTransactionObject,
  chargeObject,
  declineCode,
  declineMessage,
  intentObject,
  type Method,
  type MovementFacts,
} from './payment-objects.ts';
import type { SessionRow } from './session-object.ts';
import { readSession } from './session-parameters.ts';

/** What the buyer (or a test in the buyer's place) lets happen. The `later` ones complete the session unpaid and settle afterwards. */
export const OUTCOMES = ['succeed', 'decline', 'later_succeed', 'later_fail'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export function createSession(engine: Engine, params: Parameters, publicUrl: string): SessionRow {
  const row = readSession(params, engine.seconds(), publicUrl);
  engine.store.insert('checkout.session', row, row.session.created, { status: 'open' });
  engine.schedule(row.session.expires_at * 1000, 'expire', row.id);
  return row;
}

export function findSession(engine: Engine, id: string): SessionRow {
  const row = engine.store.find<SessionRow>('checkout.session', id);
  if (!row) throw missingObject('checkout.session', id, 'session');
  return row;
}

export function expireSession(engine: Engine, id: string): SessionRow {
  const row = findSession(engine, id);
  if (row.session.status !== 'open') {
    throw new ApiError(400, {
      message: `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of \`${row.session.status}\`.`,
    });
  }
  close(engine, row, 'expired');
  const intent = findIntentOf(engine, row);
  if (intent) {
    intent.status = 'canceled';
    intent.canceled_at = engine.seconds();
    intent.cancellation_reason = 'automatic';
    engine.store.update(intent, { status: 'canceled' });
    engine.emit('payment_intent.canceled', intent);
  }
  engine.emit('checkout.session.expired', row.session);
  return row;
}

/** @returns false when the session was no longer open: it was paid in another tab, or it expired */
export function attemptPayment(engine: Engine, id: string, method: Method, outcome: Outcome): boolean {
  const row = findSession(engine, id);
  if (row.session.status !== 'open') return false;
  if (!row.session.payment_method_types.includes(method)) throw new ApiError(400, { message: `${method} is not offered by this session` });
  const intent = findIntentOf(engine, row) ?? startIntent(engine, row);
  if (outcome === 'decline') {
    const charge = addCharge(engine, intent, method, 'failed');
    decline(engine, intent, charge, method);
    return true;
  }
  if (outcome === 'succeed') {
    const charge = addCharge(engine, intent, method, 'succeeded');
    succeed(engine, intent, charge);
    row.session.payment_status = 'paid';
  } else {
    const charge = addCharge(engine, intent, method, 'pending');
    intent.status = 'processing';
    engine.store.update(intent, { status: 'processing' });
    engine.emit('charge.pending', charge);
    engine.emit('payment_intent.processing', intent);
    engine.schedule(engine.clock.now() + engine.options.asyncDelayMs, outcome === 'later_succeed' ? 'settle' : 'settle_failed', row.id);
  }
  row.session.customer_details = {
    address: null,
    business_name: null,
    email: row.session.customer_email,
    individual_name: null,
    name: null,
    phone: null,
    tax_exempt: 'none',
    tax_ids: [],
  };
  close(engine, row, 'complete');
  engine.emit('checkout.session.completed', row.session);
  return true;
}

/** Ends a payment that was left processing. */
export function settlePayment(engine: Engine, sessionId: string, succeeded: boolean): void {
  const row = findSession(engine, sessionId);
  const intent = findIntentOf(engine, row);
  if (intent?.status !== 'processing') return;
  const charge = engine.store.find<Stripe.Charge>('charge', String(intent.latest_charge))!;
  const method = charge.payment_method_details!.type as Method;
  if (succeeded) {
    charge.status = 'succeeded';
    charge.paid = true;
    charge.captured = true;
    charge.amount_captured = charge.amount;
    succeed(engine, intent, charge);
    row.session.payment_status = 'paid';
    engine.store.update(row);
    engine.emit('checkout.session.async_payment_succeeded', row.session);
    return;
  }
  charge.status = 'failed';
  charge.failure_code = declineCode(method);
  charge.failure_message = declineMessage(method);
  engine.store.update(charge, { status: 'failed' });
  decline(engine, intent, charge, method);
  engine.emit('checkout.session.async_payment_failed', row.session);
}

/** Books a movement of the balance. */
export function move(engine: Engine, facts: Omit<MovementFacts, 'created'>): Stripe.BalanceTransaction {
  const movement = balanceTransactionObject({ ...facts, created: engine.seconds() });
  const { type, source, currency } = facts;
  engine.store.insert('balance_transaction', movement, movement.created, { type, source, currency });
  return movement;
}

function close(engine: Engine, row: SessionRow, status: 'complete' | 'expired'): void {
  row.session.status = status;
  row.session.url = null;
  engine.store.update(row, { status });
}

function findIntentOf(engine: Engine, row: SessionRow): Stripe.PaymentIntent | null {
  return row.session.payment_intent === null ? null : engine.store.find('payment_intent', String(row.session.payment_intent));
}

/** As at Stripe since 2022-08-01, the intent is made by the first attempt to pay, not with the session. */
function startIntent(engine: Engine, row: SessionRow): Stripe.PaymentIntent {
  const { session, intent: wanted } = row;
  const intent = intentObject({
    created: engine.seconds(),
    amount: session.amount_total!,
    currency: session.currency!,
    types: session.payment_method_types,
    metadata: wanted.metadata,
    description: wanted.description,
    receiptEmail: wanted.receipt_email,
  });
  engine.store.insert('payment_intent', intent, intent.created, { status: intent.status });
  engine.emit('payment_intent.created', intent);
  session.payment_intent = intent.id;
  engine.store.update(row, { payment_intent: intent.id });
  return intent;
}

function addCharge(
  engine: Engine,
  intent: Stripe.PaymentIntent,
  method: Method,
  status: 'pending' | 'succeeded' | 'failed',
): Stripe.Charge {
  const charge = chargeObject(intent, method, status, engine.seconds());
  engine.store.insert('charge', charge, charge.created, { status, payment_intent: intent.id });
  intent.latest_charge = charge.id;
  intent.payment_method = charge.payment_method;
  intent.last_payment_error = null;
  return charge;
}

function succeed(engine: Engine, intent: Stripe.PaymentIntent, charge: Stripe.Charge): void {
  const type = charge.payment_method_details?.type === 'card' ? 'charge' : 'payment';
  const fee = Math.round((charge.amount * engine.options.feeBasisPoints) / 10_000);
  const movement = move(engine, { type, category: 'charge', amount: charge.amount, fee, currency: charge.currency, source: charge.id });
  charge.balance_transaction = movement.id;
  engine.store.update(charge, { status: 'succeeded' });
  intent.status = 'succeeded';
  intent.amount_received = intent.amount;
  engine.store.update(intent, { status: 'succeeded' });
  engine.emit('charge.succeeded', charge);
  engine.emit('payment_intent.succeeded', intent);
}

function decline(engine: Engine, intent: Stripe.PaymentIntent, charge: Stripe.Charge, method: Method): void {
  intent.status = 'requires_payment_method';
  intent.payment_method = null;
  intent.last_payment_error = {
    type: method === 'card' ? 'card_error' : 'invalid_request_error',
    code: declineCode(method),
    charge: charge.id,
    message: declineMessage(method),
    ...(method === 'card' ? { decline_code: 'generic_decline' } : {}),
  };
  engine.store.update(intent, { status: intent.status });
  engine.emit('charge.failed', charge);
  engine.emit('payment_intent.payment_failed', intent);
}
