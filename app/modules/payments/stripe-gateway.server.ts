/**
 * Stripe behind the gateway's port, real or simulated by the emulator: only the constructor differs.
 * The SDK tells success by the absence of `error` in the JSON, not by the status: a proxy's 404 or 500 with other JSON resolves. So
 * every answer is checked for what it is and which one it is before anything is believed.
 */
import type Stripe from 'stripe';
import { z } from 'zod';
import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import { EMULATOR_WEBHOOK_SECRET } from './emulator-secret.ts';
import {
  type CheckoutParameters,
  type Gateway,
  type GatewayDispute,
  GatewayError,
  type GatewayEvent,
  type GatewayMovement,
  type GatewayPayment,
  type GatewayRefund,
  isRefusal,
  KEPT_FAILURE,
} from './gateway.ts';

/** Stripe's own default: an event signed longer ago is a replay. */
const TOLERANCE_SECONDS = 300;
/** A buyer waits for this answer; the SDK's 80 s would keep them too long. Each try gets it anew. */
const TIMEOUT_MS = 15_000;
const RETRIES = 2;
/** What is fetched with a session: the intent says whether a payment is under way or failed, the charge by which method it was paid. */
const EXPANDED = ['payment_intent.latest_charge'];

const SESSION_ID = /^cs_\w{1,250}$/;

const ABOUT: Record<string, GatewayEvent['about']> = {
  'checkout.session.completed': 'payment',
  'checkout.session.expired': 'payment',
  'checkout.session.async_payment_succeeded': 'payment',
  'checkout.session.async_payment_failed': 'payment',
  'refund.created': 'refund',
  'refund.updated': 'refund',
  'refund.failed': 'refund',
  'charge.dispute.created': 'dispute',
  'charge.dispute.updated': 'dispute',
  'charge.dispute.closed': 'dispute',
};

const eventShape = z.object({
  id: z.string().min(1),
  object: z.literal('event'),
  type: z.string(),
  created: z.number(),
  livemode: z.boolean(),
  data: z.object({ object: z.object({ id: z.string().optional() }) }),
});

const idOf = (value: string | { id: string } | null | undefined): string | null =>
  typeof value === 'string' ? value : (value?.id ?? null);

/** The SDK is a megabyte: it is loaded at the first call, not at the start. */
const library = () => import('stripe').then((found) => found.default);

async function connect(settings: Deps['settings'], timeout: number, maxNetworkRetries: number): Promise<Stripe> {
  const Stripe = await library();
  const config = { maxNetworkRetries, timeout, telemetry: false };
  return settings.stripe
    ? new Stripe(settings.stripe.secretKey, config)
    : new Stripe('sk_test_local', { ...config, host: '127.0.0.1', port: settings.emulatorPort, protocol: 'http' });
}

/** Runs one call; whatever goes wrong says whether it may have happened. */
async function call<T extends { object: string }>(work: () => Promise<T>, object: T['object'], id?: string): Promise<T> {
  let answer: T & { id?: string };
  try {
    answer = await work();
  } catch (error) {
    const { errors } = await library();
    if (!(error instanceof errors.StripeError)) throw error;
    const kind = kindOf(error, errors);
    const kept = kind === 'unknown' && error.headers?.['idempotent-replayed'] === 'true';
    throw new GatewayError(kind, kept ? KEPT_FAILURE : (error.code ?? error.type), { cause: error });
  }
  if (answer?.object !== object || (object !== 'list' && !answer.id) || (id !== undefined && answer.id !== id))
    throw new GatewayError('unknown', 'not_what_was_asked');
  return answer;
}

/**
 * What is wrong with the request is an answer, and so is an object that does not exist. A key that is not taken (401, 403), 409 (the same
 * key is being worked on), 429, 5xx, a cut line, and a 404 that names no object (a proxy, a wrong address) say nothing about it.
 */
function kindOf(error: InstanceType<typeof Stripe.errors.StripeError>, errors: typeof Stripe.errors): GatewayError['kind'] {
  if (error instanceof errors.StripeIdempotencyError) return 'unknown';
  if (error.statusCode === 404) return error.code === 'resource_missing' ? 'missing' : 'unknown';
  return error.statusCode === 400 || error.statusCode === 402 ? 'refused' : 'unknown';
}

