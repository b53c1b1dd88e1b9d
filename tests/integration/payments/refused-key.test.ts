/** What the gateway does not say is asked again, for as long as it takes: only "there is no such object" ends it. */
import { describe, expect, it } from 'vitest';
import { GatewayError } from '#app/modules/payments/gateway.ts';
import { landPayment } from '#app/modules/payments/land-payment.server.ts';
import { reconcile } from '#app/modules/payments/reconcile.server.ts';
import { refundOrder } from '#app/modules/payments/refund-order.server.ts';
import { gatewayEvent, paymentAttempt } from '#db/schema/payments.ts';
import {
  atGateway,
  attemptsOf,
  auditOf,
  balancesOf,
  buyerOf,
  checkout,
  expectBalanced,
  hold,
  IMPATIENT,
  MINUTE,
  openTill,
  orderRow,
  paidOrder,
  refundByHand,
  refundsOf,
  settled,
  sweep,
  type Till,
  work,
} from './till.ts';

const DAY = 24 * 60 * MINUTE;
const NO_ANSWERS = ['unauthorised', 'forbidden', 'rate_limit', 'server_error'] as const;
const fail = (till: Till, kind: (typeof NO_ANSWERS)[number], path?: string) =>
  till.emulator.faults.set({ answers: [{ kind, times: 1000, ...(path ? { path } : {}) }] });

describe.each(NO_ANSWERS)('the gateway answers %s', (kind) => {
  it('its events are not applied, the buyer waits, the hold stays; then all is as it should be', async () => {
    const till = await openTill({ patience: IMPATIENT });
    const order = await hold(till);
    const session = await checkout(till, order);
    fail(till, kind);
    till.emulator.pay(session);
    await till.emulator.idle();
    await work(till);
    const unapplied = () => till.deps.db.read((q) => q.select().from(gatewayEvent));
    expect((await unapplied()).map((event) => event.appliedAt)).toEqual([null]);
    expect(await landPayment(till.deps, { actor: buyerOf(till), number: order.number, session })).toBe('waiting');
    till.deps.time.now += 40 * MINUTE; // past the end of the hold and of the checkout
    expect(await reconcile(till.deps)).toBeGreaterThan(0);
    expect(await attemptsOf(till, order.id)).toMatchObject([{ state: 'open' }]);
    expect(await sweep(till)).toBe(0);
    till.emulator.faults.reset();
    expect(await reconcile(till.deps)).toBe(0);
    await settled(till);
    expect(await orderRow(till, order.id)).toMatchObject({ progress: 'confirmed', payment: 'paid' });
    expect((await unapplied()).every((event) => event.appliedAt !== null)).toBe(true);
    await expectBalanced(till);
  });

  it('a refund is not called refused', async () => {
    const till = await openTill({ patience: IMPATIENT });
    const order = await paidOrder(till);
    fail(till, kind, '/v1/refunds');
    await refundOrder(till.deps, { id: 'r1', orderId: order.id, amount: 500, reason: 'test' });
    await work(till);
    expect(await refundsOf(till, order.id)).toMatchObject([{ state: 'starting' }]);
    till.emulator.faults.reset();
    till.deps.time.now += 5 * MINUTE;
    await settled(till);
    expect(await refundsOf(till, order.id)).toMatchObject([{ state: 'succeeded' }]);
  });
});

describe('what the gateway knows and we do not', () => {
  it('a checkout given up under the key of another account is asked about again, and its money is found', async () => {
    const till = await openTill({ faults: { webhooks: { drop: true } } });
    const order = await hold(till);
    const session = await checkout(till, order);
    till.emulator.pay(session);
    const { gateway } = till.deps;
    const none = () => Promise.reject(new GatewayError('missing', 'resource_missing'));
    till.deps.gateway = { ...gateway, fetchPayment: none, cancelPayment: none, listSince: async () => [], listMovements: async () => [] };
    till.deps.time.now += 40 * MINUTE;
    await reconcile(till.deps);
    expect(await attemptsOf(till, order.id)).toMatchObject([{ state: 'failed' }]);
    expect(await sweep(till)).toBe(1);
    // Our own key again, a week later: the events of that day have long been passed over.
    till.deps.gateway = { ...gateway, listSince: async () => [], listMovements: async () => [] };
    till.deps.time.now += 7 * DAY;
    expect(await reconcile(till.deps)).toBe(0);
    expect(await attemptsOf(till, order.id)).toMatchObject([{ state: 'paid' }]);
    expect(await auditOf(till, order.id)).toContain('payment.received');
    await expectBalanced(till);
  });

  it('a failed checkout is asked about once a day, and no longer than the gateway keeps it', async () => {
    const till = await openTill();
    const order = await hold(till);
    const session = await checkout(till, order);
    till.emulator.pay(session, 'alipay', 'later_fail');
    till.emulator.settle();
    await settled(till);
    expect(await attemptsOf(till, order.id)).toMatchObject([{ state: 'failed' }]);
    const { gateway } = till.deps;
    let asked = 0;
    till.deps.gateway = {
      ...gateway,
      fetchPayment: (id) => {
        asked++;
        return gateway.fetchPayment(id);
      },
    };
    till.deps.time.now += DAY + MINUTE;
    await reconcile(till.deps);
    await reconcile(till.deps);
    expect(asked).toBe(1);
    till.deps.time.now += 40 * DAY;
    await reconcile(till.deps);
    expect(asked).toBe(1);
  });

  it('money and refunds found in the balance alone are booked from there', async () => {
    const till = await openTill({ faults: { webhooks: { drop: true } } });
    const order = await hold(till);
    const session = await checkout(till, order);
    till.emulator.pay(session);
    till.deps.gateway = { ...till.deps.gateway, listSince: async () => [] };
    const payment = String((await atGateway(till, 'checkout/sessions'))[0]?.payment_intent);
    await refundByHand(till, payment, 100);
    // Nobody has told, and the checkout is not yet over: the balance is the only witness.
    await till.deps.db.write((tx) => tx.update(paymentAttempt).set({ state: 'failed', updatedAt: till.deps.time.now + 2 * DAY }));
    till.deps.time.now += DAY;
    await reconcile(till.deps);
    expect(await refundsOf(till, order.id)).toMatchObject([{ amount: 100, state: 'succeeded', reason: 'made_at_gateway' }]);
    const atStripe = (await atGateway(till, 'balance_transactions')).reduce((sum, movement) => sum + Number(movement.net), 0);
    expect((await balancesOf(till, order.id)).gateway).toBe(atStripe);
    await expectBalanced(till);
  });
});
