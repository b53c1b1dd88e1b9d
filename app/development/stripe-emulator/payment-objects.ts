import type Stripe from 'stripe';
import { newId } from './identifiers.ts';

export const METHODS = ['card', 'alipay', 'wechat_pay'] as const;
export type Method = (typeof METHODS)[number];

interface IntentFacts {
  created: number;
  amount: number;
  currency: string;
  types: string[];
  metadata: Record<string, string>;
  description: string | null;
  receiptEmail: string | null;
}

export function intentObject(facts: IntentFacts): Stripe.PaymentIntent {
  const id = newId('pi');
  return {
    id,
    object: 'payment_intent',
    allowed_payment_method_types: facts.types,
    amount: facts.amount,
    amount_capturable: 0,
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: 'automatic_async',
    client_secret: `${id}_secret_${newId('x', 25).slice(2)}`,
    confirmation_method: 'automatic',
    created: facts.created,
    currency: facts.currency,
    customer: null,
    customer_account: null,
    description: facts.description,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: facts.metadata,
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: facts.types,
    payment_record: null,
    processing: null,
    receipt_email: facts.receiptEmail,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: 'requires_payment_method',
    transfer_data: null,
    transfer_group: null,
  };
}

const DECLINED = 'Your card was declined.';
const REFUSED = 'The customer or the payment method provider declined the payment.';

export function chargeObject(
  intent: Stripe.PaymentIntent,
  method: Method,
  status: 'pending' | 'succeeded' | 'failed',
  created: number,
): Stripe.Charge {
  const failed = status === 'failed';
  return {
    id: newId(method === 'card' ? 'ch' : 'py'),
    object: 'charge',
    amount: intent.amount,
    amount_captured: status === 'succeeded' ? intent.amount : 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: { address: null, email: null, name: null, phone: null, tax_id: null },
    calculated_statement_descriptor: 'HENGJI SIMULATED',
    captured: status === 'succeeded',
    created,
    currency: intent.currency,
    customer: null,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: failed ? declineCode(method) : null,
    failure_message: failed ? declineMessage(method) : null,
    fraud_details: {},
    livemode: false,
    metadata: intent.metadata,
    on_behalf_of: null,
    outcome: {
      advice_code: failed && method === 'card' ? 'try_again_later' : null,
      network_advice_code: null,
      network_decline_code: null,
      network_status: failed ? 'declined_by_network' : 'approved_by_network',
      reason: failed ? 'generic_decline' : null,
      seller_message: failed ? 'The payment was declined.' : 'Payment complete.',
      type: failed ? 'issuer_declined' : 'authorized',
    },
    paid: status === 'succeeded',
    payment_intent: intent.id,
    payment_method: newId('pm'),
    payment_method_details: methodDetails(method, intent.amount),
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status,
    transfer_data: null,
    transfer_group: null,
  };
}

function methodDetails(method: Method, amount: number): Stripe.Charge.PaymentMethodDetails {
  if (method === 'card') return { type: 'card', card: cardDetails(amount) };
  const wallet = { fingerprint: null, transaction_id: newId('sim', 20) };
  return method === 'alipay' ? { type: 'alipay', alipay: wallet } : { type: 'wechat_pay', wechat_pay: wallet };
}

function cardDetails(amount: number): Stripe.Charge.PaymentMethodDetails.Card {
  return {
    amount_authorized: amount,
    authorization_code: null,
    brand: 'unionpay',
    checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
    country: 'CN',
    electronic_commerce_indicator: null,
    exp_month: 12,
    exp_year: 2040,
    funding: 'debit',
    installments: null,
    last4: '0005',
    mandate: null,
    network: 'unionpay',
    network_transaction_id: null,
    regulated_status: 'unregulated',
    three_d_secure: null,
    transaction_link_id: null,
    wallet: null,
  };
}

export function declineCode(method: Method): 'card_declined' | 'payment_method_provider_decline' {
  return method === 'card' ? 'card_declined' : 'payment_method_provider_decline';
}

export function declineMessage(method: Method): string {
  return method === 'card' ? DECLINED : REFUSED;
}

export interface MovementFacts {
  type: 'charge' | 'payment' | 'refund' | 'payment_refund' | 'refund_failure' | 'adjustment';
  category: string;
  amount: number;
  fee: number;
  currency: string;
  source: string;
  created: number;
}

const DAY = 86_400;
const SETTLEMENT_DAYS = 2;

/** One movement of the balance; `net = amount - fee`, all in minor units. */
export function balanceTransactionObject(facts: MovementFacts): Stripe.BalanceTransaction {
  return {
    id: newId('txn'),
    object: 'balance_transaction',
    amount: facts.amount,
    available_on: facts.created + SETTLEMENT_DAYS * DAY,
    balance_type: 'payments',
    created: facts.created,
    currency: facts.currency,
    description: null,
    exchange_rate: null,
    fee: facts.fee,
    fee_details:
      facts.fee === 0
        ? []
        : [{ amount: facts.fee, application: null, currency: facts.currency, description: 'Simulated processing fee', type: 'stripe_fee' }],
    net: facts.amount - facts.fee,
    reporting_category: facts.category,
    source: facts.source,
    status: 'pending',
    type: facts.type,
  };
}
