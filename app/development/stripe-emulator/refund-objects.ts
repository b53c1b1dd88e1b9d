import type Stripe from 'stripe';
import { newId } from './identifiers.ts';
import type { Method } from './payment-objects.ts';

interface RefundFacts {
  charge: Stripe.Charge;
  method: Method;
  amount: number;
  reason: string | null;
  metadata: Record<string, string>;
  pending: boolean;
  created: number;
}

export function refundObject(facts: RefundFacts): Stripe.Refund {
  return {
    id: newId(facts.method === 'card' ? 're' : 'pyr'),
    object: 'refund',
    amount: facts.amount,
    balance_transaction: null,
    charge: facts.charge.id,
    created: facts.created,
    currency: facts.charge.currency,
    customer: null,
    customer_account: null,
    destination_details: facts.method === 'card' ? { type: 'card', card: { type: 'refund' } } : { type: facts.method, [facts.method]: {} },
    metadata: facts.metadata,
    payment_intent: facts.charge.payment_intent,
    payment_method: facts.charge.payment_method,
    ...(facts.pending ? { pending_reason: 'processing' } : {}),
    reason: facts.reason,
    receipt_number: null,
    source_transfer_reversal: null,
    status: facts.pending ? 'pending' : 'succeeded',
    transfer_reversal: null,
  };
}

const EVIDENCE_DAYS = 7;

export function disputeObject(
  id: string,
  charge: Stripe.Charge,
  reason: string,
  movement: Stripe.BalanceTransaction,
  created: number,
): Stripe.Dispute {
  return {
    id,
    object: 'dispute',
    amount: charge.amount - charge.amount_refunded,
    balance_transactions: [movement],
    charge: charge.id,
    created,
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: {
      access_activity_log: null,
      billing_address: null,
      cancellation_policy: null,
      cancellation_policy_disclosure: null,
      cancellation_rebuttal: null,
      customer_communication: null,
      customer_email_address: null,
      customer_name: null,
      customer_purchase_ip: null,
      customer_signature: null,
      duplicate_charge_documentation: null,
      duplicate_charge_explanation: null,
      duplicate_charge_id: null,
      enhanced_evidence: {},
      product_description: null,
      receipt: null,
      refund_policy: null,
      refund_policy_disclosure: null,
      refund_refusal_explanation: null,
      service_date: null,
      service_documentation: null,
      shipping_address: null,
      shipping_carrier: null,
      shipping_date: null,
      shipping_documentation: null,
      shipping_tracking_number: null,
      uncategorized_file: null,
      uncategorized_text: null,
    },
    evidence_details: {
      due_by: created + EVIDENCE_DAYS * 86_400,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: 'not_submitted',
    },
    intended_submission_method: null,
    is_charge_refundable: false,
    livemode: false,
    metadata: {},
    payment_intent: charge.payment_intent,
    reason,
    status: 'needs_response',
  };
}
