import { describe, expect, it } from 'vitest';
import { cancelOrder } from '#app/modules/orders/cancel-order.server.ts';
import { reconcile } from '#app/modules/payments/reconcile.server.ts';
import { startPayment } from '#app/modules/payments/start-payment.server.ts';
import {
  atGateway,
  attemptsOf,
  balancesOf,
  buyerOf,
  checkout,
  hold,
  IMPATIENT,
  MINUTE,
  ORIGIN,
  openTill,
  orderRow,
  paidOrder,
  press,
  sessionOf,
  settled,
} from './till.ts';

const START = '/v1/checkout/sessions';
type Kind = 'timeout' | 'disconnect' | 'error_after' | 'server_error' | 'html' | 'bare_404' | 'bare_500' | 'rate_limit';
const fault = (kind: Kind) => ({ answers: [{ kind, method: 'POST' as const, path: START }] });

describe('starting to pay', () => {
  it('sends the buyer to a page that names the order and asks for its price', async () => {
    const till = await openTill();
    const order = await hold(till);
    const { gross } = await orderRow(till, order.id);
    const url = await press(till, order);
    const [session] = await atGateway(till, 'checkout/sessions');
    expect(session).toMatchObject({
      url,
      client_reference_id: order.number,
      amount_total: gross,
      currency: 'cny',
      locale: 'zh',
      livemode: false,
      success_url: `${ORIGIN}/orders/${order.number}/paid?session_id={CHECKOUT_SESSION_ID}`,
    });
    expect(await attemptsOf(till, order.id)).toMatchObject([
      { state: 'open', attempt: 1, idempotencyKey: `checkout:${order.id}:1`, gatewaySession: session?.id, amount: gross },
    ]);
    // Nothing is paid by opening a page.
    expect(await orderRow(till, order.id)).toMatchObject({ progress: 'held', payment: 'unpaid' });
  });

  it('gives two tabs the same checkout, one after the other and at once', async () => {
    const till = await openTill({ faults: { latencyMs: 20 } });
    const order = await hold(till);
    const urls = await Promise.all([press(till, order), press(till, order), press(till, order)]);
    urls.push(await press(till, order));
    expect(new Set(urls).size).toBe(1);
    expect(await atGateway(till, 'checkout/sessions')).toHaveLength(1);
    expect(await attemptsOf(till, order.id)).toHaveLength(1);
  });

  it('knows no orders of others, be it another buyer or the centre', async () => {
    const till = await openTill();
    const order = await hold(till);
    for (const actor of [buyerOf(till, 1), till.market.manager])
      await expect(press(till, order, actor)).rejects.toMatchObject({ code: 'not_found' });
    await expect(press(till, { number: 'HJ-0000-0000' })).rejects.toMatchObject({ code: 'not_found' });
    expect(await attemptsOf(till, order.id)).toEqual([]);
  });

  it('refuses once the hold has ended, was cancelled, or a payment is on its way; a paid order needs no page', async () => {
    const till = await openTill();
    const cancelled = await hold(till);
    await cancelOrder(till.deps, buyerOf(till), { number: cancelled.number, shownRefund: 0 });
    await expect(press(till, cancelled)).rejects.toMatchObject({ code: 'transition_refused' });

    const paid = await paidOrder(till);
    const again = { actor: buyerOf(till), number: paid.number, email: 'a@b.test', locale: 'en' as const, origin: ORIGIN };
    expect(await startPayment(till.deps, again)).toEqual({ paid: true });

    const underWay = await hold(till, { buyer: buyerOf(till, 1) });
    till.emulator.pay(await checkout(till, underWay, buyerOf(till, 1)), 'alipay', 'later_succeed');
    await settled(till);
    await expect(press(till, underWay, buyerOf(till, 1))).rejects.toMatchObject({ code: 'payment_in_progress' });
    expect(await orderRow(till, underWay.id)).toMatchObject({ payment: 'processing', progress: 'held' });

    const late = await hold(till, { buyer: buyerOf(till, 2), startAt: (await orderRow(till, paid.id)).startAt + 4 * 60 * MINUTE });
    till.deps.time.now += 30 * MINUTE;
    await expect(press(till, late, buyerOf(till, 2))).rejects.toMatchObject({ code: 'hold_expired' });
    expect(await attemptsOf(till, late.id)).toEqual([]);
  });

  it('survives a declined card: the same page takes the next one', async () => {
    const till = await openTill();
    const order = await hold(till);
    const session = await checkout(till, order);
    till.emulator.pay(session, 'card', 'decline');
    await settled(till);
    expect(await orderRow(till, order.id)).toMatchObject({ progress: 'held', payment: 'unpaid' });
    expect(await checkout(till, order)).toBe(session);
    till.emulator.pay(session, 'card', 'succeed');
    await settled(till);
    expect(await orderRow(till, order.id)).toMatchObject({ progress: 'confirmed', payment: 'paid' });
  });

  it('lets a buyer try again whose Alipay payment came to nothing', async () => {
    const till = await openTill();
    const order = await hold(till);
    const first = await checkout(till, order);
    till.emulator.pay(first, 'alipay', 'later_fail');
    await settled(till);
    till.emulator.settle();
    await settled(till);
    expect(await orderRow(till, order.id)).toMatchObject({ payment: 'unpaid', progress: 'held' });
    const second = await checkout(till, order);
    expect(second).not.toBe(first);
    till.emulator.pay(second, 'alipay', 'later_succeed');
    till.emulator.settle();
    await settled(till);
    expect((await attemptsOf(till, order.id)).map((attempt) => [attempt.state, attempt.method])).toEqual([
      ['failed', 'alipay'],
      ['paid', 'alipay'],
    ]);
  });
});

