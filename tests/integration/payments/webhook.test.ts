import Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { EMULATOR_WEBHOOK_SECRET } from '#app/modules/payments/emulator-secret.ts';
import { receiveWebhook } from '#app/modules/payments/receive-webhook.server.ts';
import { stripeGateway } from '#app/modules/payments/stripe-gateway.server.ts';
import { outbox } from '#db/schema/core.ts';
import { gatewayEvent } from '#db/schema/payments.ts';
import { testDeps } from '#tests/support/database.ts';
import {
  atGateway,
  attemptsOf,
  balancesOf,
  checkout,
  expectBalanced,
  hold,
  mailKinds,
  openTill,
  orderRow,
  postWebhook,
  refundByHand,
  settled,
  work,
} from './till.ts';

const stripe = new Stripe('sk_test_x');
/** @param at when it was signed, UTC ms */
const sign = (payload: string, at: number, secret = EMULATOR_WEBHOOK_SECRET) =>
  stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp: Math.floor(at / 1000) });

const event = (type: string, objectId: string, { id = 'evt_1', live = false } = {}) =>
  JSON.stringify({ id, object: 'event', type, created: 1_795_000_000, livemode: live, data: { object: { id: objectId, object: 'x' } } });

const inbox = async ({ db }: Awaited<ReturnType<typeof testDeps>>) => ({
  events: await db.read((q) => q.select().from(gatewayEvent)),
  effects: (await db.read((q) => q.select().from(outbox))).filter((row) => row.topic === 'gateway_event'),
});

describe('the webhook', () => {
  it('takes a signed event once, however often it comes', async () => {
    const deps = await testDeps();
    const gateway = stripeGateway(deps);
    const body = event('checkout.session.completed', 'cs_1');
    const signature = sign(body, deps.time.now);
    const answers = await Promise.all(Array.from({ length: 5 }, () => postWebhook({ ...deps, gateway }, body, signature)));
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200, 200]);
    const { events, effects } = await inbox(deps);
    expect(events).toMatchObject([{ id: 'evt_1', objectId: 'cs_1', appliedAt: null }]);
    expect(effects).toHaveLength(1);
  });

  it('refuses what is unsigned, tampered with, signed by others or long ago: plain text, nothing kept', async () => {
    const deps = await testDeps();
    const till = { ...deps, gateway: stripeGateway(deps) };
    const body = event('checkout.session.completed', 'cs_1');
    const now = deps.time.now;
    const bad: [string, string, string | null][] = [
      ['unsigned', body, null],
      ['empty header', body, ''],
      ['garbage', body, 't=1,v1=zz'],
      ['another scheme', body, sign(body, now).replace('v1=', 'v0=')],
      ['tampered', body.replace('cs_1', 'cs_2'), sign(body, now)],
      ['another secret', body, sign(body, now, 'whsec_guessed')],
      ['six minutes old', body, sign(body, now - 6 * 60_000)],
      ['nothing at all', '', sign(body, now)],
    ];
    for (const [what, text, signature] of bad) {
      const answer = await postWebhook(till, text, signature);
      expect(answer.status, what).toBe(400);
      expect(answer.headers.get('content-type'), what).toContain('text/plain');
      expect(await answer.text(), what).toBe('unsigned_event\n');
    }
    for (const text of ['not json', '[]', '{"id":1}', 'null'])
      expect((await postWebhook(till, text, sign(text, now))).status, text).toBe(400);
    expect(await inbox(deps)).toEqual({ events: [], effects: [] });
    // Four minutes on its way are no replay.
    expect((await postWebhook(till, body, sign(body, now - 4 * 60_000))).status).toBe(200);
  });

  it('believes each of several secrets while one is being replaced', async () => {
    const deps = await testDeps({ STRIPE_SECRET_KEY: 'sk_test_1', STRIPE_WEBHOOK_SECRETS: 'whsec_new,whsec_old' });
    const till = { ...deps, gateway: stripeGateway(deps) };
    for (const [i, secret] of ['whsec_old', 'whsec_new'].entries()) {
      const body = event('checkout.session.completed', 'cs_1', { id: `evt_${i}` });
      expect(await receiveWebhook(till, body, sign(body, deps.time.now, secret))).toBe('taken');
    }
    const body = event('checkout.session.completed', 'cs_1', { id: 'evt_9' });
    expect((await postWebhook(till, body, sign(body, deps.time.now, 'whsec_retired'))).status).toBe(400);
  });

  it.each([
    ['a test event at a live endpoint', 'sk_live_1', false],
    ['a live event at a test endpoint', 'sk_test_1', true],
  ])('%s is acknowledged and nothing more', async (_, key, live) => {
    const deps = await testDeps({ STRIPE_SECRET_KEY: key, STRIPE_WEBHOOK_SECRETS: 'whsec_1' });
    const body = event('checkout.session.completed', 'cs_1', { live });
    const answer = await postWebhook({ ...deps, gateway: stripeGateway(deps) }, body, sign(body, deps.time.now, 'whsec_1'));
    expect([answer.status, await answer.text()]).toEqual([200, 'ignored\n']);
    expect(await inbox(deps)).toEqual({ events: [], effects: [] });
  });

  it('acknowledges types it does not know and has nothing to do for them', async () => {
    const deps = await testDeps();
    const till = { ...deps, gateway: stripeGateway(deps) };
    const nameless = JSON.stringify({ ...JSON.parse(event('checkout.session.completed', '')), data: { object: {} } });
    for (const body of [event('customer.discount.created', 'di_1'), nameless]) {
      const answer = await postWebhook(till, body, sign(body, deps.time.now));
      expect([answer.status, await answer.text()]).toEqual([200, 'ignored\n']);
    }
    expect(await inbox(deps)).toEqual({ events: [], effects: [] });
  });

  it('a crash before the commit leaves nothing, and the gateway sends it again', async () => {
    const till = await openTill({ retryDelaysMs: [1000] });
    const order = await hold(till);
    const session = await checkout(till, order);
    const { db } = till.deps;
    till.deps.db = { ...db, write: () => Promise.reject(new Error('power cut')) };
    till.emulator.pay(session);
    await till.emulator.idle();
    const told = till.received.filter(({ body }) => body.includes('"checkout.session.completed"'));
    expect(told.map(({ status }) => status)).toEqual([500]);
    till.deps.db = db;
    expect(await db.read((q) => q.select().from(gatewayEvent))).toEqual([]);
    expect(await orderRow(till, order.id)).toMatchObject({ payment: 'unpaid' });
    till.deps.time.now += 1000;
    await settled(till);
    expect(await orderRow(till, order.id)).toMatchObject({ payment: 'paid', progress: 'confirmed' });
  });

  it('a crash after the commit, before the work: the work is done by the next process, once', async () => {
    const till = await openTill();
    const order = await hold(till);
    till.emulator.pay(await checkout(till, order));
    await till.emulator.idle();
    expect(await orderRow(till, order.id)).toMatchObject({ payment: 'unpaid' }); // nobody worked yet
    const { gateway } = till.deps;
    till.deps.gateway = { ...gateway, fetchPayment: () => Promise.reject(new Error('power cut')) };
    await work(till);
    expect(await orderRow(till, order.id)).toMatchObject({ payment: 'unpaid' });
    till.deps.gateway = gateway;
    till.deps.time.now += 5_000;
    await settled(till);
    await settled(till);
    const { gross } = await orderRow(till, order.id);
    expect(await orderRow(till, order.id)).toMatchObject({ payment: 'paid', progress: 'confirmed' });
    expect(await balancesOf(till, order.id)).toEqual({ gateway: gross, held_for_settlement: -gross });
  });
});

