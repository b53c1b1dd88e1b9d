import { describe, expect, it } from 'vitest';
import { cancelOrder } from '#app/modules/orders/cancel-order.server.ts';
import { reconcile } from '#app/modules/payments/reconcile.server.ts';
import { startPayment } from '#app/modules/payments/start-payment.server.ts';
import { viewOrderMoney } from '#app/read-models/view-order-money.server.ts';
import { claim } from '#db/schema/scheduling.ts';
import {
  atGateway,
  attemptsOf,
  balancesOf,
  buyerOf,
  checkout,
  expectBalanced,
  hold,
  IMPATIENT,
  MINUTE,
  mailKinds,
  ORIGIN,
  openTill,
  orderRow,
  refundsOf,
  settled,
  sweep,
  type Till,
} from './till.ts';

const HOLD = 30 * MINUTE;
const claims = ({ deps }: Till) => deps.db.read((q) => q.select().from(claim));

describe('a hold that ends', () => {
  it('unpaid: the checkout is ended at the gateway, the slot is free', async () => {
    const till = await openTill();
    const order = await hold(till);
    const session = await checkout(till, order);
    till.deps.time.now += HOLD - 1;
    expect(await sweep(till)).toBe(0);
    expect(await orderRow(till, order.id)).toMatchObject({ progress: 'held' });
    till.deps.time.now += 1;
    expect(await sweep(till)).toBe(1);
    expect(await orderRow(till, order.id)).toMatchObject({ progress: 'expired', payment: 'unpaid' });
    expect(await attemptsOf(till, order.id)).toMatchObject([{ state: 'expired' }]);
    expect(till.emulator.pay(session)).toBe(false);
    expect(await claims(till)).toEqual([]);
  });

  it('paid a moment before, nobody has told us: the sweep asks, and the money books it', async () => {
    const till = await openTill({ faults: { webhooks: { drop: true } } });
    const order = await hold(till);
    till.emulator.pay(await checkout(till, order));
    till.deps.time.now += HOLD;
    expect(await sweep(till)).toBe(0);
    expect(await orderRow(till, order.id)).toMatchObject({ progress: 'confirmed', payment: 'paid' });
    expect(await mailKinds(till)).toEqual(['order_confirmed', 'centre_new_order']);
  });

  it('paid and expired at the same instant: exactly one of the two, as the gateway decides', async () => {
    const till = await openTill({ market: { pools: [30] } });
    for (let i = 0; i < 8; i++) {
      const order = await hold(till);
      const session = await checkout(till, order);
      till.deps.time.now += HOLD;
      // From before the sweep to after it, the buyer presses "pay" at another moment each time.
      const sweeping = sweep(till);
      for (let turn = 0; turn < i; turn++) await new Promise((resolve) => setImmediate(resolve));
      const paid = till.emulator.pay(session);
      await sweeping;
      await settled(till);
      await sweep(till);
      await settled(till);
      const { gross, ...row } = await orderRow(till, order.id);
      if (paid) {
        expect(row).toMatchObject({ progress: 'confirmed', payment: 'paid' });
        expect(await balancesOf(till, order.id)).toEqual({ gateway: gross, held_for_settlement: -gross });
      } else {
        expect(row).toMatchObject({ progress: 'expired', payment: 'unpaid' });
        expect(await balancesOf(till, order.id)).toEqual({});
      }
    }
    await expectBalanced(till);
  });

  it('with Alipay on its way: the slot waits for it a while', async () => {
    const till = await openTill();
    const order = await hold(till);
    till.emulator.pay(await checkout(till, order), 'alipay', 'later_succeed');
    till.deps.time.now += HOLD;
    expect(await sweep(till)).toBe(0);
    expect(await orderRow(till, order.id)).toMatchObject({ progress: 'held', payment: 'processing' });
    till.emulator.settle();
    await settled(till);
    expect(await orderRow(till, order.id)).toMatchObject({ progress: 'confirmed', payment: 'paid' });
  });

  it('the gateway silent: the hold waits a while, then goes; whoever paid all the same gets slot or money', async () => {
    const till = await openTill({ patience: IMPATIENT });
    const order = await hold(till);
    const session = await checkout(till, order);
    const silence = { answers: [{ kind: 'server_error' as const, times: 99 }] };
    till.emulator.faults.set(silence);
    till.deps.time.now += HOLD;
    expect(await sweep(till)).toBe(0);
    expect(await orderRow(till, order.id)).toMatchObject({ progress: 'held' });
    till.deps.time.now += 32 * MINUTE;
    expect(await sweep(till)).toBe(1);
    expect(await orderRow(till, order.id)).toMatchObject({ progress: 'expired' });
    till.emulator.faults.reset();
    expect(till.emulator.pay(session)).toBe(false); // its own time is long over
  });

  it('an attempt that never became a checkout does not hold it up', async () => {
    const till = await openTill();
    const order = await hold(till);
    const broken = { ...till.deps, gateway: { ...till.deps.gateway, startPayment: () => Promise.reject(new Error('power cut')) } };
    const request = { actor: buyerOf(till), number: order.number, email: 'a@b.test', locale: 'en' as const, origin: ORIGIN };
    await expect(startPayment(broken, request)).rejects.toThrow('power cut');
    till.deps.time.now += HOLD;
    expect(await sweep(till)).toBe(1);
    expect(await attemptsOf(till, order.id)).toMatchObject([{ state: 'expired' }]);
  });
});

