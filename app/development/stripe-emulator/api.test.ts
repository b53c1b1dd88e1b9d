import Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { SESSION_TOTAL, startHarness } from '#tests/support/stripe-contract-harness.ts';

const { errors } = Stripe;

/** A clock that only moves when told. */
function standingClock() {
  const clock = { ms: Date.UTC(2026, 10, 23), now: () => clock.ms };
  return clock;
}

async function refusal(call: Promise<unknown>): Promise<InstanceType<typeof errors.StripeError>> {
  const error = await call.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof errors.StripeError)) throw new Error('the call was not refused');
  return error;
}

describe('sessions', () => {
  it('shows the whole order and the way to pay it', async () => {
    await using harness = await startHarness();
    const session = await harness.createSession();
    expect(session).toMatchObject({
      status: 'open',
      payment_status: 'unpaid',
      amount_total: SESSION_TOTAL,
      currency: 'cny',
      payment_intent: null,
      client_reference_id: 'order-1',
      metadata: { order: 'order-1' },
      payment_method_types: ['card', 'alipay', 'wechat_pay'],
    });
    expect(session.url).toBe(`${harness.emulator.url}/c/pay/${session.id}`);
    expect(session.lastResponse.requestId).toMatch(/^req_/);
    expect(session.lastResponse.apiVersion).toBe(Stripe.API_VERSION);
  });

  it('makes the intent with the first attempt, keeps it over a decline, and takes money once', async () => {
    await using harness = await startHarness();
    const { stripe, emulator } = harness;
    const { id } = await harness.createSession();
    expect(emulator.pay(id, 'card', 'decline')).toBe(true);
    const after = await stripe.checkout.sessions.retrieve(id, { expand: ['payment_intent'] });
    const declined = after.payment_intent as Stripe.PaymentIntent;
    expect(after.status).toBe('open');
    expect(declined).toMatchObject({ status: 'requires_payment_method', metadata: { order: 'order-1' } });
    expect(declined.last_payment_error).toMatchObject({ code: 'card_declined', type: 'card_error' });
    expect(emulator.pay(id, 'alipay')).toBe(true);
    expect(emulator.pay(id, 'card')).toBe(false);
    const intent = await stripe.paymentIntents.retrieve(declined.id, { expand: ['latest_charge'] });
    expect(intent).toMatchObject({ status: 'succeeded', amount_received: SESSION_TOTAL, last_payment_error: null });
    expect((await stripe.charges.list({ payment_intent: intent.id })).data.filter((charge) => charge.paid)).toHaveLength(1);
  });

  it('expires by the clock, and then takes no money', async () => {
    const clock = standingClock();
    await using harness = await startHarness({ now: clock.now });
    const { stripe, emulator } = harness;
    const { id } = await harness.createSession({ expires_at: clock.ms / 1000 + 30 * 60 });
    clock.ms += 30 * 60_000 - 1;
    expect((await stripe.checkout.sessions.retrieve(id)).status).toBe('open');
    clock.ms += 1;
    expect(emulator.pay(id)).toBe(false);
    expect(await stripe.checkout.sessions.retrieve(id)).toMatchObject({ status: 'expired', payment_status: 'unpaid', url: null });
    await emulator.idle();
    expect(harness.receivedTypes()).toEqual(['checkout.session.expired']);
    expect((await refusal(stripe.checkout.sessions.expire(id))).message).toContain('status of `expired`');
  });

  it('lets a payment win over a later expire', async () => {
    await using harness = await startHarness();
    const { session } = await harness.pay();
    expect((await refusal(harness.stripe.checkout.sessions.expire(session.id))).statusCode).toBe(400);
    expect((await harness.stripe.checkout.sessions.retrieve(session.id)).payment_status).toBe('paid');
  });

  it.each<[string, Partial<Stripe.Checkout.SessionCreateParams>, string]>([
    ['too short', { expires_at: Math.floor(Date.now() / 1000) + 60 }, 'expires_at'],
    ['too long', { expires_at: Math.floor(Date.now() / 1000) + 25 * 3600 }, 'expires_at'],
    ['no items', { line_items: [] }, 'line_items'],
    ['another mode', { mode: 'setup' }, 'mode'],
    ['no way back', { success_url: undefined }, 'success_url'],
    ['script as address', { success_url: 'javascript:alert(1)' }, 'success_url'],
    ['a method that is off', { allowed_payment_method_types: ['card', 'klarna'] }, 'allowed_payment_method_types[1]'],
    ['a long reference', { client_reference_id: 'x'.repeat(201) }, 'client_reference_id'],
    ['a long value', { metadata: { a: 'x'.repeat(501) } }, 'metadata'],
    [
      'a broken amount',
      { line_items: [{ quantity: 1, price_data: { currency: 'cny', unit_amount: 1.5, product_data: { name: 'x' } } }] },
      'line_items[0][price_data][unit_amount]',
    ],
    [
      'too much',
      { line_items: [{ quantity: 1, price_data: { currency: 'cny', unit_amount: 100_000_000, product_data: { name: 'x' } } }] },
      'line_items',
    ],
    [
      'nothing',
      { line_items: [{ quantity: 1, price_data: { currency: 'cny', unit_amount: 0, product_data: { name: 'x' } } }] },
      'line_items',
    ],
    ['what it does not know', { payment_method_types: ['card'] } as Partial<Stripe.Checkout.SessionCreateParams>, 'payment_method_types'],
  ])('refuses a session with %s', async (_, changes, param) => {
    await using harness = await startHarness();
    const error = await refusal(harness.createSession(changes));
    expect(error).toBeInstanceOf(errors.StripeInvalidRequestError);
    expect(error).toMatchObject({ statusCode: 400, param, rawType: 'invalid_request_error' });
  });
});

