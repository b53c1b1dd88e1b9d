import { describe, expect, it } from 'vitest';
import { applyPayment } from '#app/modules/payments/apply-payment.server.ts';
import type { GatewayPayment } from '#app/modules/payments/gateway.ts';
import { landPayment } from '#app/modules/payments/land-payment.server.ts';
import { reconcile } from '#app/modules/payments/reconcile.server.ts';
import { startPayment } from '#app/modules/payments/start-payment.server.ts';
import {
  attemptsOf,
  auditOf,
  balancesOf,
  buyerOf,
  checkout,
  emulatorFolder,
  expectBalanced,
  hold,
  IMPATIENT,
  MINUTE,
  mailKinds,
  ORIGIN,
  openTill,
  orderRow,
  settled,
  type Till,
  timelineOf,
} from './till.ts';

const land = (till: Till, order: { number: string }, session: string, actor = buyerOf(till)) =>
  landPayment(till.deps, { actor, number: order.number, session });

const paidOnce = async (till: Till, orderId: string) => {
  const { gross } = await orderRow(till, orderId);
  expect(await orderRow(till, orderId)).toMatchObject({ progress: 'confirmed', payment: 'paid', holdExpiresAt: null });
  expect(await balancesOf(till, orderId)).toEqual({ gateway: gross, held_for_settlement: -gross });
  expect(await mailKinds(till)).toEqual(['order_confirmed', 'centre_new_order']);
  await expectBalanced(till);
};

describe('the same payment, told by the webhook, the returning buyer and the reconciliation', () => {
  it('webhook before the buyer is back', async () => {
    const till = await openTill();
    const order = await hold(till);
    const session = await checkout(till, order);
    till.emulator.pay(session);
    await settled(till);
    await paidOnce(till, order.id);
    expect(await land(till, order, session)).toBe('paid');
    await paidOnce(till, order.id);
  });

  it('the buyer is back and no webhook ever comes', async () => {
    const till = await openTill({ faults: { webhooks: { drop: true } } });
    const order = await hold(till);
    const session = await checkout(till, order);
    till.emulator.pay(session);
    expect(await land(till, order, session)).toBe('paid');
    await paidOnce(till, order.id);
  });

  it('neither: the reconciliation finds it among the events', async () => {
    const till = await openTill({ faults: { webhooks: { drop: true } } });
    const order = await hold(till);
    till.emulator.pay(await checkout(till, order));
    expect(await reconcile(till.deps)).toBe(0);
    await settled(till);
    await paidOnce(till, order.id);
    expect(await reconcile(till.deps)).toBe(0);
    await settled(till);
    await paidOnce(till, order.id);
  });

  it('all of them at the same moment', async () => {
    const till = await openTill();
    const order = await hold(till);
    const session = await checkout(till, order);
    till.emulator.pay(session);
    const told = [
      land(till, order, session),
      land(till, order, session),
      applyPayment(till.deps, session),
      settled(till),
      reconcile(till.deps),
    ];
    await Promise.all(told);
    await settled(till);
    await paidOnce(till, order.id);
  });

  it('a webhook, and a buyer, faster than our own commit', async () => {
    const till = await openTill();
    const order = await hold(till);
    const { gateway } = till.deps;
    const fast = {
      ...till.deps,
      gateway: {
        ...gateway,
        startPayment: async (...of: Parameters<typeof gateway.startPayment>) => {
          const payment = await gateway.startPayment(...of);
          // Between the gateway's answer and what we write down of it.
          till.emulator.pay(payment.session);
          await settled(till);
          expect(await orderRow(till, order.id)).toMatchObject({ payment: 'paid' });
          expect(await land(till, order, payment.session)).toBe('paid');
          return payment;
        },
      },
    };
    const request = { actor: buyerOf(till), number: order.number, email: 'a@b.test', locale: 'en' as const, origin: ORIGIN };
    expect(await startPayment(fast, request)).toEqual({ paid: true });
    await paidOnce(till, order.id);
  });

  it('a landing before our own commit finds its attempt by the name it carries', async () => {
    const till = await openTill({ faults: { webhooks: { drop: true } } });
    const order = await hold(till);
    const { gateway } = till.deps;
    const fast = {
      ...till.deps,
      gateway: {
        ...gateway,
        startPayment: async (...of: Parameters<typeof gateway.startPayment>) => {
          const payment = await gateway.startPayment(...of);
          till.emulator.pay(payment.session);
          expect(await land(till, order, payment.session)).toBe('paid');
          throw new Error('power cut');
        },
      },
    };
    const request = { actor: buyerOf(till), number: order.number, email: 'a@b.test', locale: 'en' as const, origin: ORIGIN };
    await expect(startPayment(fast, request)).rejects.toThrow('power cut');
    await paidOnce(till, order.id);
  });

  it('Alipay under way: the page waits, the order says so, and the money books it', async () => {
    const till = await openTill();
    const order = await hold(till);
    const session = await checkout(till, order);
    till.emulator.pay(session, 'alipay', 'later_succeed');
    expect(await land(till, order, session)).toBe('waiting');
    await settled(till);
    expect(await orderRow(till, order.id)).toMatchObject({ payment: 'processing', progress: 'held' });
    expect(await balancesOf(till)).toEqual({});
    till.emulator.settle();
    expect(await land(till, order, session)).toBe('paid');
    await settled(till);
    await paidOnce(till, order.id);
    expect(await attemptsOf(till, order.id)).toMatchObject([{ state: 'paid', method: 'alipay' }]);
  });

  it('waits when the gateway does not answer, and survives its restart', async () => {
    const till = await openTill({ patience: IMPATIENT, folder: emulatorFolder() });
    const order = await hold(till);
    const session = await checkout(till, order);
    till.emulator.pay(session);
    await till.stopEmulator();
    expect(await land(till, order, session)).toBe('waiting');
    expect(await orderRow(till, order.id)).toMatchObject({ payment: 'unpaid' });
    await till.restartEmulator();
    till.deps.time.now += MINUTE;
    expect(await land(till, order, session)).toBe('paid');
    await settled(till);
    await paidOnce(till, order.id);
  });
});

