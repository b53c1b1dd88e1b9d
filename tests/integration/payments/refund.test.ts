import { rmSync } from 'node:fs';
import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { enqueue } from '#app/core/outbox.server.ts';
import { rememberPayments } from '#app/development/remember-payments.server.ts';
import { cancelOrder, previewCancellation } from '#app/modules/orders/cancel-order.server.ts';
import { listPayments } from '#app/modules/payments/list-payments.server.ts';
import { reconcile } from '#app/modules/payments/reconcile.server.ts';
import { refundOrder } from '#app/modules/payments/refund-order.server.ts';
import { retryRefund } from '#app/modules/payments/retry-refund.server.ts';
import { sendRefund } from '#app/modules/payments/send-refund.server.ts';
import { viewOrderMoney } from '#app/modules/payments/view-order-money.server.ts';
import { auditLog } from '#db/schema/core.ts';
import { orders } from '#db/schema/orders.ts';
import {
  atGateway,
  auditOf,
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
  refundByHand,
  refundsOf,
  settled,
  type Till,
  work,
} from './till.ts';

const giveBack = (till: Till, orderId: string, amount: number, id: string = crypto.randomUUID()) =>
  refundOrder(till.deps, { id, orderId, amount, reason: 'test' });

const REFUNDS = '/v1/refunds';
const fault = (kind: 'timeout' | 'disconnect' | 'error_after' | 'server_error' | 'html' | 'bare_404' | 'bare_500' | 'rate_limit') => ({
  answers: [{ kind, method: 'POST' as const, path: REFUNDS }],
});

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

