import type Stripe from 'stripe';
import { move } from './checkout.ts';
import type { Engine } from './engine.server.ts';
import { ApiError, invalid, missingObject } from './errors.ts';
import { newId } from './identifiers.ts';
import type { Parameters } from './parameters.ts';
import type { Method } from './payment-objects.ts';
import { disputeObject, refundObject } from './refund-objects.ts';

/** Days within which the method can still be refunded: docs.stripe.com/payments/alipay and /wechat-pay. */
const REFUND_WINDOW_DAYS: Record<Method, number | null> = { card: null, alipay: 90, wechat_pay: 180 };

export function createRefund(engine: Engine, params: Parameters): Stripe.Refund {
  const charge = chargeToRefund(engine, params);
  const amount = params.integer('amount');
  const reason = params.choice('reason', ['duplicate', 'fraudulent', 'requested_by_customer']) ?? null;
  const metadata = params.metadata();
  params.done();
  const method = charge.payment_method_details!.type as Method;
  const left = charge.amount - charge.amount_refunded;
  if (isFrozen(engine, charge))
    throw new ApiError(400, { code: 'charge_disputed', message: `Charge ${charge.id} has been charged back; cannot issue a refund.` });
  if (left === 0) throw new ApiError(400, { code: 'charge_already_refunded', message: `Charge ${charge.id} has already been refunded.` });
  if (amount !== undefined && amount < 1) throw invalid('amount', 'Invalid positive integer', 'parameter_invalid_integer');
  if (amount !== undefined && amount > left) {
    throw invalid('amount', `Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`);
  }
  const window = REFUND_WINDOW_DAYS[method];
  if (window !== null && engine.seconds() > charge.created + window * 86_400) {
    throw new ApiError(400, { code: 'charge_not_refundable', message: `${method} payments can be refunded within ${window} days.` });
  }
  if (engine.faults.refunds === 'refuse') {
    throw new ApiError(400, { code: 'balance_insufficient', message: 'Your balance is too low to cover this refund.' });
  }
  return bookRefund(engine, charge, method, { amount: amount ?? left, reason, metadata });
}

function bookRefund(
  engine: Engine,
  charge: Stripe.Charge,
  method: Method,
  wanted: { amount: number; reason: string | null; metadata: Record<string, string> },
): Stripe.Refund {
  const pending = method !== 'card';
  const refund = refundObject({ charge, method, pending, created: engine.seconds(), ...wanted });
  const movement = move(engine, {
    type: pending ? 'payment_refund' : 'refund',
    category: 'refund',
    amount: -wanted.amount,
    fee: 0,
    currency: charge.currency,
    source: refund.id,
  });
  refund.balance_transaction = movement.id;
  engine.store.insert('refund', refund, refund.created, { charge: charge.id, payment_intent: String(charge.payment_intent) });
  charge.amount_refunded += refund.amount;
  charge.refunded = charge.amount_refunded === charge.amount;
  engine.store.update(charge);
  engine.emit('refund.created', refund);
  engine.emit('charge.refunded', charge);
  const due = engine.clock.now() + engine.options.asyncDelayMs;
  // A card refund counts as succeeded at once, and can still come back.
  if (engine.faults.refunds === 'fail') engine.schedule(due, 'refund_failed', refund.id);
  else if (pending) engine.schedule(due, 'refund', refund.id);
  return refund;
}

function isFrozen(engine: Engine, charge: Stripe.Charge): boolean {
  if (!charge.disputed) return false;
  const disputes = engine.store.list<Stripe.Dispute>('dispute', { filters: { charge: charge.id }, limit: 1 });
  return disputes?.items[0]?.status !== 'won';
}