describe('callers', () => {
  it('needs the key, the version and a known address', async () => {
    await using harness = await startHarness();
    const { port } = harness.emulator;
    const at = { host: '127.0.0.1', port, protocol: 'http' as const, maxNetworkRetries: 0 };
    expect(await refusal(new Stripe('sk_test_other', at).refunds.list())).toBeInstanceOf(errors.StripeAuthenticationError);
    expect((await refusal(harness.stripe.refunds.list({}, { apiVersion: '2020-08-27' }))).message).toContain('Invalid Stripe API version');
    expect(await refusal(harness.stripe.refunds.retrieve('re_nothing'))).toMatchObject({ statusCode: 404, code: 'resource_missing' });
    expect(await refusal(harness.stripe.transfers.list())).toMatchObject({ statusCode: 404 });
    expect((await fetch(`${harness.emulator.url}/_stand-in/faults`)).status).toBe(404);
  });

  it('bounds the body and says nothing of its inside', async () => {
    await using harness = await startHarness();
    const answer = await fetch(`${harness.emulator.url}/v1/refunds`, {
      method: 'POST',
      headers: { authorization: 'Bearer sk_test_local' },
      body: `a=${'x'.repeat(1_100_000)}`,
    });
    expect(answer.status).toBe(413);
    const odd = await fetch(`${harness.emulator.url}/v1/refunds?created[`, { headers: { authorization: 'Bearer sk_test_local' } });
    expect(odd.status).toBe(400);
    expect(await odd.text()).not.toContain(' at ');
  });
});

