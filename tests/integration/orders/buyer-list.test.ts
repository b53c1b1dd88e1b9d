import { describe, expect, it } from 'vitest';
import { cancelOrder, previewCancellation } from '#app/modules/orders/cancel-order.server.ts';
import { holdSlot } from '#app/modules/orders/place-order.server.ts';
import { exportBuyerOrders } from '#app/read-models/export-buyer-orders.server.ts';
import { listBuyerOrders, type OrderListQuestion } from '#app/read-models/list-buyer-orders.server.ts';
import { formFor, shanghai } from '#tests/support/market.ts';
import { HOUR, market, refusal } from './life-market.ts';

/** Eight orders, their words with a sign that no order's number has; an hour between two of them; the first two paid, the last given up. */
async function eightOrders() {
  const all = await market({ pools: [4] });
  const { deps, m, buyer, pay } = all;
  const sold: { id: string; number: string; at: number }[] = [];
  for (let i = 0; i < 8; i++) {
    const items = [{ name: i % 2 ? '外径千分尺' : '精密压力表', maker: 'Wika', model: `M_${i}`, serial: `SN_0${i}%A` }];
    const start = shanghai(`2026-11-2${4 + (i % 2)}T14:00`);
    const { id, number } = await holdSlot(deps, buyer, formFor(m.service, start, { items, purchaseOrder: `PO #20${i}` }));
    sold.push({ id, number, at: deps.time.now });
    if (i < 2) await pay(id);
    if (i === 7) {
      const refund = await previewCancellation(deps, buyer, number);
      await cancelOrder(deps, buyer, { number, reason: '', shownRefund: refund.refund });
    }
    deps.time.now += 60_000;
  }
  const numbers = async (question: OrderListQuestion) => (await listBuyerOrders(deps, buyer, question)).orders.map((o) => o.number);
  return { ...all, sold, numbers };
}

describe('a buyer’s list', () => {
  it('finds by every part of an order, word by word, and nothing of anybody else’s', async () => {
    const { deps, m, other, sold, numbers } = await eightOrders();
    const third = sold[3]!.number;
    const bare = third.replaceAll('-', '').toLowerCase();
    for (const words of [third, bare, ` ${third.slice(3)} `, 'sn_03%a', 'ＳＮ＿０３％ａ', 'm_3', 'po #203', '千分尺 SN_03'])
      expect(await numbers({ words }), words).toEqual([third]);
    expect(await numbers({ words: '千分尺' })).toHaveLength(4);
    expect(await numbers({ words: 'WIKA' })).toHaveLength(8);
    expect(await numbers({ words: m.service.nameZh.slice(0, 2) })).toHaveLength(8);
    for (const words of ['SN003', '千分尺 SN_02', "'; drop table orders", '_%_%', '\u0000\ud800 x'])
      expect(await numbers({ words }), words).toEqual([]);
    expect((await listBuyerOrders(deps, other, { words: third })).orders).toEqual([]);
    expect(await refusal(listBuyerOrders(deps, m.manager))).toBe('not_found');
    expect(await refusal(exportBuyerOrders(deps, m.manager, {}))).toBe('not_found');
  });

  it('counts and sums under each tab what the words and days leave, and pages through the same', async () => {
    const { deps, buyer, sold } = await eightOrders();
    const gross = (await listBuyerOrders(deps, buyer)).orders[0]!.gross;
    const from = sold[1]!.at;
    const until = sold[7]!.at + 1;
    for (const words of [undefined, 'wika', 'PO #20']) {
      const question = { words, from, until };
      const list = await listBuyerOrders(deps, buyer, question);
      expect(list.counts).toMatchObject({ booked: 1, unpaid: 5, ended: 1, done: 0 });
      expect(list.sums).toMatchObject({ booked: gross, unpaid: 5 * gross, ended: gross, working: 0 });
      expect(list.orders.map((o) => o.id)).toEqual(
        sold
          .slice(1)
          .map((o) => o.id)
          .reverse(),
      );
      const seen: string[] = [];
      for (let cursor: string | undefined; ; ) {
        const page = await listBuyerOrders(deps, buyer, { ...question, perPage: 2, cursor });
        seen.push(...page.orders.map((o) => o.id));
        if (page.nextCursor === null) break;
        cursor = page.nextCursor;
      }
      expect(seen).toEqual(list.orders.map((o) => o.id));
      expect((await listBuyerOrders(deps, buyer, { ...question, tab: 'unpaid' })).orders).toHaveLength(5);
      expect((await exportBuyerOrders(deps, buyer, question)).map((o) => o.id)).toEqual(seen);
    }
  });

  it('exports all that matches, with what was sent', async () => {
    const { deps, buyer, sold } = await eightOrders();
    const rows = await exportBuyerOrders(deps, buyer, { tab: 'booked' });
    expect(rows.map((row) => row.number)).toEqual([sold[1]!.number, sold[0]!.number]);
    expect(rows[0]).toMatchObject({ purchaseOrder: 'PO #201', refunded: 0, items: [{ serial: 'SN_01%A' }] });
    expect(rows[0]!.net + rows[0]!.vat).toBe(rows[0]!.gross);
    expect(await exportBuyerOrders(deps, buyer, { from: deps.time.now + HOUR })).toEqual([]);
  });

  it('pages a tab of several states in order, and answers with the states as they are now', async () => {
    const { deps, buyer, sold, pay, advance, numbers } = await eightOrders();
    const counts = async () => (await listBuyerOrders(deps, buyer)).counts;
    expect(await counts()).toMatchObject({ booked: 2, unpaid: 5 });
    await pay(sold[2]!.id);
    expect(await counts()).toMatchObject({ booked: 3, unpaid: 4 });
    for (const event of ['receive', 'begin'] as const) await advance(sold[2]!.number, event);
    expect(await counts()).toMatchObject({ booked: 2, working: 1 });
    await advance(sold[0]!.number, 'receive');
    expect(await numbers({ tab: 'booked' })).toEqual([sold[1]!.number, sold[0]!.number]);
    const first = await listBuyerOrders(deps, buyer, { tab: 'booked', perPage: 1 });
    expect(await numbers({ tab: 'booked', perPage: 1, cursor: first.nextCursor! })).toEqual([sold[0]!.number]);
  });
});
