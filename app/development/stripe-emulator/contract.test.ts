import Stripe from 'stripe';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ContractType, loadStripeContract, type StripeContract } from '#tests/support/stripe-contract.ts';
import { SESSION_TOTAL, sessionParams, startHarness } from '#tests/support/stripe-contract-harness.ts';
import type { Exchange } from './api-server.server.ts';
import { API_VERSION } from './engine.server.ts';

let contract: StripeContract;
beforeAll(() => {
  contract = loadStripeContract();
}, 120_000);

const ANSWERS: [RegExp, ContractType][] = [
  [/^(GET|POST) \/v1\/checkout\/sessions\/[^/]+(\/expire)?$|^POST \/v1\/checkout\/sessions$/, 'Checkout.Session'],
  [/^GET \/v1\/checkout\/sessions$/, 'List<Checkout.Session>'],
  [/^GET \/v1\/checkout\/sessions\/[^/]+\/line_items$/, 'List<LineItem>'],
  [/^GET \/v1\/payment_intents$/, 'List<PaymentIntent>'],
  [/^GET \/v1\/payment_intents\//, 'PaymentIntent'],
  [/^GET \/v1\/charges$/, 'List<Charge>'],
  [/^GET \/v1\/charges\//, 'Charge'],
  [/^GET \/v1\/refunds$/, 'List<Refund>'],
  [/^POST \/v1\/refunds$|^GET \/v1\/refunds\//, 'Refund'],
  [/^GET \/v1\/disputes$/, 'List<Dispute>'],
  [/^GET \/v1\/disputes\//, 'Dispute'],
  [/^GET \/v1\/events$/, 'List<Event>'],
  [/^GET \/v1\/events\//, 'Event'],
  [/^GET \/v1\/balance_transactions$/, 'List<BalanceTransaction>'],
  [/^GET \/v1\/balance_transactions\//, 'BalanceTransaction'],
];

const REQUESTS: [RegExp, ContractType][] = [
  [/^POST \/v1\/checkout\/sessions$/, 'Checkout.SessionCreateParams'],
  [/^POST \/v1\/checkout\/sessions\/[^/]+\/expire$/, 'Checkout.SessionExpireParams'],
  [/^POST \/v1\/refunds$/, 'RefundCreateParams'],
  [/^GET \/v1\/checkout\/sessions$/, 'Checkout.SessionListParams'],
  [/^GET \/v1\/refunds$/, 'RefundListParams'],
  [/^GET \/v1\/events$/, 'EventListParams'],
  [/^GET \/v1\/balance_transactions$/, 'BalanceTransactionListParams'],
];

function problemsOf(exchange: Exchange): string[] {
  const call = `${exchange.method} ${exchange.path}`;
  const answer = ANSWERS.find(([pattern]) => pattern.test(call))?.[1];
  const request = REQUESTS.find(([pattern]) => pattern.test(call))?.[1];
  if (!answer) return [`${call}: no contract named in this test`];
  return [...contract.problems(answer, exchange.answer), ...(request ? contract.problems(request, exchange.params, true) : [])];
}

describe('the contract itself', () => {
  it('is that of the API version the emulator speaks', () => {
    expect(Stripe.API_VERSION).toBe(API_VERSION);
  });

  it('refuses what the SDK does not declare', () => {
    const params = sessionParams();
    expect(contract.problems('Checkout.SessionCreateParams', params)).toEqual([]);
    // Gone from this API version; the old name must not pass unnoticed.
    expect(contract.problems('Checkout.SessionCreateParams', { ...params, payment_method_types: ['card'] })).toEqual([
      expect.stringContaining('payment_method_types: not declared'),
    ]);
    expect(contract.problems('Checkout.SessionCreateParams', { ...params, mode: 'pay' })).toEqual([
      expect.stringContaining('mode: expected one of'),
    ]);
    expect(contract.problems('RefundCreateParams', { amount: '12x' }, true)).toHaveLength(1);
    expect(contract.problems('RefundCreateParams', { amount: '12' }, true)).toEqual([]);
    expect(contract.problems('RefundCreateParams', { amount: '12' })).toHaveLength(1);
    expect(contract.problems('Refund', { object: 'refund' }).length).toBeGreaterThan(5);
  });

  it('tells an event by its type', () => {
    const event = { id: 'evt_1', object: 'event', api_version: null, created: 1, livemode: false, pending_webhooks: 0, request: null };
    expect(contract.problems('Event', { ...event, type: 'refund.created', data: { object: { object: 'charge' } } })).toContainEqual(
      expect.stringContaining('Event.data.object.object: expected "refund"'),
    );
    expect(contract.problems('Event', { ...event, type: 'refund.paid', data: { object: {} } })).not.toEqual([]);
  });
});

describe('the emulator keeps the contract', () => {
  it('in every request it takes and every answer it gives, through the whole life of payments', async () => {
    await using harness = await startHarness();
    const { stripe, emulator, exchanges } = harness;

    const card = await harness.pay('card');
    const declined = await harness.createSession();
    emulator.pay(declined.id, 'card', 'decline');
    const later = await harness.pay('alipay', 'later_succeed');
    const fails = await harness.pay('wechat_pay', 'later_fail');
    await stripe.paymentIntents.retrieve(fails.intent, { expand: ['latest_charge'] });
    emulator.settle();
    await stripe.paymentIntents.retrieve(later.intent, { expand: ['latest_charge.balance_transaction'] });
    const failed = await stripe.paymentIntents.retrieve(fails.intent, { expand: ['latest_charge'] });
    expect(failed.status).toBe('requires_payment_method');
    await stripe.checkout.sessions.expire(declined.id);
    await stripe.checkout.sessions.retrieve(card.session.id, { expand: ['line_items', 'payment_intent.latest_charge.refunds'] });
    await stripe.checkout.sessions.listLineItems(card.session.id);

    await stripe.refunds.create({ payment_intent: card.intent, amount: 100, reason: 'requested_by_customer', metadata: { row: 'r1' } });
    emulator.faults.set({ refunds: 'fail' });
    const refund = await stripe.refunds.create({ payment_intent: later.intent });
    emulator.settle();
    expect((await stripe.refunds.retrieve(refund.id, { expand: ['charge', 'failure_balance_transaction'] })).status).toBe('failed');
    const { latest_charge: charge } = await stripe.paymentIntents.retrieve(card.intent);
    const dispute = emulator.openDispute(String(charge));
    await stripe.disputes.retrieve(dispute.id);
    emulator.closeDispute(dispute.id, 'won');
    await stripe.charges.retrieve(String(charge), { expand: ['balance_transaction', 'refunds'] });

    await stripe.checkout.sessions.list({ status: 'complete', limit: 2 });
    await stripe.paymentIntents.list({ limit: 3 });
    await stripe.charges.list({ payment_intent: card.intent });
    await stripe.refunds.list({ charge: String(charge), created: { gte: 1 } });
    await stripe.disputes.list();
    const movements = await stripe.balanceTransactions.list({ limit: 100, created: { gte: 0 } });
    await stripe.balanceTransactions.retrieve(movements.data[0]!.id, { expand: ['source'] });
    const events = await stripe.events.list({ limit: 100, types: ['refund.created', 'checkout.session.completed'] });
    await stripe.events.retrieve(events.data[0]!.id);
    await stripe.events.list({ limit: 100 });

    expect(exchanges.length).toBeGreaterThan(25);
    expect(exchanges.filter((exchange) => exchange.status !== 200)).toEqual([]);
    expect(exchanges.flatMap(problemsOf)).toEqual([]);
    expect(movements.data.reduce((sum, item) => sum + item.amount, 0)).toBe(2 * SESSION_TOTAL - 100);
  }, 60_000);

  it('in every webhook it sends', async () => {
    await using harness = await startHarness();
    const { stripe, emulator } = harness;
    const paid = await harness.pay('card');
    await harness.pay('alipay', 'later_succeed');
    await harness.pay('alipay', 'later_fail');
    const abandoned = await harness.createSession();
    emulator.pay(abandoned.id, 'card', 'decline');
    await stripe.checkout.sessions.expire(abandoned.id);
    emulator.settle();
    await stripe.refunds.create({ payment_intent: paid.intent, amount: 1 });
    emulator.faults.set({ refunds: 'fail' });
    await stripe.refunds.create({ payment_intent: paid.intent, amount: 2 });
    emulator.settle();
    const { latest_charge: charge } = await stripe.paymentIntents.retrieve(paid.intent);
    emulator.closeDispute(emulator.openDispute(String(charge)).id, 'lost');
    await emulator.idle();

    expect(harness.received.flatMap(({ payload }) => contract.problems('Event', JSON.parse(payload)))).toEqual([]);
    expect(new Set(harness.receivedTypes())).toEqual(
      new Set([
        'charge.dispute.closed',
        'charge.dispute.created',
        'charge.refunded',
        'checkout.session.async_payment_failed',
        'checkout.session.async_payment_succeeded',
        'checkout.session.completed',
        'checkout.session.expired',
        'payment_intent.payment_failed',
        'payment_intent.succeeded',
        'refund.created',
        'refund.failed',
        'refund.updated',
      ]),
    );
  }, 60_000);
});
