import { describe, expect, it } from 'vitest';
import { holdSlot } from '#app/modules/orders/place-order.server.ts';
import { setPaymentState } from '#app/modules/orders/record-payment.server.ts';
import { recordRefund, recordRefundFailed } from '#app/modules/orders/record-refund.server.ts';
import { listBuyerOrders } from '#app/read-models/list-buyer-orders.server.ts';
import { listCentreOrders } from '#app/read-models/list-centre-orders.server.ts';
import { formFor, shanghai } from '#tests/support/market.ts';
import { HOUR, market, refusal } from './life-market.ts';

describe('money', () => {
  it('goes back in parts that never sum to more than was paid, and may fail to arrive', async () => {
    const { deps, hold, pay, stateOf } = await market();
    const { id } = await hold();
    const refund = (refundId: string, amount: number) =>
      refusal(deps.db.write((tx) => recordRefund(tx, { orderId: id, refundId, amount, now: deps.time.now })));
    expect(await refund('r0', 1)).toBe('refund_refused'); // nothing was paid
    await pay(id);
    for (const amount of [0, -1, 1.5, Number.NaN, 68_901]) expect(await refund('r', amount)).toBe('refund_refused');
    expect(await refund('r1', 900)).toBe('no refusal');
    expect(await stateOf(id)).toMatchObject({ payment: 'part_refunded', refunded: 900 });
    expect(await refund('r2', 68_000)).toBe('no refusal');
    expect(await stateOf(id)).toMatchObject({ payment: 'refunded', refunded: 68_900 });
    const failed = (refundId: string, amount: number) =>
      deps.db.write((tx) => recordRefundFailed(tx, { orderId: id, refundId, amount, now: deps.time.now, wasRecorded: true }));
    await failed('r2', 68_000);
    await failed('r1', 900);
    expect(await stateOf(id)).toMatchObject({ payment: 'paid', refunded: 0 });
  });

  it('under way is shown, and late news of it changes nothing', async () => {
    const { deps, hold, pay, stateOf } = await market();
    const { id } = await hold();
    const set = (event: 'begin' | 'fail') => deps.db.write((tx) => setPaymentState(tx, { orderId: id, event, now: deps.time.now }));
    expect(await set('begin')).toBe(true);
    expect(await set('begin')).toBe(false);
    expect(await set('fail')).toBe(true);
    expect(await set('begin')).toBe(true);
    await pay(id);
    expect(await set('fail')).toBe(false);
    expect((await stateOf(id))?.payment).toBe('paid');
  });
});

describe('the lists', () => {
  it('page without gaps or repeats, and count what is behind each tab', async () => {
    const { deps, m, buyer, pay } = await market({ pools: [3] });
    const ids: string[] = [];
    for (let i = 0; i < 7; i++) {
      deps.time.now += i % 2; // some of the same millisecond
      ids.push((await holdSlot(deps, buyer, formFor(m.service, shanghai(`2026-11-2${4 + (i % 3)}T1${4 + Math.floor(i / 3)}:00`)))).id);
    }
    await pay(ids[0] as string);
    await pay(ids[1] as string);
    const seen: string[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await listCentreOrders(deps, m.manager, { perPage: 3, cursor });
      expect(page.counts).toMatchObject({ unpaid: 5, arriving: 2, done: 0 });
      seen.push(...page.orders.map((o) => o.id));
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
    expect(seen).toHaveLength(7);
    expect(new Set(seen)).toEqual(new Set(ids));
    expect((await listBuyerOrders(deps, buyer, { tab: 'booked' })).orders.map((o) => o.id).sort()).toEqual(ids.slice(0, 2).sort());
    expect((await listBuyerOrders(deps, buyer, { cursor: "'; drop table orders", tab: '__proto__' as never })).orders).toHaveLength(7);
  });

  it('show a centre what is most urgent first, page by it, and find by number, buyer and serial number', async () => {
    const { deps, m, buyer, other, pay } = await market({ pools: [6] });
    const days = ['30', '26', '27', '26', '25'];
    const held: { id: string; number: string }[] = [];
    for (const day of days) {
      const items = [{ name: 'Micrometer', serial: `SN_${day}%a` }];
      const sold = await holdSlot(deps, buyer, formFor(m.service, shanghai(`2026-11-${day}T09:00`), { items }));
      await pay(sold.id);
      held.push(sold);
    }
    const starts: string[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await listCentreOrders(deps, m.manager, { tab: 'arriving', perPage: 2, cursor });
      starts.push(...page.orders.map((o) => new Date(o.startAt + 8 * HOUR).toISOString().slice(8, 10)));
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
    expect(starts).toEqual(['25', '26', '26', '27', '30']);
    const found = async (words: string, actor = m.manager) => (await listCentreOrders(deps, actor, { words })).orders.map((o) => o.number);
    const first = held[0] as { number: string };
    expect(await found(` ${first.number.toLowerCase().slice(3)} `)).toEqual([first.number]);
    expect(await found('sn_30%A')).toEqual([first.number]);
    expect(await found('SN030')).toEqual([]);
    expect(await found('%')).toHaveLength(5);
    expect(await found('_%_%')).toEqual([]);
    const { buyerZh } = (await listCentreOrders(deps, m.manager)).orders[0] as { buyerZh: string };
    expect(await found(buyerZh.slice(1, 3))).toHaveLength(5);
    expect(await found("'; drop table orders")).toEqual([]);
    expect(await refusal(found(first.number, other))).toBe('not_found');
  });
});