describe('every order and number of events', () => {
  const permutations = <T>(items: T[]): T[][] =>
    items.length < 2 ? [items] : items.flatMap((item, i) => permutations(items.filter((_, j) => j !== i)).map((rest) => [item, ...rest]));

  const TYPES = ['payment_intent.created', 'payment_intent.succeeded', 'checkout.session.completed', 'refund.created'];

  it('created, succeeded, completed and refunded in all 24 orders, each told twice, end the same', async () => {
    const till = await openTill({ webhook: null, market: { pools: [30], buyers: 1 } });
    for (const order of permutations(TYPES)) {
      const placed = await hold(till);
      const session = await checkout(till, placed);
      const before = new Set((await atGateway(till, 'events?limit=100')).map(({ id }) => id));
      till.emulator.pay(session);
      const intent = (await atGateway(till, 'payment_intents?limit=1'))[0]?.id ?? '';
      // By hand at the gateway, before we have heard of the payment at all.
      await refundByHand(till, intent, 1_000);
      const events = (await atGateway(till, 'events?limit=100')).filter(({ id }) => !before.has(id));
      for (const type of [...order, ...order]) {
        const told = events.find((one) => one.type === type);
        expect(told, type).toBeDefined();
        const body = JSON.stringify(told);
        expect((await postWebhook(till.deps, body, sign(body, till.deps.time.now))).status).toBe(200);
        await work(till);
      }
      till.deps.time.now += 10_000; // what came before its payment is put off a little
      await settled(till);
      const { gross, payment, progress, refunded } = await orderRow(till, placed.id);
      expect({ payment, progress, refunded }, order.join(', ')).toEqual({
        payment: 'part_refunded',
        progress: 'confirmed',
        refunded: 1_000,
      });
      expect(await balancesOf(till, placed.id)).toEqual({ gateway: gross - 1_000, held_for_settlement: 1_000 - gross });
    }
    await expectBalanced(till);
  });

  it('webhooks repeated and reversed by the gateway change nothing', async () => {
    const till = await openTill({ faults: { webhooks: { duplicate: 4, reorder: true } } });
    const order = await hold(till);
    till.emulator.pay(await checkout(till, order));
    await settled(till);
    expect(till.received.length).toBeGreaterThan(9);
    expect(await attemptsOf(till, order.id)).toMatchObject([{ state: 'paid' }]);
    expect((await mailKinds(till)).filter((kind) => kind === 'order_confirmed')).toHaveLength(1);
    await expectBalanced(till);
  });
});