describe('what is not a payment of this order', () => {
  it('a success address that nobody paid for', async () => {
    const till = await openTill();
    const order = await hold(till);
    const session = await checkout(till, order);
    expect(await land(till, order, session)).toBe('unpaid');
    for (const forged of ['', 'cs_test_forged', `${session}x`, '../../v1/refunds', '%00', '{CHECKOUT_SESSION_ID}'])
      await expect(land(till, order, forged), forged).rejects.toMatchObject({ code: 'not_found' });
    expect(await orderRow(till, order.id)).toMatchObject({ payment: 'unpaid', progress: 'held' });
    expect(await balancesOf(till)).toEqual({});
  });

  it('forged sessions while our own attempt is just starting', async () => {
    const till = await openTill();
    const order = await hold(till);
    const broken = { ...till.deps, gateway: { ...till.deps.gateway, startPayment: () => Promise.reject(new Error('power cut')) } };
    const request = { actor: buyerOf(till), number: order.number, email: 'a@b.test', locale: 'en' as const, origin: ORIGIN };
    await expect(startPayment(broken, request)).rejects.toThrow('power cut');
    const theirs = await checkout(till, await hold(till, { buyer: buyerOf(till, 1) }), buyerOf(till, 1));
    till.emulator.pay(theirs);
    for (const forged of [theirs, '', 'cs_test_forged', '..', '../../v1/refunds', '%00', '{CHECKOUT_SESSION_ID}'])
      await expect(land(till, order, forged), forged).rejects.toMatchObject({ code: 'not_found' });
    expect(await orderRow(till, order.id)).toMatchObject({ payment: 'unpaid', progress: 'held' });
  });

  it("another buyer's session, and another buyer's order", async () => {
    const till = await openTill();
    const mine = await hold(till);
    const theirs = await hold(till, { buyer: buyerOf(till, 1) });
    const session = await checkout(till, theirs, buyerOf(till, 1));
    till.emulator.pay(session);
    await expect(land(till, mine, session)).rejects.toMatchObject({ code: 'not_found' });
    await expect(land(till, theirs, session)).rejects.toMatchObject({ code: 'not_found' });
    await expect(land(till, theirs, session, till.market.manager)).rejects.toMatchObject({ code: 'not_found' });
    expect(await orderRow(till, mine.id)).toMatchObject({ payment: 'unpaid' });
    expect(await land(till, theirs, session, buyerOf(till, 1))).toBe('paid');
  });

  const WRONG: [string, Partial<GatewayPayment>][] = [
    ['a fen too little', { amount: 1 }],
    ['another currency', { currency: 'usd' }],
    ['another order', { orderNumber: 'HJ-0000-0000' }],
    ['no order', { orderNumber: null }],
    ['another attempt', { attemptId: 'x' }],
    ['the other mode', { live: true }],
  ];
  it.each(WRONG)('%s: nothing is booked, and somebody is told, once', async (_, wrong) => {
    const till = await openTill({ faults: { webhooks: { drop: true } } });
    const order = await hold(till);
    const session = await checkout(till, order);
    till.emulator.pay(session);
    const { gateway } = till.deps;
    till.deps.gateway = { ...gateway, fetchPayment: async (id) => ({ ...(await gateway.fetchPayment(id)), ...wrong }) };
    expect(await applyPayment(till.deps, session)).toEqual({ outcome: 'mismatch', orderId: order.id });
    expect(await applyPayment(till.deps, session)).toEqual({ outcome: 'mismatch', orderId: order.id });
    expect(await land(till, order, session)).toBe('unpaid');
    expect(await orderRow(till, order.id)).toMatchObject({ payment: 'unpaid', progress: 'held' });
    expect(await balancesOf(till)).toEqual({});
    expect((await auditOf(till, order.id)).filter((action) => action === 'payment.mismatch')).toHaveLength(1);
    expect(await timelineOf(till, order.id)).toContain('payment_failed');
  });

  it('a checkout of somebody else on the same account', async () => {
    const till = await openTill();
    const foreign = await till.deps.gateway.startPayment(
      {
        orderId: 'x',
        orderNumber: 'SHOP-1',
        attemptId: 'not-ours',
        amount: 100,
        currency: 'cny',
        description: 'Tea',
        email: 'a@b.test',
        locale: 'en',
        expiresAt: till.deps.time.now + 60 * MINUTE,
        successUrl: 'http://shop.test/',
        cancelUrl: 'http://shop.test/',
      },
      'shop',
    );
    till.emulator.pay(foreign.session);
    await settled(till);
    expect(await applyPayment(till.deps, foreign.session)).toEqual({ outcome: 'not_ours' });
    expect(await balancesOf(till)).toEqual({});
  });
});