const sessionParameters = (p: CheckoutParameters): Stripe.Checkout.SessionCreateParams => {
  const metadata = { order_id: p.orderId, attempt_id: p.attemptId };
  return {
    mode: 'payment',
    ui_mode: 'hosted_page',
    allowed_payment_method_types: ['card', 'alipay', 'wechat_pay'],
    payment_method_options: { wechat_pay: { client: 'web' } },
    line_items: [{ quantity: 1, price_data: { currency: p.currency, unit_amount: p.amount, product_data: { name: p.description } } }],
    client_reference_id: p.orderNumber,
    customer_email: p.email,
    metadata,
    payment_intent_data: { metadata, description: p.orderNumber },
    locale: p.locale === 'en' ? 'en' : 'zh',
    expires_at: Math.ceil(p.expiresAt / 1000),
    success_url: p.successUrl,
    cancel_url: p.cancelUrl,
  };
};

const understood = <T>(value: T | null | undefined, what: string): T => {
  if (value === null || value === undefined) throw new GatewayError('unknown', `no_${what}`);
  return value;
};

/** What became of a session; the intent and its charge have to be expanded in it, if there are any. */
function paymentOf(session: Stripe.Checkout.Session): GatewayPayment {
  const intent = typeof session.payment_intent === 'object' ? session.payment_intent : null;
  const charge = typeof intent?.latest_charge === 'object' ? intent.latest_charge : null;
  return {
    session: session.id,
    state: stateOf(session, intent),
    payment: idOf(session.payment_intent),
    amount: understood(session.amount_total, 'amount'),
    currency: understood(session.currency, 'currency'),
    method: charge?.payment_method_details?.type ?? null,
    orderNumber: session.client_reference_id,
    attemptId: session.metadata?.attempt_id ?? null,
    live: session.livemode,
    url: session.url,
  };
}

function stateOf({ status, payment_status }: Stripe.Checkout.Session, intent: Stripe.PaymentIntent | null): GatewayPayment['state'] {
  if (status === 'open') return 'open';
  if (status === 'expired') return 'expired';
  if (status !== 'complete') throw new GatewayError('unknown', `session_${status}`);
  if (payment_status === 'paid') return 'paid';
  // The payer has done their part and the money has not arrived: it is under way, or it has failed.
  return intent?.status === 'requires_payment_method' || intent?.status === 'canceled' ? 'failed' : 'processing';
}

function refundState(status: string | null): GatewayRefund['state'] {
  if (status === 'succeeded') return 'succeeded';
  if (status === 'failed' || status === 'canceled') return 'failed';
  understood(status, 'refund_status');
  return 'pending';
}

const refundOf = (refund: Stripe.Refund): GatewayRefund => ({
  id: refund.id,
  state: refundState(refund.status),
  amount: refund.amount,
  currency: refund.currency,
  payment: idOf(refund.payment_intent),
  refundId: refund.metadata?.refund_id ?? null,
  failure: refund.failure_reason ?? null,
});

const disputeOf = (dispute: Stripe.Dispute): GatewayDispute => ({
  id: dispute.id,
  // A warning that was closed, or a dispute that was prevented, cost nothing.
  state: dispute.status === 'lost' ? 'lost' : ['won', 'warning_closed', 'prevented'].includes(dispute.status) ? 'won' : 'open',
  payment: idOf(dispute.payment_intent),
  amount: dispute.amount,
  currency: dispute.currency,
  movements: dispute.balance_transactions.map(({ id, amount }) => ({ id, amount })),
});

const KINDS: Record<string, GatewayMovement['kind']> = {
  charge: 'payment',
  payment: 'payment',
  refund: 'refund',
  payment_refund: 'refund',
  refund_failure: 'refund_failed',
  payment_failure_refund: 'refund_failed',
};

function eventOf(value: unknown): GatewayEvent {
  const event = eventShape.parse(value);
  const objectId = event.data.object.id ?? '';
  const about = objectId ? (ABOUT[event.type] ?? 'other') : 'other';
  return { id: event.id, type: event.type, about, objectId, live: event.livemode, at: event.created * 1000 };
}

