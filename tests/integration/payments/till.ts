/** A market that takes money: one centre, buyers, and the emulator of the payment gateway reached over HTTP, webhooks included. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { desc, eq } from 'drizzle-orm';
import { expect, onTestFinished } from 'vitest';
import type { Actor } from '#app/core/actor.ts';
import { drainOutbox } from '#app/core/outbox.server.ts';
import {
  type StripeEmulator,
  type StripeEmulatorOptions,
  startStripeEmulator,
} from '#app/development/stripe-emulator/start-emulator.server.ts';
import type { HandedDown } from '#app/http/handed-down.ts';
import { expireHolds } from '#app/modules/orders/expire-holds.server.ts';
import { holdSlot, type Placed } from '#app/modules/orders/place-order.server.ts';
import type { PaymentDeps } from '#app/modules/payments/deps.ts';
import { disputeStanding } from '#app/modules/payments/dispute-standing.server.ts';
import { EMULATOR_WEBHOOK_SECRET } from '#app/modules/payments/emulator-secret.ts';
import { ledgerBalances, unbalancedTransactions } from '#app/modules/payments/ledger.server.ts';
import { paymentEffects } from '#app/modules/payments/payment-effects.server.ts';
import { paymentUnderWay } from '#app/modules/payments/payment-under-way.server.ts';
import { startPayment } from '#app/modules/payments/start-payment.server.ts';
import { stripeGateway } from '#app/modules/payments/stripe-gateway.server.ts';
import { action } from '#app/routes/payments/stripe-webhook.ts';
import { auditLog, outbox } from '#db/schema/core.ts';
import { orderEvent, orders } from '#db/schema/orders.ts';
import { paymentAttempt, payout, refund } from '#db/schema/payments.ts';
import { MONDAY, type TestClock, testDeps } from '#tests/support/database.ts';
import { formFor, type Market, type MarketOptions, seedMarket, shanghai } from '#tests/support/market.ts';

export const MINUTE = 60_000;
export const ORIGIN = 'http://hengji.test';
const HOUR = 60 * MINUTE;
/** Thursday morning: early enough for a full refund under the policy. */
const SLOT = shanghai('2026-11-26T09:00');

export type Till = {
  deps: PaymentDeps & HandedDown & { time: TestClock };
  emulator: StripeEmulator;
  market: Market;
  /** Every webhook that came, with its answer. */
  received: { body: string; signature: string | null; status: number }[];
  /** Stops and starts the emulator on the same port with what it kept on disk. */
  restartEmulator: () => Promise<void>;
  stopEmulator: () => Promise<void>;
};

/** The webhook route as the server would call it. */
export async function postWebhook(deps: PaymentDeps, body: string, signature: string | null): Promise<Response> {
  const headers = new Headers({ 'content-type': 'application/json' });
  if (signature !== null) headers.set('stripe-signature', signature);
  const request = new Request('http://hengji.test/webhooks/stripe', { method: 'POST', body, headers });
  return (await action({ request, params: {}, context: { services: deps } } as unknown as Parameters<typeof action>[0])) as Response;
}

/** Where a test lets an answer get lost: it is not waited for long, and not asked for again by the SDK. */
export const IMPATIENT = { timeoutMs: 300, retries: 0 };

export async function openTill({
  patience = { timeoutMs: 10_000 },
  market: marketOptions = {},
  ...options
}: { patience?: { timeoutMs?: number; retries?: number }; market?: MarketOptions } & StripeEmulatorOptions = {}): Promise<Till> {
  let time: TestClock = { now: MONDAY };
  let take: (body: string, signature: string | null) => Promise<number> = async () => 503;
  const endpoint = createServer(async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    const signature = req.headers['stripe-signature'];
    const status = await take(Buffer.concat(chunks).toString('utf8'), typeof signature === 'string' ? signature : null);
    res.writeHead(status).end();
  });
  await new Promise<void>((resolve) => endpoint.listen(0, '127.0.0.1', resolve));
  const { port: endpointPort } = endpoint.address() as { port: number };
  const emulatorOptions: StripeEmulatorOptions = {
    now: () => time.now,
    asyncDelayMs: HOUR,
    webhook: { url: `http://127.0.0.1:${endpointPort}/webhooks/stripe`, secret: EMULATOR_WEBHOOK_SECRET },
    ...options,
  };
  const till = { emulator: await startStripeEmulator(emulatorOptions), received: [] } as unknown as Till;
  const { port } = till.emulator;
  onTestFinished(async () => {
    await till.emulator.close();
    endpoint.closeAllConnections();
    await new Promise((resolve) => endpoint.close(resolve));
  });
  const plain = await testDeps({ STAND_IN_PORT: String(port) });
  time = plain.time;
  till.deps = { ...plain, gateway: stripeGateway(plain, patience) };
  till.market = await seedMarket(plain.db, { pools: [2], buyers: 3, ...marketOptions });
  till.stopEmulator = () => till.emulator.close();
  till.restartEmulator = async () => {
    till.emulator = await startStripeEmulator({ ...emulatorOptions, port });
  };
  take = async (body, signature) => {
    // What the route throws, the server answers with 500.
    const status = await postWebhook(till.deps, body, signature).then(
      (answer) => answer.status,
      () => 500,
    );
    till.received.push({ body, signature, status });
    return status;
  };
  return till;
}

export const buyerOf = ({ market }: Till, index = 0): Actor => market.buyers[index] as Actor;

