import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cancelOrder, previewCancellation } from '#app/modules/orders/cancel-order.server.ts';
import { reconcile } from '#app/modules/payments/reconcile.server.ts';
import { sendRefund } from '#app/modules/payments/send-refund.server.ts';
import { fault, giveBack } from './refund-faults.ts';
import {
  atGateway,
  balancesOf,
  buyerOf,
  emulatorFolder,
  expectBalanced,
  IMPATIENT,
  MINUTE,
  mailKinds,
  openTill,
  orderRow,
  paidOrder,
  refundsOf,
  settled,
  type Till,
  work,
} from './till.ts';

describe('a refund', () => {
  it('follows a cancellation, to the fen, and all books agree', async () => {
    const till = await openTill();
    const order = await paidOrder(till);
    const { refund: shownRefund } = await previewCancellation(till.deps, buyerOf(till), order.number);
    expect(shownRefund).toBe(order.gross);
    await cancelOrder(till.deps, buyerOf(till), { number: order.number, shownRefund });
    await settled(till);
    expect(await orderRow(till, order.id)).toMatchObject({ progress: 'cancelled', payment: 'refunded', refunded: order.gross });
    expect(await balancesOf(till)).toEqual({});
    expect((await mailKinds(till)).slice(2)).toEqual(['order_cancelled', 'centre_order_cancelled', 'refund_done']);
    expect(await atGateway(till, 'refunds')).toMatchObject([{ amount: order.gross, status: 'succeeded' }]);
    await expectBalanced(till);
  });

  it('of a late cancellation is the part the policy gives back, rounded to the fen', async () => {
    const till = await openTill({ market: { service: { unitNet: 33_333, cancelPolicy: { fullHours: 24 * 30, lateBasisPoints: 3_333 } } } });
    const order = await paidOrder(till);
    const { refund: shownRefund } = await previewCancellation(till.deps, buyerOf(till), order.number);
    await cancelOrder(till.deps, buyerOf(till), { number: order.number, shownRefund });
    await settled(till);
    expect(shownRefund).toBe(Math.round(order.gross * 0.3333));
    expect(await orderRow(till, order.id)).toMatchObject({ payment: 'part_refunded', refunded: shownRefund });
    expect(await balancesOf(till)).toEqual({ gateway: order.gross - shownRefund, held_for_settlement: shownRefund - order.gross });
  });

  it.each([0, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('of %s is refused', async (amount) => {
    const till = await openTill();
    const order = await paidOrder(till);
    await expect(giveBack(till, order.id, amount)).rejects.toMatchObject({ code: 'refund_refused' });
    await settled(till);
    expect(await refundsOf(till, order.id)).toEqual([]);
    expect(await atGateway(till, 'refunds')).toEqual([]);
  });

  it('of more than was paid is refused, also in parts and also before the parts have left', async () => {
    const till = await openTill();
    const order = await paidOrder(till);
    await expect(giveBack(till, order.id, order.gross + 1)).rejects.toMatchObject({ code: 'refund_refused' });
    await giveBack(till, order.id, order.gross - 1);
    await expect(giveBack(till, order.id, 2)).rejects.toMatchObject({ code: 'refund_refused' });
    await giveBack(till, order.id, 1);
    await expect(giveBack(till, order.id, 1)).rejects.toMatchObject({ code: 'refund_refused' });
    await settled(till);
    expect(await orderRow(till, order.id)).toMatchObject({ payment: 'refunded', refunded: order.gross });
  });

  it('of an order nobody paid is refused', async () => {
    const till = await openTill();
    await expect(giveBack(till, 'none', 1)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('asked for twice at once goes back once', async () => {
    const till = await openTill();
    const order = await paidOrder(till);
    const all = await Promise.allSettled(Array.from({ length: 5 }, () => giveBack(till, order.id, order.gross)));
    expect(all.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    const same = await paidOrder(till, { buyer: buyerOf(till, 1) });
    await Promise.all(Array.from({ length: 5 }, () => giveBack(till, same.id, 100, 'one-name')));
    await Promise.all([settled(till), settled(till)]);
    expect((await atGateway(till, 'refunds')).map((one) => one.amount).sort()).toEqual([100, order.gross].sort());
    await expectBalanced(till);
  });

  it('in parts of any size sums exactly, down to 1 fen', async () => {
    const till = await openTill({ market: { pools: [40] } });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 40_000 }), { minLength: 1, maxLength: 6 }), async (parts) => {
        const order = await paidOrder(till);
        let left = order.gross;
        for (const part of [...parts, 1]) {
          const asked = giveBack(till, order.id, part);
          if (part > left) await expect(asked).rejects.toMatchObject({ code: 'refund_refused' });
          else {
            await asked;
            left -= part;
          }
        }
        await settled(till);
        const row = await orderRow(till, order.id);
        expect(row.refunded).toBe(order.gross - left);
        expect(row.payment).toBe(left === 0 ? 'refunded' : 'part_refunded');
        expect(await balancesOf(till, order.id)).toEqual(left === 0 ? {} : { gateway: left, held_for_settlement: -left });
        await expectBalanced(till);
      }),
      { numRuns: 8 },
    );
  });
});

describe('a refund whose answer is lost', () => {
  it.each(['timeout', 'disconnect', 'error_after', 'server_error', 'html', 'bare_404', 'bare_500', 'rate_limit'] as const)(
    '%s: exactly one effect',
    async (kind) => {
      const till = await openTill({ patience: IMPATIENT });
      const order = await paidOrder(till);
      await giveBack(till, order.id, 1_000);
      till.emulator.faults.set(fault(kind));
      for (let i = 0; i < 4; i++) {
        await work(till);
        till.deps.time.now += 10_000;
      }
      await settled(till);
      expect(await refundsOf(till, order.id)).toMatchObject([{ state: 'succeeded', amount: 1_000 }]);
      expect(await atGateway(till, 'refunds')).toHaveLength(1);
      expect(await orderRow(till, order.id)).toMatchObject({ refunded: 1_000, payment: 'part_refunded' });
      await expectBalanced(till);
    },
  );

  it('a crash after the gateway acted: found again by its name, also when the key is long forgotten', async () => {
    const till = await openTill({ faults: { webhooks: { drop: true } } });
    const order = await paidOrderQuietly(till);
    await giveBack(till, order.id, 1_000, 'r1');
    const { gateway } = till.deps;
    const broken = {
      ...till.deps,
      gateway: {
        ...gateway,
        refund: async (...of: Parameters<typeof gateway.refund>) => {
          await gateway.refund(...of);
          throw new Error('power cut');
        },
      },
    };
    await expect(sendRefund(broken, 'r1')).rejects.toThrow('power cut');
    expect(await refundsOf(till, order.id)).toMatchObject([{ state: 'starting', gatewayRefund: null }]);
    till.deps.time.now += 3 * 24 * 60 * MINUTE;
    await reconcile(till.deps);
    await settled(till);
    expect(await atGateway(till, 'refunds')).toHaveLength(1);
    expect(await refundsOf(till, order.id)).toMatchObject([{ state: 'succeeded' }]);
    expect(await orderRow(till, order.id)).toMatchObject({ refunded: 1_000 });
  });

  it('a restart of the gateway in between', async () => {
    const till = await openTill({ patience: IMPATIENT, folder: emulatorFolder() });
    const order = await paidOrder(till, { method: 'alipay' });
    await giveBack(till, order.id, 1_000);
    await till.stopEmulator();
    await work(till);
    expect(await refundsOf(till, order.id)).toMatchObject([{ state: 'starting' }]);
    await till.restartEmulator();
    till.deps.time.now += 10_000;
    await settled(till);
    expect(await refundsOf(till, order.id)).toMatchObject([{ state: 'pending' }]);
    await till.stopEmulator();
    await till.restartEmulator();
    till.deps.time.now += 5 * MINUTE;
    till.emulator.settle();
    await settled(till);
    expect(await refundsOf(till, order.id)).toMatchObject([{ state: 'succeeded' }]);
    expect(await atGateway(till, 'refunds')).toHaveLength(1);
  });

  const paidOrderQuietly = async (till: Till) => {
    till.emulator.faults.reset();
    const order = await paidOrder(till);
    till.emulator.faults.set({ webhooks: { drop: true } });
    return order;
  };
});
