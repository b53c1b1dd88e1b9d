import { invalid } from './errors.ts';
import { newId } from './identifiers.ts';
import type { Parameters } from './parameters.ts';
import { METHODS } from './payment-objects.ts';
import { lineItemObject, type SessionRow, sessionObject } from './session-object.ts';

/** https://docs.stripe.com/api/checkout/sessions/create: `expires_at` is 30 minutes to 24 hours after creation. */
const SHORTEST = 30 * 60;
const LONGEST = 24 * 60 * 60;
/** https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts: at most eight digits. */
const LARGEST_AMOUNT = 99_999_999;
const MAX_ITEMS = 100;
const MAX_URL = 5000;

/** Reads the body of a session's creation; `created` in seconds. @throws ApiError 400 as Stripe would */
export function readSession(params: Parameters, created: number, publicUrl: string): SessionRow {
  const mode = params.choice('mode', ['payment', 'setup', 'subscription']);
  if (mode === undefined) throw invalid('mode', 'Missing required param: mode.', 'parameter_missing');
  if (mode !== 'payment') throw invalid('mode', 'The emulator has only mode=payment');
  params.choice('ui_mode', ['hosted_page']);
  const items = readItems(params, created);
  const amount = items.reduce((sum, item) => sum + item.amount_total, 0);
  if (amount < 1) throw invalid('line_items', 'The total amount must be greater than zero', 'amount_too_small');
  if (amount > LARGEST_AMOUNT) throw invalid('line_items', `The total amount must be at most ${LARGEST_AMOUNT}`, 'amount_too_large');
  const currency = items[0]!.currency;
  if (items.some((item) => item.currency !== currency)) throw invalid('line_items', 'All line items must have the same currency');
  const stated = params.text('currency');
  if (stated !== undefined && stated !== currency) throw invalid('currency', 'The currency differs from that of the line items');
  const allowed = readMethods(params);
  const intent = params.group('payment_intent_data');
  const id = newId('cs_test', 58);
  const session = sessionObject({
    id,
    created,
    expiresAt: readExpiry(params, created),
    currency,
    amount,
    url: `${publicUrl}/c/pay/${id}`,
    successUrl: readUrl(params, 'success_url') ?? invalidMissing('success_url'),
    cancelUrl: readUrl(params, 'cancel_url') ?? null,
    clientReference: params.text('client_reference_id', 200) ?? null,
    customerEmail: readEmail(params, 'customer_email'),
    locale: params.text('locale', 10) ?? null,
    metadata: params.metadata(),
    allowedTypes: allowed,
    types: allowed ?? [...METHODS],
    submitType: params.choice('submit_type', ['auto', 'book', 'donate', 'pay']) ?? null,
  });
  readIgnoredOptions(params);
  const row: SessionRow = {
    id,
    session,
    items,
    intent: {
      metadata: intent?.metadata() ?? {},
      description: intent?.text('description', 1000) ?? null,
      receipt_email: intent ? readEmail(intent, 'receipt_email') : null,
    },
  };
  intent?.done();
  params.done();
  return row;
}

function readItems(params: Parameters, created: number) {
  const groups = params.groups('line_items');
  if (groups.length === 0) throw invalid('line_items', 'Missing required param: line_items.', 'parameter_missing');
  if (groups.length > MAX_ITEMS) throw invalid('line_items', `A session has at most ${MAX_ITEMS} line items`);
  return groups.map((item) => {
    const price = item.group('price_data');
    if (!price) throw invalid(item.name('price_data'), 'The emulator has no stored prices: price_data is required', 'parameter_missing');
    const product = price.group('product_data');
    if (!product)
      throw invalid(price.name('product_data'), 'The emulator has no stored products: product_data is required', 'parameter_missing');
    const quantity = item.requiredInteger('quantity');
    if (quantity < 1 || quantity > 999_999) throw invalid(item.name('quantity'), 'Invalid quantity: must be 1 to 999999');
    const unitAmount = price.requiredInteger('unit_amount');
    if (unitAmount < 0) throw invalid(price.name('unit_amount'), 'Invalid non-negative integer');
    const currency = price.requiredText('currency').toLowerCase();
    if (!/^[a-z]{3}$/.test(currency)) throw invalid(price.name('currency'), `Invalid currency: ${currency.slice(0, 10)}`);
    price.choice('tax_behavior', ['exclusive', 'inclusive', 'unspecified']);
    const facts = {
      name: product.requiredText('name', 1500),
      unitAmount,
      quantity,
      currency,
      metadata: item.metadata(),
    };
    product.text('description');
    product.metadata();
    product.text('unit_label', 12);
    for (const group of [product, price, item]) group.done();
    return lineItemObject(facts, created);
  });
}

function readMethods(params: Parameters): string[] | null {
  const allowed = params.texts('allowed_payment_method_types');
  for (const [index, type] of allowed.entries()) {
    if (!METHODS.some((method) => method === type)) {
      throw invalid(`allowed_payment_method_types[${index}]`, `The payment method type "${type.slice(0, 40)}" is invalid or not activated`);
    }
  }
  return allowed.length > 0 ? [...new Set(allowed)] : null;
}

/** Options that change nothing here, but are read so that misspelt ones are still refused. */
function readIgnoredOptions(params: Parameters): void {
  const adaptive = params.group('adaptive_pricing');
  adaptive?.boolean('enabled');
  adaptive?.done();
  const options = params.group('payment_method_options');
  const wechat = options?.group('wechat_pay');
  wechat?.choice('client', ['android', 'ios', 'web']);
  wechat?.text('app_id');
  const card = options?.group('card');
  card?.choice('request_three_d_secure', ['any', 'automatic', 'challenge']);
  const alipay = options?.group('alipay');
  for (const group of [wechat, card, alipay]) group?.choice('setup_future_usage', ['none']);
  for (const group of [wechat, card, alipay, options]) group?.done();
}

function readExpiry(params: Parameters, created: number): number {
  const expiresAt = params.integer('expires_at') ?? created + LONGEST;
  if (expiresAt < created + SHORTEST) {
    throw invalid('expires_at', 'The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.');
  }
  if (expiresAt > created + LONGEST) {
    throw invalid('expires_at', 'The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.');
  }
  return expiresAt;
}

function readUrl(params: Parameters, key: string): string | undefined {
  const text = params.text(key, MAX_URL);
  if (text === undefined) return undefined;
  // The placeholder's braces are no part of an address until they are filled in.
  const url = URL.parse(text.replaceAll('{CHECKOUT_SESSION_ID}', 'id'));
  if (!url || !['http:', 'https:'].includes(url.protocol)) throw invalid(key, 'Not a valid URL', 'url_invalid');
  return text;
}

function readEmail(params: Parameters, key: string): string | null {
  const email = params.text(key, 512);
  if (email === undefined) return null;
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) throw invalid(params.name(key), `Invalid email address: ${email.slice(0, 80)}`, 'email_invalid');
  return email;
}

function invalidMissing(key: string): never {
  throw invalid(key, `Missing required param: ${key}.`, 'parameter_missing');
}