export const hold = (till: Till, { buyer = buyerOf(till), startAt = SLOT, quantity = 1 } = {}): Promise<Placed> =>
  holdSlot(till.deps, buyer, formFor(till.market.service, startAt, { quantity }));

/** Presses "pay": where the buyer is sent. */
export async function press(till: Till, order: Pick<Placed, 'number'>, actor: Actor = buyerOf(till)): Promise<string> {
  const started = await startPayment(till.deps, {
    actor,
    number: order.number,
    email: 'buyer@example.test',
    locale: 'zh-CN',
    origin: ORIGIN,
  });
  if (!('url' in started)) throw new Error('paid already');
  return started.url;
}

/** The session a payment page belongs to. */
export const sessionOf = (url: string): string => new URL(url).pathname.split('/').at(-1) ?? '';

/** Presses "pay" and gives the session. */
export const checkout = async (till: Till, order: Pick<Placed, 'number'>, actor?: Actor): Promise<string> =>
  sessionOf(await press(till, order, actor));

/** Does what is due in the outbox, mails aside, as the background would. */
export const work = ({ deps }: Till): Promise<number> => drainOutbox(deps, paymentEffects(deps), 'test');

/** Until all webhooks have come and all that follows from them is done. */
export async function settled(till: Till): Promise<void> {
  do await till.emulator.idle();
  while ((await work(till)) > 0);
}

/** A held order, paid and booked. */
export async function paidOrder(till: Till, options: Parameters<typeof hold>[1] & { method?: 'card' | 'alipay' } = {}) {
  const { method = 'card', ...input } = options;
  const order = await hold(till, input);
  const session = await checkout(till, order, input.buyer);
  till.emulator.pay(session, method);
  await settled(till);
  expect(await orderRow(till, order.id)).toMatchObject({ progress: 'confirmed', payment: 'paid' });
  return { ...order, session, gross: (await orderRow(till, order.id)).gross };
}

export const sweep = ({ deps }: Till): Promise<number> => expireHolds(deps, (orderId) => paymentUnderWay(deps, orderId));

export async function orderRow({ deps }: Till, id: string) {
  const [row] = await deps.db.read((q) => q.select().from(orders).where(eq(orders.id, id)));
  if (!row) throw new Error('no order');
  const [paidOut] = await deps.db.read((q) => q.select({ state: payout.state }).from(payout).where(eq(payout.orderId, id)));
  return { ...row, dispute: await deps.db.read((q) => disputeStanding(q, id)), payout: paidOut?.state ?? 'none' };
}

export const attemptsOf = ({ deps }: Till, orderId: string) =>
  deps.db.read((q) => q.select().from(paymentAttempt).where(eq(paymentAttempt.orderId, orderId)).orderBy(paymentAttempt.attempt));

export const refundsOf = ({ deps }: Till, orderId: string) =>
  deps.db.read((q) => q.select().from(refund).where(eq(refund.orderId, orderId)).orderBy(refund.createdAt, refund.id));

/** Balance of each account of an order that is not zero, in 分. */
export async function balancesOf({ deps }: Till, orderId?: string): Promise<Record<string, number>> {
  const rows = await deps.db.read((q) => ledgerBalances(q, orderId));
  return Object.fromEntries(rows.filter((row) => row.balance !== 0).map((row) => [row.account, row.balance]));
}

/** No transaction of the ledger is out of balance, and all together sum to zero. */
export async function expectBalanced(till: Till): Promise<void> {
  expect(await till.deps.db.read(unbalancedTransactions)).toEqual([]);
  expect(Object.values(await balancesOf(till)).reduce((a, b) => a + b, 0)).toBe(0);
}

/** Kinds of the mails written so far, in order. */
export async function mailKinds({ deps }: Till): Promise<string[]> {
  const rows = await deps.db.read((q) => q.select().from(outbox).where(eq(outbox.topic, 'mail')).orderBy(outbox.createdAt, outbox.id));
  return rows.map((row) => String(row.payload.kind));
}

export const timelineOf = async ({ deps }: Till, orderId: string): Promise<string[]> =>
  (await deps.db.read((q) => q.select().from(orderEvent).where(eq(orderEvent.orderId, orderId)).orderBy(orderEvent.at, orderEvent.id))).map(
    (row) => row.kind,
  );

/** Actions in an order's audit chain, newest first. */
export const auditOf = async ({ deps }: Till, orderId: string): Promise<string[]> =>
  (
    await deps.db.read((q) =>
      q
        .select()
        .from(auditLog)
        .where(eq(auditLog.chain, `order:${orderId}`))
        .orderBy(desc(auditLog.position)),
    )
  ).map((row) => row.action);

/** All there is at the gateway, as its API shows it. */
export async function atGateway({ emulator }: Till, path: string): Promise<{ id: string; [key: string]: unknown }[]> {
  const response = await fetch(`${emulator.url}/v1/${path}`, { headers: { authorization: 'Bearer sk_test_local' } });
  return ((await response.json()) as { data: { id: string }[] }).data;
}

/** A refund made in the gateway's own dashboard: it carries nothing of ours. */
export async function refundByHand({ emulator }: Till, payment: string, amount: number): Promise<void> {
  const body = new URLSearchParams({ payment_intent: payment, amount: String(amount) });
  const answer = await fetch(`${emulator.url}/v1/refunds`, { method: 'POST', body, headers: { authorization: 'Bearer sk_test_local' } });
  expect(answer.status).toBe(200);
}

/** A folder of the test's own for what the emulator keeps on disk. */
export function emulatorFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hengji-emulator-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