describe('idempotency', () => {
  it('replays the first answer under the same key', async () => {
    await using harness = await startHarness();
    const { intent } = await harness.pay();
    const call = () => harness.stripe.refunds.create({ payment_intent: intent, amount: 100 }, { idempotencyKey: 'refund:1' });
    const first = await call();
    const second = await call();
    expect(second).toEqual(first);
    expect(second.lastResponse.headers['idempotent-replayed']).toBe('true');
    expect(second.lastResponse.headers['original-request']).toBe(first.lastResponse.requestId);
    expect(first.lastResponse.headers['idempotent-replayed']).toBeUndefined();
    expect((await harness.stripe.refunds.list()).data).toHaveLength(1);
  });

  it('refuses the key for other parameters and for another address', async () => {
    await using harness = await startHarness();
    const { intent } = await harness.pay();
    await harness.stripe.refunds.create({ payment_intent: intent, amount: 100 }, { idempotencyKey: 'k' });
    const changed = await refusal(harness.stripe.refunds.create({ payment_intent: intent, amount: 200 }, { idempotencyKey: 'k' }));
    expect(changed).toBeInstanceOf(errors.StripeIdempotencyError);
    expect(changed.statusCode).toBe(400);
    expect(await refusal(harness.createSession({}, { idempotencyKey: 'k' }))).toBeInstanceOf(errors.StripeIdempotencyError);
  });

  it('answers 409 while the first is under way, and acts once', async () => {
    await using harness = await startHarness({ faults: { latencyMs: 60_000 } });
    const refused: unknown[] = [];
    const bothRefused = Promise.withResolvers<void>();
    const calls = [1, 2, 3].map(() =>
      harness.createSession({}, { idempotencyKey: 'checkout:1' }).catch((error: unknown) => {
        if (refused.push(error) === 2) bothRefused.resolve();
        return null;
      }),
    );
    await bothRefused.promise;
    for (const error of refused) expect(error).toMatchObject({ statusCode: 409, code: 'idempotency_key_in_use' });
    harness.emulator.faults.reset();
    const made = (await Promise.all(calls)).filter((session) => session !== null);
    expect((await harness.stripe.checkout.sessions.list()).data.map((session) => session.id)).toEqual(made.map((session) => session.id));
    expect(made).toHaveLength(1);
  });

  it('remembers a refusal that was executed, but not a wrong parameter', async () => {
    await using harness = await startHarness();
    const { intent } = await harness.pay();
    const refund = (amount: number, idempotencyKey: string) =>
      harness.stripe.refunds.create({ payment_intent: intent, amount }, { idempotencyKey });
    harness.emulator.faults.set({ refunds: 'refuse' });
    await refusal(refund(100, 'executed'));
    await refusal(refund(-1, 'wrong'));
    harness.emulator.faults.reset();
    expect((await refusal(refund(100, 'executed'))).code).toBe('balance_insufficient');
    expect((await refund(100, 'wrong')).amount).toBe(100);
  });

  it('forgets a key after a day', async () => {
    const clock = standingClock();
    await using harness = await startHarness({ now: clock.now });
    const first = await harness.createSession({}, { idempotencyKey: 'k' });
    clock.ms += 25 * 3_600_000;
    expect((await harness.createSession({}, { idempotencyKey: 'k' })).id).not.toBe(first.id);
  });
});

describe('lists', () => {
  it('pages newest first, forwards and backwards, without loss', async () => {
    await using harness = await startHarness();
    const made: string[] = [];
    for (let count = 0; count < 7; count++) made.unshift((await harness.createSession()).id);
    const { sessions } = harness.stripe.checkout;
    const first = await sessions.list({ limit: 3 });
    expect(first).toMatchObject({ has_more: true, url: '/v1/checkout/sessions' });
    expect(first.data.map((item) => item.id)).toEqual(made.slice(0, 3));
    const last = await sessions.list({ limit: 4, starting_after: made[2] });
    expect([last.has_more, last.data.map((item) => item.id)]).toEqual([false, made.slice(3)]);
    expect((await sessions.list({ limit: 2, ending_before: made[4] })).data.map((item) => item.id)).toEqual(made.slice(2, 4));
    const all: string[] = [];
    for await (const item of sessions.list({ limit: 2 })) all.push(item.id);
    expect(all).toEqual(made);
    expect(await refusal(sessions.list({ limit: 101 }))).toMatchObject({ param: 'limit' });
    expect(await refusal(sessions.list({ starting_after: 'cs_gone' }))).toMatchObject({ param: 'starting_after' });
  });

  it('finds events since a time and by type', async () => {
    const clock = standingClock();
    await using harness = await startHarness({ now: clock.now });
    await harness.pay();
    clock.ms += 60_000;
    const since = clock.ms / 1000;
    const second = await harness.pay();
    const events = await harness.stripe.events.list({ created: { gte: since }, types: ['checkout.session.completed', 'charge.succeeded'] });
    expect(events.data.map((event) => event.type)).toEqual(['checkout.session.completed', 'charge.succeeded']);
    expect(events.data[0]!.data.object).toMatchObject({ id: second.session.id });
    expect((await harness.stripe.events.list({ type: 'charge.succeeded' })).data).toHaveLength(2);
  });
});

