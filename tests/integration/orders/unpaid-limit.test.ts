import { and, eq, inArray, sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { acceptRequest } from '#app/modules/orders/accept-request.server.ts';
import { cancelOrder } from '#app/modules/orders/cancel-order.server.ts';
import { declineRequest } from '#app/modules/orders/decline-request.server.ts';
import { expireHolds } from '#app/modules/orders/expire-holds.server.ts';
import { HOLD_MS, holdSlot } from '#app/modules/orders/hold-slot.server.ts';
import { listUnpaid } from '#app/modules/orders/list-unpaid.server.ts';
import { recordPaid } from '#app/modules/orders/record-payment.server.ts';
import { requestBooking } from '#app/modules/orders/request-booking.server.ts';
import { MOST_UNPAID_ORDERS, minutesKept, UNPAID } from '#app/modules/orders/unpaid-limit.ts';
import { orders, unpaidHolds } from '#db/schema/orders.ts';
import { claim } from '#db/schema/scheduling.ts';
import { testDeps } from '#tests/support/database.ts';
import { formFor, type Market, type MarketOptions, seedMarket } from '#tests/support/market.ts';

const DAY = 86_400_000;
const ALWAYS = Array.from({ length: 7 }, () => [[0, 1440]] as [number, number][]);

async function market(options: MarketOptions = {}) {
  const deps = await testDeps();
  const service = { setupMinutes: 0, minutesPerItem: 30, leadDays: 0, horizonDays: 60, maxQuantity: 400, ...options.service };
  const made = await seedMarket(deps.db, { pools: [12], weeklyHours: ALWAYS, now: deps.time.now, ...options, service });
  const first = (Math.floor(deps.time.now / DAY) + 2) * DAY;
  let next = 0;
  const slot = () => first + 1_800_000 * next++;
  const [buyer, other] = made.buyers as [Market['buyers'][number], Market['buyers'][number]];
  const hold = (by = buyer, quantity = 1) => holdSlot(deps, by, formFor(made.service, slot(), { quantity }));
  return { deps, made, buyer, other, hold, slot };
}
type Shop = Awaited<ReturnType<typeof market>>;

/** What is counted, and what there is. */
async function counted({ deps, buyer }: Shop) {
  return deps.db.read(async (q) => {
    const [row] = await q.select().from(unpaidHolds).where(eq(unpaidHolds.buyerId, buyer.organisationId));
    const open = await q
      .select()
      .from(orders)
      .where(and(eq(orders.buyerId, buyer.organisationId), inArray(orders.progress, UNPAID as never)));
    const there = { orders: open.length, minutes: open.reduce((sum, { snapshot }) => sum + minutesKept(snapshot), 0) };
    return { kept: { orders: row?.orders ?? 0, minutes: row?.minutes ?? 0 }, there };
  });
}
const tooMany = (reason: string) => ({ code: 'too_many_unpaid', facts: { reason } });

describe('what one firm may keep unpaid', () => {
  it('is twenty orders, each buyer for itself; what is refused claims nothing', async () => {
    const shop = await market();
    for (let i = 0; i < MOST_UNPAID_ORDERS; i++) await shop.hold();
    await expect(shop.hold()).rejects.toMatchObject(tooMany('orders'));
    const cells = await shop.deps.db.read((q) => q.select({ n: sql<number>`count(*)`.mapWith(Number) }).from(claim));
    expect(cells[0]?.n).toBe(MOST_UNPAID_ORDERS);
    expect(await listUnpaid(shop.deps, shop.buyer)).toHaveLength(MOST_UNPAID_ORDERS);
    expect(await listUnpaid(shop.deps, shop.other)).toEqual([]);
    await shop.hold(shop.other);
    expect(await counted(shop)).toMatchObject({ kept: { orders: 20, minutes: 600 }, there: { orders: 20, minutes: 600 } });
  });

  it('is two hundred hours of all pools together; one order alone may be as large as it is sold', async () => {
    const shop = await market({ pools: [3, 3], service: { minutesPerItem: 60 } });
    const large = await shop.hold(shop.buyer, 150);
    await expect(shop.hold()).rejects.toMatchObject(tooMany('minutes'));
    await cancelOrder(shop.deps, shop.buyer, { number: large.number, reason: '', shownRefund: 0 });
    await shop.hold(shop.buyer, 60);
    await expect(shop.hold(shop.buyer, 41)).rejects.toMatchObject(tooMany('minutes'));
    await shop.hold(shop.buyer, 40);
  });

  it('counts requests with holds', async () => {
    const shop = await market({ service: { booking: 'approve' } });
    const ask = () => requestBooking(shop.deps, shop.buyer, formFor(shop.made.service, shop.slot()));
    const asked: Awaited<ReturnType<typeof ask>>[] = [];
    for (let i = 0; i < MOST_UNPAID_ORDERS; i++) asked.push(await ask());
    await expect(ask()).rejects.toMatchObject(tooMany('orders'));
    // Accepted it still stands unpaid; declined it does not.
    await acceptRequest(shop.deps, shop.made.manager, asked[0]?.number ?? '');
    await expect(ask()).rejects.toMatchObject(tooMany('orders'));
    await declineRequest(shop.deps, shop.made.manager, asked[1]?.number ?? '', '标准器送检');
    await ask();
    expect((await counted(shop)).kept.orders).toBe(MOST_UNPAID_ORDERS);
  });

  it('a form sent twice at the limit is the order it made', async () => {
    const shop = await market();
    for (let i = 1; i < MOST_UNPAID_ORDERS; i++) await shop.hold();
    const form = formFor(shop.made.service, shop.slot());
    const [a, b] = await Promise.all([holdSlot(shop.deps, shop.buyer, form), holdSlot(shop.deps, shop.buyer, form)]);
    expect(a.number).toBe(b.number);
    expect((await holdSlot(shop.deps, shop.buyer, form)).number).toBe(a.number);
    expect(await counted(shop)).toMatchObject({ kept: { orders: 20 }, there: { orders: 20 } });
  });

  it('holds against many windows at once', async () => {
    const shop = await market();
    const all = await Promise.allSettled(Array.from({ length: 30 }, () => shop.hold()));
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(MOST_UNPAID_ORDERS);
    for (const one of all) if (one.status === 'rejected') expect(one.reason).toMatchObject(tooMany('orders'));
    expect(await counted(shop)).toMatchObject({ kept: { orders: 20, minutes: 600 }, there: { orders: 20 } });
  });

  it('is free again by paying, cancelling and running out, and the count is what there is', async () => {
    const shop = await market();
    const { deps, buyer } = shop;
    const held: Awaited<ReturnType<typeof shop.hold>>[] = [];
    for (let i = 0; i < MOST_UNPAID_ORDERS; i++) held.push(await shop.hold());
    const [paid, cancelled] = held;
    await deps.db.write((tx) => recordPaid(tx, { orderId: paid?.id ?? '', now: deps.clock() }));
    await cancelOrder(deps, buyer, { number: cancelled?.number ?? '', reason: '', shownRefund: 0 });
    await cancelOrder(deps, buyer, { number: cancelled?.number ?? '', reason: '', shownRefund: 0 }).catch(() => {});
    for (let i = 0; i < 2; i++) await shop.hold();
    await expect(shop.hold()).rejects.toMatchObject(tooMany('orders'));
    deps.time.now += HOLD_MS + 1;
    await expireHolds(deps, async () => false);
    expect(await counted(shop)).toMatchObject({ kept: { orders: 0, minutes: 0 }, there: { orders: 0 } });
    // Late money books what had run out: it is paid, and counts for nothing.
    await deps.db.write((tx) => recordPaid(tx, { orderId: held[5]?.id ?? '', now: deps.clock() }));
    expect(await counted(shop)).toMatchObject({ kept: { orders: 0, minutes: 0 }, there: { orders: 0 } });
  });
});
