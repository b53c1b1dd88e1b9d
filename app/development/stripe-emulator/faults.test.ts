import Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { type Harness, sessionParams, startHarness } from '#tests/support/stripe-contract-harness.ts';
import type { FaultSwitches } from './faults.ts';

const { errors } = Stripe;
type Kind = NonNullable<FaultSwitches['answers']>[number]['kind'];

const fail = (harness: Harness, kind: Kind, times = 1) =>
  harness.emulator.faults.set({ answers: [{ kind, times, method: 'POST', path: '/v1/refunds' }] });

describe('fault switches', () => {
  it.each([
    ['rate_limit', errors.StripeRateLimitError, 429],
    ['server_error', errors.StripeAPIError, 500],
    ['html', errors.StripeAPIError, undefined],
  ] as const)('%s: nothing was done', async (kind, type, status) => {
    await using harness = await startHarness();
    const { intent } = await harness.pay();
    fail(harness, kind);
    const refund = () => harness.stripe.refunds.create({ payment_intent: intent, amount: 1 }, { idempotencyKey: 'k' });
    const error = await refund().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(type);
    expect((error as { statusCode?: number }).statusCode).toBe(status);
    expect((await harness.stripe.refunds.list()).data).toEqual([]);
    expect((await refund()).amount).toBe(1);
  });

  it.each(['bare_404', 'bare_500'] as const)('%s: the SDK takes it for success, without an object', async (kind) => {
    await using harness = await startHarness();
    const { intent } = await harness.pay();
    fail(harness, kind);
    const refund = await harness.stripe.refunds.create({ payment_intent: intent });
    expect(refund.lastResponse.statusCode).toBe(kind === 'bare_404' ? 404 : 500);
    expect([refund.object, refund.id]).toEqual([undefined, undefined]);
  });

  it('timeout: executed once, whatever is tried again under the same key', async () => {
    await using harness = await startHarness();
    const { intent } = await harness.pay();
    fail(harness, 'timeout');
    const refund = (timeout?: number) =>
      harness.stripe.refunds.create({ payment_intent: intent, amount: 7 }, { idempotencyKey: 'k', timeout });
    await expect(refund(500)).rejects.toBeInstanceOf(errors.StripeConnectionError);
    expect((await harness.stripe.refunds.list()).data).toHaveLength(1);
    const again = await refund();
    expect(again.lastResponse.headers['idempotent-replayed']).toBe('true');
    expect((await harness.stripe.refunds.list()).data.map((item) => item.id)).toEqual([again.id]);
  });

  it('disconnect: executed once, and the retry of the SDK finds the answer', async () => {
    await using harness = await startHarness();
    const { intent } = await harness.pay();
    fail(harness, 'disconnect');
    const refund = await harness.stripe.refunds.create({ payment_intent: intent, amount: 7 });
    expect(refund.lastResponse.headers['idempotent-replayed']).toBe('true');
    expect((await harness.stripe.refunds.list()).data).toHaveLength(1);
  });

  it('error_after: executed, and the 500 stays the answer under its key', async () => {
    await using harness = await startHarness();
    const { intent } = await harness.pay();
    fail(harness, 'error_after');
    const refund = () => harness.stripe.refunds.create({ payment_intent: intent, amount: 7 }, { idempotencyKey: 'k' });
    await expect(refund()).rejects.toMatchObject({ statusCode: 500 });
    await expect(refund()).rejects.toMatchObject({ statusCode: 500 });
    expect((await harness.stripe.refunds.list()).data).toHaveLength(1);
    await harness.emulator.idle();
    expect(harness.receivedTypes()).toContain('refund.created');
  });

  it('meets only the requests it names, as often as it says', async () => {
    await using harness = await startHarness();
    const { intent } = await harness.pay();
    fail(harness, 'server_error', 2);
    await harness.createSession();
    const refund = () => harness.stripe.refunds.create({ payment_intent: intent, amount: 1 });
    await expect(refund()).rejects.toBeInstanceOf(errors.StripeAPIError);
    await harness.stripe.refunds.list();
    await expect(refund()).rejects.toBeInstanceOf(errors.StripeAPIError);
    expect((await refund()).amount).toBe(1);
  });
});

describe('control', () => {
  it('sets faults, moves the clock, pays and disputes over HTTP, with the key', async () => {
    await using harness = await startHarness({ control: true });
    const control = async (method: string, path: string, body?: unknown, key = 'sk_test_local') => {
      const answer = await fetch(`${harness.emulator.url}/_stand-in${path}`, {
        method,
        headers: { authorization: `Bearer ${key}` },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
      return { status: answer.status, body: await answer.json() };
    };
    expect((await control('PUT', '/faults', {}, 'sk_test_no')).status).toBe(401);
    expect((await control('PUT', '/faults', { webhooks: { drop: 'yes' } })).status).toBe(400);
    expect((await control('PUT', '/faults', { webhooks: { drop: true } })).body).toMatchObject({ webhooks: { drop: true } });
    expect((await control('DELETE', '/faults')).body).toMatchObject({ webhooks: { drop: false } });
    expect((await control('POST', '/nothing', {})).status).toBe(404);

    const session = await harness.createSession();
    expect((await control('POST', '/pay', { session: session.id, method: 'alipay', outcome: 'later_succeed' })).body).toEqual({
      open: true,
    });
    expect((await harness.stripe.checkout.sessions.retrieve(session.id)).payment_status).toBe('unpaid');
    await control('POST', '/settle');
    const paid = await harness.stripe.checkout.sessions.retrieve(session.id, { expand: ['payment_intent'] });
    expect(paid.payment_status).toBe('paid');
    const charge = (paid.payment_intent as Stripe.PaymentIntent).latest_charge;
    const dispute = await control('POST', '/disputes', { charge });
    expect((await control('POST', '/disputes/close', { dispute: dispute.body.id, status: 'won' })).body).toMatchObject({ status: 'won' });

    const open = await harness.stripe.checkout.sessions.create(sessionParams());
    await control('POST', '/clock', { advanceMs: 25 * 3_600_000 });
    expect((await harness.stripe.checkout.sessions.retrieve(open.id)).status).toBe('expired');
  });
});
