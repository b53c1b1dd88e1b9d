import type Stripe from 'stripe';
import { newId } from './identifiers.ts';

interface LineItemFacts {
  name: string;
  unitAmount: number;
  quantity: number;
  currency: string;
  metadata: Record<string, string>;
}

interface SessionFacts {
  id: string;
  created: number;
  expiresAt: number;
  currency: string;
  amount: number;
  url: string;
  successUrl: string;
  cancelUrl: string | null;
  clientReference: string | null;
  customerEmail: string | null;
  locale: string | null;
  metadata: Record<string, string>;
  allowedTypes: string[] | null;
  types: string[];
  submitType: string | null;
}

/** What the session keeps beside the object Stripe shows. */
export interface SessionRow {
  id: string;
  session: Stripe.Checkout.Session;
  items: Stripe.LineItem[];
  intent: { metadata: Record<string, string>; description: string | null; receipt_email: string | null };
}

export function sessionObject(facts: SessionFacts): Stripe.Checkout.Session {
  return {
    id: facts.id,
    object: 'checkout.session',
    adaptive_pricing: { enabled: false },
    after_expiration: null,
    allow_promotion_codes: null,
    allowed_payment_method_types: facts.allowedTypes,
    amount_subtotal: facts.amount,
    amount_total: facts.amount,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    billing_address_collection: null,
    cancel_url: facts.cancelUrl,
    client_reference_id: facts.clientReference,
    client_secret: null,
    collected_information: null,
    consent: null,
    consent_collection: null,
    created: facts.created,
    currency: facts.currency,
    currency_conversion: null,
    custom_fields: [],
    custom_text: { after_submit: null, shipping_address: null, submit: null, terms_of_service_acceptance: null },
    customer: null,
    customer_account: null,
    customer_creation: 'if_required',
    customer_details: null,
    customer_email: facts.customerEmail,
    discounts: [],
    expires_at: facts.expiresAt,
    integration_identifier: null,
    invoice: null,
    invoice_creation: null,
    livemode: false,
    locale: facts.locale,
    managed_payments: null,
    metadata: facts.metadata,
    mode: 'payment',
    origin_context: null,
    payment_intent: null,
    payment_link: null,
    payment_method_collection: 'if_required',
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: facts.types,
    payment_status: 'unpaid',
    permissions: null,
    phone_number_collection: { enabled: false },
    recovered_from: null,
    saved_payment_method_options: null,
    setup_intent: null,
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [],
    status: 'open',
    submit_type: facts.submitType,
    subscription: null,
    success_url: facts.successUrl,
    total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
    ui_mode: 'hosted_page',
    url: facts.url,
    wallet_options: null,
  };
}

export function lineItemObject(facts: LineItemFacts, created: number): Stripe.LineItem {
  const amount = facts.unitAmount * facts.quantity;
  return {
    id: newId('li'),
    object: 'item',
    adjustable_quantity: null,
    amount_discount: 0,
    amount_subtotal: amount,
    amount_tax: 0,
    amount_total: amount,
    currency: facts.currency,
    description: facts.name,
    metadata: facts.metadata,
    price: priceObject(facts, created),
    quantity: facts.quantity,
  };
}

function priceObject(facts: LineItemFacts, created: number): Stripe.Price {
  return {
    id: newId('price'),
    object: 'price',
    active: false,
    billing_scheme: 'per_unit',
    created,
    currency: facts.currency,
    custom_unit_amount: null,
    livemode: false,
    lookup_key: null,
    metadata: {},
    nickname: null,
    product: newId('prod', 14),
    recurring: null,
    tax_behavior: 'unspecified',
    tiers_mode: null,
    transform_quantity: null,
    type: 'one_time',
    unit_amount: facts.unitAmount,
    // On the wire a decimal is a string; the SDK makes its Decimal of it.
    unit_amount_decimal: String(facts.unitAmount) as unknown as Stripe.Price['unit_amount_decimal'],
  };
}