describe('a gateway that does not answer', () => {
  it.each(['server_error', 'html', 'bare_404', 'bare_500', 'rate_limit', 'timeout', 'error_after'] as const)(
    '%s: the hold is kept, and the next try ends in a checkout that can be paid',
    async (kind) => {
      const till = await openTill({ patience: IMPATIENT });
      const order = await hold(till);
      till.emulator.faults.set(fault(kind));
      await expect(press(till, order)).rejects.toMatchObject({ code: 'payment_unavailable' });
      expect(await orderRow(till, order.id)).toMatchObject({ progress: 'held', payment: 'unpaid' });
      till.emulator.faults.reset();
      const url = await press(till, order);
      till.emulator.pay(sessionOf(url));
      await settled(till);
      expect(await orderRow(till, order.id)).toMatchObject({ progress: 'confirmed', payment: 'paid' });
      expect(await attemptsOf(till, order.id)).toHaveLength(kind === 'error_after' ? 2 : 1);
      // A session made behind a 500 is known to nobody; all others were one and the same.
      expect(await atGateway(till, 'checkout/sessions')).toHaveLength(kind === 'error_after' ? 2 : 1);
    },
  );

  it('a line cut after the deed is asked again under the same key, and nobody notices', async () => {
    const till = await openTill({ patience: IMPATIENT });
    const order = await hold(till);
    till.emulator.faults.set(fault('disconnect'));
    await press(till, order);
    expect(await atGateway(till, 'checkout/sessions')).toHaveLength(1);
  });

  it('answers at once when nothing listens there', async () => {
    const till = await openTill({ patience: IMPATIENT });
    const order = await hold(till);
    await till.stopEmulator();
    await expect(press(till, order)).rejects.toMatchObject({ code: 'payment_unavailable' });
    await till.restartEmulator();
    expect(await press(till, order)).toContain('/c/pay/');
  });

  it('asks again with what was stored, whatever the second request says', async () => {
    const till = await openTill({ patience: IMPATIENT });
    const order = await hold(till);
    till.emulator.faults.set(fault('timeout'));
    await expect(press(till, order)).rejects.toMatchObject({ code: 'payment_unavailable' });
    till.emulator.faults.reset();
    // Other words, another address, a little later: under one key the gateway would refuse other parameters.
    till.deps.time.now += MINUTE;
    const second = { actor: buyerOf(till), number: order.number, email: 'other@example.test', locale: 'en' as const, origin: ORIGIN };
    const started = await startPayment(till.deps, second);
    expect(started).toHaveProperty('url');
    expect(await atGateway(till, 'checkout/sessions')).toHaveLength(1);
    expect(await attemptsOf(till, order.id)).toHaveLength(1);
  });
});

describe('a crash while starting', () => {
  it('before the gateway was called: pressing again starts it', async () => {
    const till = await openTill();
    const order = await hold(till);
    const broken = { ...till.deps, gateway: { ...till.deps.gateway, startPayment: () => Promise.reject(new Error('power cut')) } };
    await expect(
      startPayment(broken, { actor: buyerOf(till), number: order.number, email: 'a@b.test', locale: 'en', origin: ORIGIN }),
    ).rejects.toThrow('power cut');
    expect(await attemptsOf(till, order.id)).toMatchObject([{ state: 'starting', gatewaySession: null }]);
    await press(till, order);
    expect(await attemptsOf(till, order.id)).toMatchObject([{ state: 'open' }]);
  });

  it('after the gateway made the session, before we wrote it down: the reconciliation finds the same one', async () => {
    const till = await openTill();
    const order = await hold(till);
    let made = '';
    const broken = {
      ...till.deps,
      gateway: {
        ...till.deps.gateway,
        startPayment: async (...of: Parameters<typeof till.deps.gateway.startPayment>) => {
          made = (await till.deps.gateway.startPayment(...of)).session;
          throw new Error('power cut');
        },
      },
    };
    await expect(
      startPayment(broken, { actor: buyerOf(till), number: order.number, email: 'a@b.test', locale: 'en', origin: ORIGIN }),
    ).rejects.toThrow('power cut');
    till.deps.time.now += 5 * MINUTE;
    expect(await reconcile(till.deps)).toBe(0);
    expect(await attemptsOf(till, order.id)).toMatchObject([{ state: 'open', gatewaySession: made }]);
    expect(await checkout(till, order)).toBe(made);
    expect(await atGateway(till, 'checkout/sessions')).toHaveLength(1);
  });

  it('a hold that ends while the gateway is slow ends the checkout too', async () => {
    const till = await openTill();
    const order = await hold(till);
    const slow = {
      ...till.deps,
      gateway: {
        ...till.deps.gateway,
        startPayment: async (...of: Parameters<typeof till.deps.gateway.startPayment>) => {
          const payment = await till.deps.gateway.startPayment(...of);
          till.deps.time.now += 31 * MINUTE;
          return payment;
        },
      },
    };
    const request = { actor: buyerOf(till), number: order.number, email: 'a@b.test', locale: 'en' as const, origin: ORIGIN };
    await expect(startPayment(slow, request)).rejects.toMatchObject({ code: 'hold_expired' });
    expect(await atGateway(till, 'checkout/sessions')).toMatchObject([{ status: 'expired' }]);
    expect(await attemptsOf(till, order.id)).toMatchObject([{ state: 'expired' }]);
    expect(await balancesOf(till)).toEqual({});
  });
});
