import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Stripe from 'stripe';
import type { Exchange } from '#app/development/stripe-emulator/api-server.server.ts';
import {
  type StripeEmulator,
  type StripeEmulatorOptions,
  startStripeEmulator,
} from '#app/development/stripe-emulator/start-emulator.server.ts';

export const WEBHOOK_SECRET = 'whsec_harness';

/** A webhook as it came: `event` is null when the SDK refused the signature. */
interface Received {
  payload: string;
  signature: string;
  event: Stripe.Event | null;
}

export interface Harness extends AsyncDisposable {
  emulator: StripeEmulator;
  stripe: Stripe;
  /** Every API exchange, in order of the answers. */
  exchanges: Exchange[];
  received: Received[];
  receivedTypes: () => string[];
  /** Status codes for the next webhooks; 200 when used up. */
  webhookAnswers: number[];
  createSession: (
    changes?: Partial<Stripe.Checkout.SessionCreateParams>,
    options?: Stripe.RequestOptions,
  ) => Promise<Stripe.Response<Stripe.Checkout.Session>>;
  /** A session, paid. */
  pay: (...how: Parameters<StripeEmulator['pay']> extends [string, ...infer Rest] ? Rest : never) => Promise<Paid>;
}

interface Paid {
  session: Stripe.Checkout.Session;
  intent: string;
}

/** The emulator, the real SDK in front of it, and a receiver of its webhooks that verifies signatures. End it with `await using`. */
export async function startHarness(options: StripeEmulatorOptions = {}, config: Stripe.StripeConfig = {}): Promise<Harness> {
  const received: Received[] = [];
  const exchanges: Exchange[] = [];
  const webhookAnswers: number[] = [];
  const receiver = createServer((request, response) => {
    let payload = '';
    request.setEncoding('utf8').on('data', (chunk: string) => {
      payload += chunk;
    });
    request.on('end', () => {
      const signature = String(request.headers['stripe-signature']);
      received.push({ payload, signature, event: verified(payload, signature) });
      response.writeHead(webhookAnswers.shift() ?? 200).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/webhook`;
  const emulator = await startStripeEmulator({
    webhook: { url, secret: WEBHOOK_SECRET },
    // Nothing settles by itself in a test: `settle()` or the clock does it.
    asyncDelayMs: 3_600_000,
    observe: (exchange) => exchanges.push(exchange),
    ...options,
  });
  const stripe = new Stripe('sk_test_local', {
    host: '127.0.0.1',
    port: emulator.port,
    protocol: 'http',
    maxNetworkRetries: 0,
    telemetry: false,
    ...config,
  });
  const createSession: Harness['createSession'] = (changes = {}, requestOptions) =>
    stripe.checkout.sessions.create({ ...sessionParams(), ...changes }, requestOptions);
  return {
    emulator,
    stripe,
    exchanges,
    received,
    receivedTypes: () => received.map((item) => item.event?.type ?? 'refused'),
    webhookAnswers,
    createSession,
    pay: async (...how) => {
      const { id } = await createSession();
      emulator.pay(id, ...how);
      const session = await stripe.checkout.sessions.retrieve(id);
      return { session, intent: String(session.payment_intent) };
    },
    [Symbol.asyncDispose]: async () => {
      await emulator.close();
      await close(receiver);
    },
  };
}

/** An ordinary order: two pieces at 318.00 and travel at 20.50, in 分. */
export function sessionParams(): Stripe.Checkout.SessionCreateParams {
  return {
    mode: 'payment',
    line_items: [
      { quantity: 2, price_data: { currency: 'cny', unit_amount: 31_800, product_data: { name: '外径千分尺 校准' } } },
      { quantity: 1, price_data: { currency: 'cny', unit_amount: 2_050, product_data: { name: 'Travel & handling' } } },
    ],
    allowed_payment_method_types: ['card', 'alipay', 'wechat_pay'],
    client_reference_id: 'order-1',
    metadata: { order: 'order-1' },
    payment_intent_data: { metadata: { order: 'order-1' } },
    locale: 'zh',
    success_url: 'http://127.0.0.1:3000/orders/1?session={CHECKOUT_SESSION_ID}',
    cancel_url: 'http://127.0.0.1:3000/orders/1',
  };
}

export const SESSION_TOTAL = 65_650;

function verified(payload: string, signature: string): Stripe.Event | null {
  try {
    return Stripe.webhooks.constructEvent(payload, signature, WEBHOOK_SECRET);
  } catch {
    return null;
  }
}

async function close(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}