describe('a refund that takes its time', () => {
  it('Alipay: pending, owed in the ledger, done when the gateway says so', async () => {
    const till = await openTill();
    const order = await paidOrder(till, { method: 'alipay' });
    await giveBack(till, order.id, 1_000);
    await settled(till);
    expect(await refundsOf(till, order.id)).toMatchObject([{ state: 'pending' }]);
    expect(await orderRow(till, order.id)).toMatchObject({ payment: 'paid', refunded: 0 });
    expect(await balancesOf(till)).toEqual({ gateway: order.gross, held_for_settlement: 1_000 - order.gross, refund_payable: -1_000 });
    till.emulator.settle();
    await settled(till);
    expect(await orderRow(till, order.id)).toMatchObject({ payment: 'part_refunded', refunded: 1_000 });
    expect(await balancesOf(till)).toEqual({ gateway: order.gross - 1_000, held_for_settlement: 1_000 - order.gross });
    expect((await mailKinds(till)).slice(2)).toEqual(['refund_done']);
  });

  it('without a webhook, the reconciliation asks', async () => {
    const till = await openTill();
    const order = await paidOrder(till, { method: 'alipay' });
    await giveBack(till, order.id, 1_000);
    await settled(till);
    till.emulator.faults.set({ webhooks: { drop: true } });
    till.emulator.settle();
    till.deps.time.now += 5 * MINUTE;
    expect(await reconcile(till.deps)).toBe(0);
    expect(await refundsOf(till, order.id)).toMatchObject([{ state: 'succeeded' }]);
  });

  it.each(['card', 'alipay'] as const)('%s, failing later: nothing is lost, it is seen and can be tried again, once', async (method) => {
    const till = await openTill();
    const order = await paidOrder(till, { method });
    till.emulator.faults.set({ refunds: 'fail' });
    await giveBack(till, order.id, 1_000);
    await settled(till);
    expect((await orderRow(till, order.id)).refunded).toBe(method === 'card' ? 1_000 : 0);
    till.emulator.settle();
    await settled(till);
    expect(await orderRow(till, order.id)).toMatchObject({ payment: 'paid', refunded: 0 });
    expect(await balancesOf(till)).toEqual({ gateway: order.gross, held_for_settlement: -order.gross });
    expect(await mailKinds(till)).toContain('refund_failed');
    const [failed] = (await viewOrderMoney(till.deps, buyerOf(till), order.id)).refunds;
    expect(failed).toMatchObject({ state: 'failed', retryable: true, amount: 1_000 });

    till.emulator.faults.reset();
    const again = { actor: buyerOf(till), number: order.number, refundId: failed?.id ?? '' };
    await Promise.all([retryRefund(till.deps, again), retryRefund(till.deps, again), retryRefund(till.deps, again)]);
    await settled(till);
    till.emulator.settle();
    await settled(till);
    expect(await orderRow(till, order.id)).toMatchObject({ payment: 'part_refunded', refunded: 1_000 });
    const { refunds } = await viewOrderMoney(till.deps, buyerOf(till), order.id);
    expect(await viewOrderMoney(till.deps, till.market.manager, order.id)).toMatchObject({ refunds });
    expect(await viewOrderMoney(till.deps, buyerOf(till, 1), order.id)).toEqual({ payment: null, refunds: [] });
    expect(refunds).toMatchObject([
      { state: 'failed', retryable: false },
      { state: 'succeeded', retryable: false },
    ]);
    await expectBalanced(till);
  });

  it('refused by the gateway: seen, told, tried again under a key of its own', async () => {
    const till = await openTill();
    const order = await paidOrder(till);
    till.emulator.faults.set({ refunds: 'refuse' });
    await giveBack(till, order.id, order.gross);
    await settled(till);
    const [refused] = await refundsOf(till, order.id);
    expect(refused).toMatchObject({ state: 'failed', failure: 'balance_insufficient' });
    expect(await orderRow(till, order.id)).toMatchObject({ payment: 'paid', refunded: 0 });
    expect(await mailKinds(till)).toContain('refund_failed');
    till.emulator.faults.reset();
    const number = order.number;
    await expect(retryRefund(till.deps, { actor: buyerOf(till, 1), number, refundId: refused?.id ?? '' })).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(retryRefund(till.deps, { actor: till.market.manager, number, refundId: 'none' })).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(retryRefund(till.deps, { actor: till.market.technician, number, refundId: refused?.id ?? '' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await retryRefund(till.deps, { actor: till.market.manager, number, refundId: refused?.id ?? '' });
    await settled(till);
    expect(await orderRow(till, order.id)).toMatchObject({ payment: 'refunded', refunded: order.gross });
    await expectBalanced(till);
  });

  it('made by hand at the gateway: its row is made here', async () => {
    const till = await openTill();
    const order = await paidOrder(till);
    const [intent] = await atGateway(till, 'payment_intents');
    await refundByHand(till, intent?.id ?? '', 2_500);
    await settled(till);
    expect(await refundsOf(till, order.id)).toMatchObject([{ amount: 2_500, reason: 'made_at_gateway', state: 'succeeded' }]);
    expect(await orderRow(till, order.id)).toMatchObject({ payment: 'part_refunded', refunded: 2_500 });
    await expect(giveBack(till, order.id, order.gross)).rejects.toMatchObject({ code: 'refund_refused' });
  });

  it('works at a simulated gateway that was emptied and told again', async () => {
    const folder = emulatorFolder();
    const till = await openTill({ folder });
    const order = await paidOrder(till);
    await giveBack(till, order.id, 1_000);
    await settled(till);
    await till.stopEmulator();
    rmSync(folder, { recursive: true });
    const known = await listPayments(till.deps);
    expect(rememberPayments(known, folder)).toBe(1);
    expect(rememberPayments(known, folder)).toBe(0);
    await till.restartEmulator();
    const [intent] = await atGateway(till, 'payment_intents');
    await expect(
      till.deps.gateway.refund({ refundId: 'x', orderId: 'x', payment: intent?.id ?? '', amount: order.gross }, 'x'),
    ).rejects.toMatchObject({
      kind: 'refused',
    });
    await giveBack(till, order.id, order.gross - 1_000);
    await settled(till);
    expect(await orderRow(till, order.id)).toMatchObject({ payment: 'refunded', refunded: order.gross });
    await expectBalanced(till);
  });

  it('asked for by an effect that cannot be made is written down and not tried for ever', async () => {
    const till = await openTill();
    const order = await paidOrder(till);
    const payload = { orderId: order.id, amount: order.gross + 1, reason: 'cancelled_by_buyer' };
    await till.deps.db.write((tx) => enqueue(tx, { topic: 'refund', payload }, till.deps.time.now));
    expect(await work(till)).toBe(1);
    expect(await auditOf(till, order.id)).toContain('refund.impossible');
    expect(await refundsOf(till, order.id)).toEqual([]);
  });
});

describe('a dispute', () => {
  const charge = async (till: Till) => (await atGateway(till, 'charges'))[0]?.id ?? '';

  const dispute = async (till: Till) => till.emulator.openDispute(await charge(till)).id;
  const movedAtStripe = async (till: Till) =>
    (await atGateway(till, 'balance_transactions')).reduce((sum, movement) => sum + Number(movement.amount), 0);

  it('a refund asked for while it is open waits; won, it is sent', async () => {
    const till = await openTill();
    const order = await paidOrder(till);
    const id = await dispute(till);
    await settled(till);
    expect(await orderRow(till, order.id)).toMatchObject({ dispute: 'open', payout: 'none' });
    expect(await balancesOf(till, order.id)).toEqual({ receivable: order.gross, held_for_settlement: -order.gross });
    expect(await previewCancellation(till.deps, buyerOf(till), order.number)).toEqual({ refund: order.gross, why: 'disputed' });
    await cancelOrder(till.deps, buyerOf(till), { number: order.number, shownRefund: order.gross });
    await settled(till);
    expect(await refundsOf(till, order.id)).toMatchObject([{ state: 'waiting', amount: order.gross }]);
    await expect(giveBack(till, order.id, 1)).rejects.toMatchObject({ code: 'refund_refused' });
    till.emulator.closeDispute(id, 'won');
    await settled(till);
    expect(await orderRow(till, order.id)).toMatchObject({ dispute: 'won', payment: 'refunded', refunded: order.gross });
    expect(await refundsOf(till, order.id)).toMatchObject([{ state: 'succeeded' }]);
    expect((await mailKinds(till)).filter((kind) => kind.startsWith('refund'))).toEqual(['refund_done']);
    expect(await balancesOf(till, order.id)).toEqual({});
    expect(await movedAtStripe(till)).toBe(0);
    await expectBalanced(till);
  });

  it('lost: what waited is void, nothing more is promised, and the money is no longer held for the centre', async () => {
    const till = await openTill();
    const order = await paidOrder(till);
    const id = await dispute(till);
    await settled(till);
    await giveBack(till, order.id, 1_000);
    till.emulator.closeDispute(id, 'lost');
    await settled(till);
    expect(await refundsOf(till, order.id)).toMatchObject([{ state: 'void', amount: 1_000 }]);
    expect(await balancesOf(till, order.id)).toEqual({});
    expect(await previewCancellation(till.deps, buyerOf(till), order.number)).toEqual({ refund: 0, why: 'charged_back' });
    await expect(giveBack(till, order.id, 1)).rejects.toMatchObject({ code: 'refund_refused' });
    expect(await atGateway(till, 'refunds')).toEqual([]);
    await expectBalanced(till);
  });

  it('stands in the daily comparison as booked, also when nobody has told of it', async () => {
    const till = await openTill();
    const order = await paidOrder(till);
    till.emulator.faults.set({ webhooks: { drop: true } });
    const id = await dispute(till);
    till.emulator.closeDispute(id, 'lost');
    till.deps.gateway = { ...till.deps.gateway, listSince: async () => [] };
    till.deps.time.now += 25 * 60 * MINUTE;
    await reconcile(till.deps);
    expect(await orderRow(till, order.id)).toMatchObject({ dispute: 'lost' });
    const differing = await till.deps.db.read((q) => q.select().from(auditLog).where(eq(auditLog.chain, 'ledger')));
    expect(differing).toEqual([]);
    await expectBalanced(till);
  });

  it('blocks a payout that was pending, and keeps it blocked when lost', async () => {
    const till = await openTill();
    const order = await paidOrder(till);
    await till.deps.db.write((tx) => tx.update(orders).set({ payout: 'pending' }));
    const dispute = till.emulator.openDispute(await charge(till));
    await settled(till);
    expect(await orderRow(till, order.id)).toMatchObject({ dispute: 'open', payout: 'blocked' });
    till.emulator.closeDispute(dispute.id, 'lost');
    await settled(till);
    expect(await orderRow(till, order.id)).toMatchObject({ dispute: 'lost', payout: 'blocked' });
  });

  it('told in the wrong order, and twice, ends the same', async () => {
    const till = await openTill({ faults: { webhooks: { delayMs: 1_000, duplicate: 2 } } });
    till.emulator.faults.reset();
    const order = await paidOrder(till);
    till.emulator.faults.set({ webhooks: { delayMs: 1_000, duplicate: 2 } });
    const dispute = till.emulator.openDispute(await charge(till));
    till.emulator.faults.reset();
    till.emulator.closeDispute(dispute.id, 'won');
    await settled(till);
    till.deps.time.now += 1_000;
    await settled(till);
    expect(await orderRow(till, order.id)).toMatchObject({ dispute: 'won' });
    expect((await auditOf(till, order.id)).filter((action) => action.startsWith('dispute.'))).toEqual(['dispute.won']);
  });
});
