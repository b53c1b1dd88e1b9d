import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { startHarness, WEBHOOK_SECRET } from '#tests/support/stripe-contract-harness.ts';
import { startStripeEmulator } from './start-emulator.server.ts';
import { signatureHeader } from './webhooks.server.ts';

const PAID = ['payment_intent.succeeded', 'checkout.session.completed'];

describe('signature', () => {
  const payload = JSON.stringify({ id: 'evt_1', object: 'event' });
  const now = Math.floor(Date.now() / 1000);

  it('is what the SDK computes', () => {
    const expected = Stripe.webhooks.generateTestHeaderString({ payload, secret: WEBHOOK_SECRET, timestamp: now });
    expect(signatureHeader(payload, WEBHOOK_SECRET, now)).toBe(expected);
  });

  it('fails for another payload, another secret and an old time', () => {
    const verify = (body: string, header: string) => () => Stripe.webhooks.constructEvent(body, header, WEBHOOK_SECRET);
    expect(verify(payload, signatureHeader(payload, WEBHOOK_SECRET, now))).not.toThrow();
    expect(verify(`${payload} `, signatureHeader(payload, WEBHOOK_SECRET, now))).toThrow();
    expect(verify(payload, signatureHeader(payload, 'whsec_other', now))).toThrow();
    expect(verify(payload, signatureHeader(payload, WEBHOOK_SECRET, now - 301))).toThrow();
  });
});

describe('webhooks', () => {
  it('are signed, sent in order and then no longer pending', async () => {
    await using harness = await startHarness();
    const { session } = await harness.pay();
    await harness.emulator.idle();
    expect(harness.receivedTypes()).toEqual(PAID);
    const { event } = harness.received[1]!;
    expect(event?.data.object).toMatchObject({ id: session.id, payment_status: 'paid' });
    expect(event?.pending_webhooks).toBe(1);
    expect((await harness.stripe.events.retrieve(event!.id)).pending_webhooks).toBe(0);
  });

  it.each([Date.UTC(2020, 0, 1), Date.UTC(2040, 0, 1)])('verify under a clock set back or ahead (%i)', async (now) => {
    await using harness = await startHarness({ now: () => now });
    await harness.pay();
    await harness.emulator.idle();
    expect(harness.receivedTypes()).toEqual(PAID);
  });

  it('are tried again, later and later, until they are answered with 2xx', async () => {
    let now = Date.now();
    await using harness = await startHarness({ now: () => now, retryDelaysMs: [1000, 5000] });
    harness.webhookAnswers.push(500, 200, 404);
    await harness.pay();
    await harness.emulator.idle();
    expect(harness.receivedTypes()).toEqual(PAID);
    now += 999;
    await harness.emulator.idle();
    expect(harness.received).toHaveLength(2);
    now += 1;
    await harness.emulator.idle();
    expect(harness.receivedTypes()).toEqual([...PAID, PAID[0]]);
    now += 5000;
    await harness.emulator.idle();
    expect(harness.receivedTypes()).toEqual([...PAID, PAID[0], PAID[0]]);
    expect(new Set(harness.received.map((item) => item.event?.id)).size).toBe(2);
    now += 3_600_000;
    await harness.emulator.idle();
    expect(harness.received).toHaveLength(4);
  });

  it('are given up after the last attempt, and stay in the list of events', async () => {
    let now = Date.now();
    await using harness = await startHarness({ now: () => now, retryDelaysMs: [10] });
    harness.webhookAnswers.push(500, 500, 500, 500, 500, 500);
    await harness.pay();
    await harness.emulator.idle();
    for (let round = 0; round < 3; round++) {
      now += 10;
      await harness.emulator.idle();
    }
    expect(harness.received).toHaveLength(4);
    expect((await harness.stripe.events.list({ types: PAID })).data.map((event) => event.pending_webhooks)).toEqual([1, 1]);
  });

  it('can be dropped, doubled, reordered and delayed', async () => {
    let now = Date.now();
    await using harness = await startHarness({ now: () => now });
    const next = async () => {
      harness.received.length = 0;
      await harness.pay();
      await harness.emulator.idle();
      return harness.receivedTypes();
    };
    harness.emulator.faults.set({ webhooks: { drop: true } });
    expect(await next()).toEqual([]);
    harness.emulator.faults.set({ webhooks: { duplicate: 4, types: ['checkout.session.completed'] } });
    expect((await next()).toSorted()).toEqual([...Array(5).fill('checkout.session.completed'), 'payment_intent.succeeded']);
    expect(new Set(harness.received.map((item) => item.event?.id)).size).toBe(2);
    harness.emulator.faults.set({ webhooks: { reorder: true } });
    expect(await next()).toEqual(PAID.toReversed());
    harness.emulator.faults.set({ webhooks: { delayMs: 60_000 } });
    expect(await next()).toEqual([]);
    now += 60_000;
    await harness.emulator.idle();
    expect(harness.receivedTypes()).toEqual(PAID);
    harness.emulator.faults.reset();
    expect(await next()).toEqual(PAID);
  });
});

describe('restart', () => {
  it('keeps objects, keys, the clock and unsent webhooks', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'emulator-'));
    try {
      const params: Stripe.RefundCreateParams = { amount: 5 };
      await using before = await startHarness({ folder, faults: { webhooks: { delayMs: 60_000 } } });
      const { session, intent } = await before.pay();
      const refund = await before.stripe.refunds.create({ ...params, payment_intent: intent }, { idempotencyKey: 'r' });
      before.emulator.clock.advance(30_000);
      const then = before.emulator.clock.now();
      await before.emulator.close();

      await using after = await startHarness({ folder });
      expect(after.emulator.clock.now()).toBeGreaterThanOrEqual(then);
      expect((await after.stripe.checkout.sessions.retrieve(session.id)).payment_status).toBe('paid');
      expect((await after.stripe.refunds.create({ ...params, payment_intent: intent }, { idempotencyKey: 'r' })).id).toBe(refund.id);
      expect(after.received).toEqual([]);
      after.emulator.clock.advance(60_000);
      await after.emulator.idle();
      expect(after.receivedTypes().toSorted()).toEqual([...PAID, 'refund.created', 'charge.refunded'].toSorted());
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('refuses production unless it is a demonstration', async () => {
    const before = process.env.NODE_ENV;
    process.env.NODE_ENV = 'production';
    try {
      await expect(startStripeEmulator()).rejects.toThrow('does not run in production');
      const demo = await startStripeEmulator({ demo: true });
      await demo.close();
    } finally {
      process.env.NODE_ENV = before;
    }
  });

  it('says so when the port is taken', async () => {
    const first = await startStripeEmulator();
    await expect(startStripeEmulator({ port: first.port })).rejects.toThrow(`Port ${first.port} is in use`);
    await first.close();
  });
});