describe('money that comes after the hold has ended', () => {
  /** Alipay, settled only after the slot has been given up. */
  async function lateMoney(till: Till) {
    const order = await hold(till);
    till.emulator.pay(await checkout(till, order), 'alipay', 'later_succeed');
    await settled(till);
    till.deps.time.now += 62 * MINUTE; // longer than a payment on its way is waited for
    await sweep(till);
    expect(await orderRow(till, order.id)).toMatchObject({ progress: 'expired', payment: 'processing' });
    return order;
  }
  // The emulator settles by itself after this long: later than all of the above.
  const SLOW = { asyncDelayMs: 24 * 60 * MINUTE };

  it('books the slot when it is still free', async () => {
    const till = await openTill(SLOW);
    const order = await lateMoney(till);
    till.emulator.settle();
    await settled(till);
    expect(await orderRow(till, order.id)).toMatchObject({ progress: 'confirmed', payment: 'paid', refunded: 0 });
    expect((await claims(till)).every((row) => row.holderId === order.id)).toBe(true);
    expect(await mailKinds(till)).toEqual(['order_expired', 'payment_late_booked', 'order_confirmed', 'centre_new_order']);
    expect(await refundsOf(till, order.id)).toEqual([]);
  });

  it('goes back by itself when others have the slot, and the buyer is told', async () => {
    const till = await openTill({ ...SLOW, market: { pools: [1] } });
    const order = await lateMoney(till);
    const other = await hold(till, { buyer: buyerOf(till, 1) });
    till.emulator.settle();
    await settled(till);
    await settled(till);
    const { gross } = await orderRow(till, order.id);
    expect(await refundsOf(till, order.id)).toMatchObject([{ amount: gross, reason: 'late_no_slot', state: 'pending' }]);
    till.emulator.settle();
    await settled(till);
    expect(await orderRow(till, order.id)).toMatchObject({ progress: 'expired', payment: 'refunded', refunded: gross });
    expect(await orderRow(till, other.id)).toMatchObject({ progress: 'held' });
    expect((await claims(till)).every((row) => row.holderId === other.id)).toBe(true);
    expect(await mailKinds(till)).toEqual(['order_expired', 'payment_late_refunded', 'refund_done']);
    expect(await balancesOf(till)).toEqual({});
    await expectBalanced(till);
  });

  it('goes back when the buyer had cancelled meanwhile', async () => {
    const till = await openTill({ faults: { webhooks: { drop: true } } });
    const order = await hold(till);
    till.emulator.pay(await checkout(till, order));
    await cancelOrder(till.deps, buyerOf(till), { number: order.number, shownRefund: 0 });
    till.deps.time.now += 5 * MINUTE;
    await reconcile(till.deps);
    await settled(till);
    expect(await orderRow(till, order.id)).toMatchObject({ progress: 'cancelled', payment: 'refunded' });
    expect(await balancesOf(till)).toEqual({});
  });

  it('a cancelled order leaves no page open that could still be paid', async () => {
    const till = await openTill();
    const order = await hold(till);
    const session = await checkout(till, order);
    await cancelOrder(till.deps, buyerOf(till), { number: order.number, shownRefund: 0 });
    till.deps.time.now += 5 * MINUTE;
    await reconcile(till.deps);
    expect(till.emulator.pay(session)).toBe(false);
    expect(await atGateway(till, 'checkout/sessions')).toMatchObject([{ status: 'expired' }]);
  });

  it('an order paid by two checkouts keeps one payment and gives the other back', async () => {
    const till = await openTill({ asyncDelayMs: 24 * 60 * MINUTE });
    const order = await hold(till);
    const first = await checkout(till, order);
    till.emulator.pay(first, 'alipay', 'later_succeed');
    // We hear of a failure that was none; the buyer pays again, and then the first money comes as well.
    const { gateway } = till.deps;
    till.deps.gateway = { ...gateway, fetchPayment: async (id) => ({ ...(await gateway.fetchPayment(id)), state: 'failed' }) };
    await settled(till);
    till.deps.gateway = gateway;
    const second = await checkout(till, order);
    expect(second).not.toBe(first);
    till.emulator.pay(second);
    await settled(till);
    till.emulator.settle();
    await settled(till);
    till.emulator.settle();
    await settled(till);
    const { gross } = await orderRow(till, order.id);
    expect(await orderRow(till, order.id)).toMatchObject({ progress: 'confirmed', payment: 'paid', refunded: 0 });
    expect(await refundsOf(till, order.id)).toMatchObject([{ amount: gross, reason: 'paid_twice', state: 'succeeded' }]);
    expect(await balancesOf(till, order.id)).toEqual({ gateway: gross, held_for_settlement: -gross });
    await expectBalanced(till);
    // Its page says of the one that is kept where it is, and of the other where it went.
    const seen = await viewOrderMoney(till.deps, buyerOf(till), order.id);
    expect(seen).toMatchObject({ payment: { amount: gross, method: 'card' }, refunds: [{ ofPayment: false, method: 'alipay' }] });
  });
});