describe('refunds', () => {
  it('gives back in parts and never more than was paid', async () => {
    await using harness = await startHarness();
    const { intent } = await harness.pay('card');
    const refund = (amount?: number) => harness.stripe.refunds.create({ payment_intent: intent, amount });
    expect((await refund(1)).status).toBe('succeeded');
    expect(await refusal(refund(0))).toMatchObject({ code: 'parameter_invalid_integer' });
    expect(await refusal(refund(SESSION_TOTAL))).toMatchObject({ param: 'amount' });
    expect((await refund()).amount).toBe(SESSION_TOTAL - 1);
    expect(await refusal(refund(1))).toMatchObject({ code: 'charge_already_refunded' });
    const movements = await harness.stripe.balanceTransactions.list({ limit: 100 });
    expect(movements.data.reduce((sum, item) => sum + item.amount, 0)).toBe(0);
    expect(movements.data.every((item) => item.net === item.amount - item.fee)).toBe(true);
  });

  it('leaves wallet refunds pending until they settle', async () => {
    const clock = standingClock();
    await using harness = await startHarness({ now: clock.now, asyncDelayMs: 60_000 });
    const { intent } = await harness.pay('wechat_pay');
    const refund = await harness.stripe.refunds.create({ payment_intent: intent });
    expect(refund).toMatchObject({ status: 'pending', pending_reason: 'processing' });
    clock.ms += 60_000;
    expect((await harness.stripe.refunds.retrieve(refund.id)).status).toBe('succeeded');
    await harness.emulator.idle();
    expect(harness.receivedTypes()).toContain('refund.updated');
  });

  it('can fail later, and the money is there again', async () => {
    await using harness = await startHarness({ faults: { refunds: 'fail' } });
    const { intent } = await harness.pay('alipay');
    const refund = await harness.stripe.refunds.create({ payment_intent: intent });
    harness.emulator.settle();
    expect(await harness.stripe.refunds.retrieve(refund.id)).toMatchObject({ status: 'failed', failure_reason: 'declined' });
    harness.emulator.faults.reset();
    expect((await harness.stripe.refunds.create({ payment_intent: intent })).amount).toBe(SESSION_TOTAL);
  });

  it.each([
    ['alipay', 90],
    ['wechat_pay', 180],
  ] as const)('refuses %s after %i days', async (method, days) => {
    const clock = standingClock();
    await using harness = await startHarness({ now: clock.now });
    const { intent } = await harness.pay(method);
    clock.ms += days * 86_400_000;
    await harness.stripe.refunds.create({ payment_intent: intent, amount: 1 });
    clock.ms += 1000;
    expect(await refusal(harness.stripe.refunds.create({ payment_intent: intent, amount: 1 }))).toMatchObject({
      code: 'charge_not_refundable',
    });
  });

  it('is frozen while a payment is disputed, and free again when it is won', async () => {
    await using harness = await startHarness();
    const { intent } = await harness.pay();
    const { latest_charge: charge } = await harness.stripe.paymentIntents.retrieve(intent);
    const dispute = harness.emulator.openDispute(String(charge));
    const refund = () => harness.stripe.refunds.create({ payment_intent: intent, amount: 1 });
    expect(await refusal(refund())).toMatchObject({ code: 'charge_disputed' });
    harness.emulator.closeDispute(dispute.id, 'won');
    expect((await refund()).amount).toBe(1);
  });
});
