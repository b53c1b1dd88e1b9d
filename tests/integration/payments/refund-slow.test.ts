import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { enqueue } from '#app/core/outbox.server.ts';
import { rememberPayments } from '#app/development/remember-payments.server.ts';
import { listPayments } from '#app/modules/payments/list-payments.server.ts';
import { reconcile } from '#app/modules/payments/reconcile.server.ts';
import { retryRefund } from '#app/modules/payments/retry-refund.server.ts';
import { viewOrderMoney } from '#app/read-models/view-order-money.server.ts';
import { giveBack } from './refund-faults.ts';
import {
  atGateway,
  auditOf,
  balancesOf,
  buyerOf,
  emulatorFolder,
  expectBalanced,
  MINUTE,
  mailKinds,
  openTill,
  orderRow,
  paidOrder,
  refundByHand,
  refundsOf,
  settled,
  work,
} from './till.ts';

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
    expect(await rememberPayments(known, folder)).toBe(1);
    expect(await rememberPayments(known, folder)).toBe(0);
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