/** Ends a refund that was left pending, or lets one fail after all. */
export function settleRefund(engine: Engine, id: string, succeeded: boolean): void {
  const refund = engine.store.find<Stripe.Refund>('refund', id);
  if (!refund || refund.status === 'failed' || (succeeded && refund.status === 'succeeded')) return;
  delete refund.pending_reason;
  refund.status = succeeded ? 'succeeded' : 'failed';
  if (!succeeded) {
    const charge = engine.store.find<Stripe.Charge>('charge', String(refund.charge))!;
    refund.failure_reason = 'declined';
    refund.failure_balance_transaction = move(engine, {
      type: 'refund_failure',
      category: 'refund_failure',
      amount: refund.amount,
      fee: 0,
      currency: refund.currency,
      source: refund.id,
    }).id;
    charge.amount_refunded -= refund.amount;
    charge.refunded = false;
    engine.store.update(charge);
  }
  engine.store.update(refund);
  engine.emit('refund.updated', refund);
  if (!succeeded) engine.emit('refund.failed', refund);
}

function chargeToRefund(engine: Engine, params: Parameters): Stripe.Charge {
  const chargeId = params.text('charge');
  const intentId = params.text('payment_intent');
  if (chargeId === undefined && intentId === undefined) {
    throw new ApiError(400, {
      code: 'parameter_missing',
      param: 'payment_intent',
      message: 'One of the following params should be provided for this request: payment_intent or charge.',
    });
  }
  const intent = intentId === undefined ? null : engine.store.find<Stripe.PaymentIntent>('payment_intent', intentId);
  if (intentId !== undefined && !intent) throw missingObject('payment_intent', intentId, 'payment_intent');
  const wanted = chargeId ?? (intent?.latest_charge ? String(intent.latest_charge) : null);
  const charge = wanted === null ? null : engine.store.find<Stripe.Charge>('charge', wanted);
  if (chargeId !== undefined && !charge) throw missingObject('charge', chargeId, 'charge');
  if (intent && charge && charge.payment_intent !== intent.id) throw invalid('charge', 'The charge is not of this PaymentIntent');
  if (charge?.status !== 'succeeded') {
    throw new ApiError(400, { code: 'charge_not_refundable', message: 'This PaymentIntent does not have a successful charge to refund.' });
  }
  return charge;
}

/** The bank takes the money back until the dispute is decided. */
export function openDispute(engine: Engine, chargeId: string, reason: string): Stripe.Dispute {
  const charge = engine.store.find<Stripe.Charge>('charge', chargeId);
  if (!charge) throw missingObject('charge', chargeId, 'charge');
  const open = charge.amount - charge.amount_refunded;
  if (charge.status !== 'succeeded' || charge.disputed || open === 0) throw invalid('charge', 'Only a paid charge can be disputed, once');
  const id = newId(charge.id.startsWith('ch_') ? 'du' : 'pdp');
  const movement = move(engine, { type: 'adjustment', category: 'dispute', amount: -open, fee: 0, currency: charge.currency, source: id });
  const dispute = disputeObject(id, charge, reason, movement, engine.seconds());
  engine.store.insert('dispute', dispute, dispute.created, { charge: charge.id, payment_intent: String(charge.payment_intent) });
  charge.disputed = true;
  engine.store.update(charge);
  engine.emit('charge.dispute.created', dispute);
  return dispute;
}

export function closeDispute(engine: Engine, id: string, status: 'won' | 'lost'): Stripe.Dispute {
  const dispute = engine.store.find<Stripe.Dispute>('dispute', id);
  if (!dispute) throw missingObject('dispute', id, 'dispute');
  if (dispute.status !== 'needs_response') throw invalid('dispute', 'This dispute is already closed');
  dispute.status = status;
  if (status === 'won') {
    const { amount, currency } = dispute;
    dispute.balance_transactions.push(
      move(engine, { type: 'adjustment', category: 'dispute_reversal', amount, fee: 0, currency, source: id }),
    );
  }
  engine.store.update(dispute);
  engine.emit('charge.dispute.closed', dispute);
  return dispute;
}