/** @param patience how long one try may take, in ms, and how often it is repeated (under the same key) */
export function stripeGateway(
  { settings, clock }: Pick<Deps, 'settings' | 'clock'>,
  patience: { timeoutMs?: number; retries?: number } = {},
): Gateway {
  let connected: Promise<Stripe> | undefined;
  const stripe = () => (connected ??= connect(settings, patience.timeoutMs ?? TIMEOUT_MS, patience.retries ?? RETRIES));
  const live = /^(sk|rk)_live_/.test(settings.stripe?.secretKey ?? '');
  const secrets = settings.stripe?.webhookSecrets ?? [EMULATOR_WEBHOOK_SECRET];

  const fetchSession = async (id: string) => {
    // The id may come from an address, and anybody can write one.
    if (!SESSION_ID.test(id)) throw new GatewayError('missing', 'not_a_session');
    return paymentOf(await call(async () => (await stripe()).checkout.sessions.retrieve(id, { expand: EXPANDED }), 'checkout.session', id));
  };
  const listRefundsOf = (payment: string) =>
    call(async () => (await stripe()).refunds.list({ payment_intent: payment, limit: 100 }), 'list');

  return {
    live,
    async startPayment(parameters, key) {
      const create = async () => (await stripe()).checkout.sessions.create(sessionParameters(parameters), { idempotencyKey: key });
      return paymentOf(await call(create, 'checkout.session'));
    },
    fetchPayment: fetchSession,
    async findCheckout(payment) {
      const expand = EXPANDED.map((property) => `data.${property}`);
      const found = await call(async () => (await stripe()).checkout.sessions.list({ payment_intent: payment, expand, limit: 1 }), 'list');
      return found.data[0] ? paymentOf(found.data[0]) : null;
    },
    async cancelPayment(id) {
      try {
        return paymentOf(
          await call(async () => (await stripe()).checkout.sessions.expire(id, { expand: EXPANDED }), 'checkout.session', id),
        );
      } catch (error) {
        // Only an open one can be ended: this one has been paid, or has ended by itself.
        if (isRefusal(error)) return fetchSession(id);
        throw error;
      }
    },
    async refund({ refundId, orderId, payment, amount }, key) {
      const metadata = { refund_id: refundId, order_id: orderId };
      const create = async () => (await stripe()).refunds.create({ payment_intent: payment, amount, metadata }, { idempotencyKey: key });
      return refundOf(await call(create, 'refund'));
    },
    fetchRefund: async (id) => refundOf(await call(async () => (await stripe()).refunds.retrieve(id), 'refund', id)),
    listRefunds: async (payment) => (await listRefundsOf(payment)).data.map(refundOf),
    fetchDispute: async (id) => disputeOf(await call(async () => (await stripe()).disputes.retrieve(id), 'dispute', id)),
    async parseEvent(body, signature) {
      const [{ webhooks }, { errors }] = [await stripe(), await library()];
      for (const secret of secrets) {
        try {
          return eventOf(webhooks.constructEvent(body, signature ?? '', secret, TOLERANCE_SECONDS, undefined, clock()));
        } catch (error) {
          if (!(error instanceof errors.StripeSignatureVerificationError)) throw new Problem('bad_request', {}, { cause: error });
        }
      }
      throw new Problem('unsigned_event');
    },
    async listSince(at) {
      const created = { gte: Math.floor(at / 1000) };
      const types = Object.keys(ABOUT);
      const events = await all((await stripe()).events.list({ created, types, limit: 100 }));
      return events.map(eventOf).reverse();
    },
    async listMovements(since) {
      const created = { gte: Math.floor(since / 1000) };
      const movements = await all((await stripe()).balanceTransactions.list({ created, expand: ['data.source'], limit: 100 }));
      return movements.reverse().map((m): GatewayMovement => {
        const kind = m.reporting_category.startsWith('dispute') ? 'dispute' : (KINDS[m.type] ?? 'other');
        const source = kind === 'payment' ? paymentBehind(m.source) : idOf(m.source);
        return { id: m.id, kind, source, amount: m.amount, fee: m.fee, currency: m.currency, at: m.created * 1000 };
      });
    },
  };
}

/** Every page of a list, newest first. When the first page is no list, the gateway has not answered. */
async function all<T extends { id: string }>(pages: Stripe.ApiListPromise<T>): Promise<T[]> {
  await call(() => pages, 'list');
  const items: T[] = [];
  for await (const item of pages) items.push(item);
  return items;
}

/** The payment a charge belongs to: what we know payments by. */
const paymentBehind = (source: Stripe.BalanceTransaction['source']): string | null =>
  typeof source === 'object' && source?.object === 'charge' ? idOf(source.payment_intent) : null;
