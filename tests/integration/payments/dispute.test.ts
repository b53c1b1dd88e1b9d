import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { cancelOrder, previewCancellation } from '#app/modules/orders/cancel-order.server.ts';
import { applyDispute } from '#app/modules/payments/apply-dispute.server.ts';
import { reconcile } from '#app/modules/payments/reconcile.server.ts';
import { viewOrderMoney } from '#app/read-models/view-order-money.server.ts';
import { auditLog } from '#db/schema/core.ts';
import { payout } from '#db/schema/payments.ts';
import { giveBack } from './refund-faults.ts';
import {
  atGateway,
  attemptsOf,
  auditOf,
  balancesOf,
  buyerOf,
  expectBalanced,
  MINUTE,
  mailKinds,
  openTill,
  orderRow,
  paidOrder,
  refundsOf,
  settled,
  type Till,
} from './till.ts';

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
    const asked = { orderId: order.id, state: 'pending' as const, amount: order.gross, currency: 'cny', createdAt: 0, updatedAt: 0 };
    await till.deps.db.write(async (tx) => void (await tx.insert(payout).values(asked)));
    const seen = await viewOrderMoney(till.deps, till.market.manager, order.id);
    expect(seen.payment?.payout).toEqual({ state: 'pending', amount: order.gross, at: 0 });
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

  it('is one of several: refunds wait until every one is decided, and are not made once one is lost', async () => {
    const till = await openTill();
    const order = await paidOrder(till);
    const [attempt] = await attemptsOf(till, order.id);
    const tell = (id: string, state: 'open' | 'won' | 'lost') =>
      applyDispute(till.deps, { id, state, payment: attempt?.gatewayPayment ?? '', amount: 2_000, currency: 'cny', movements: [] });
    await tell('du_1', 'open');
    await tell('du_2', 'open');
    await giveBack(till, order.id, 1_000);
    await tell('du_1', 'won');
    expect(await orderRow(till, order.id)).toMatchObject({ dispute: 'open' });
    expect(await refundsOf(till, order.id)).toMatchObject([{ state: 'waiting' }]);
    await tell('du_2', 'won');
    await settled(till);
    expect(await refundsOf(till, order.id)).toMatchObject([{ state: 'succeeded', amount: 1_000 }]);

    await tell('du_3', 'open');
    expect(await orderRow(till, order.id)).toMatchObject({ dispute: 'open' });
    await giveBack(till, order.id, 500);
    await tell('du_3', 'lost');
    await settled(till);
    expect(new Map((await refundsOf(till, order.id)).map(({ amount, state }) => [amount, state]))).toEqual(
      new Map([
        [1_000, 'succeeded'],
        [500, 'void'],
      ]),
    );
    await expect(giveBack(till, order.id, 1)).rejects.toMatchObject({ code: 'refund_refused' });
    await tell('du_1', 'open');
    expect(await orderRow(till, order.id)).toMatchObject({ dispute: 'lost' });
  });
});
