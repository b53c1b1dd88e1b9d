/** A course takes as long for five as for one, and five seats of its room. */
import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { cancelOrder, previewCancellation } from '#app/modules/orders/cancel-order.server.ts';
import { moveBooking } from '#app/modules/orders/move-booking.server.ts';
import { holdSlot } from '#app/modules/orders/place-order.server.ts';
import { quoteBooking } from '#app/modules/orders/quote-booking.server.ts';
import { recordPaid } from '#app/modules/orders/record-payment.server.ts';
import { earliestStarts } from '#app/modules/scheduling/earliest-start.server.ts';
import { orders } from '#db/schema/orders.ts';
import { claim, pool } from '#db/schema/scheduling.ts';
import { expectRollupKept } from '#tests/integration/scheduling/rollup-check.ts';
import { testDeps } from '#tests/support/database.ts';
import { formFor, seedMarket, shanghai } from '#tests/support/market.ts';

const NINE = shanghai('2026-11-24T09:00');

async function course() {
  const deps = await testDeps();
  // A room of six seats, and one who teaches.
  const m = await seedMarket(deps.db, {
    pools: [6, 1],
    buyers: 4,
    service: { family: 'training', unit: 'seat', setupMinutes: 0, minutesPerItem: 60, maxQuantity: 20, turnaroundDays: 0 },
  });
  await deps.db.write((tx) => tx.update(pool).set({ kind: 'seat' }).where(eq(pool.id, m.poolIds[0]!)));
  const starts = async (quantity: number) =>
    (await quoteBooking(deps, { slug: m.service.slug, quantity, firstDay: '2026-11-24', days: 1 })).week.days.flatMap((day) => day.starts);
  const held = async (holderId: string) => deps.db.read((q) => q.select().from(claim).where(eq(claim.holderId, holderId)));
  return { deps, m, starts, held };
}
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: { code?: string }) => error.code ?? String(error),
  );

it('five people on a course of an hour have five seats for an hour', async () => {
  const { deps, m, starts, held } = await course();
  const [one, five] = [await starts(1), await starts(5)];
  expect(five).toEqual(one);
  expect(five.find(({ at }) => at === NINE)?.until).toBe(NINE + 3_600_000);
  const order = await holdSlot(deps, m.buyers[0]!, formFor(m.service, NINE, { quantity: 5 }));
  const [row] = await deps.db.read((q) => q.select().from(orders).where(eq(orders.id, order.id)));
  expect([row!.endAt, row!.snapshot.minutes, row!.quantity]).toEqual([NINE + 3_600_000, 60, 5]);
  const cells = await held(order.id);
  expect(new Set(cells.filter(({ poolId }) => poolId === m.poolIds[0]).map(({ resourceId }) => resourceId)).size).toBe(5);
  // Five seats and who teaches, two half-hours each.
  expect(cells).toHaveLength(12);
  await expectRollupKept(deps, m.poolIds);
});

it('more seats than there are is never sold, and fewer always where more would be', async () => {
  const { deps, m, starts, held } = await course();
  expect(await starts(7)).toEqual([]);
  expect((await earliestStarts(deps, [m.service], { quantity: 7 })).get(m.service.id)).toBeNull();
  expect(await codeOf(holdSlot(deps, m.buyers[0]!, formFor(m.service, NINE, { quantity: 7 })))).toBe('slot_taken');
  let before = (await starts(6)).map(({ at }) => at);
  for (let seats = 5; seats > 0; seats--) {
    const now = (await starts(seats)).map(({ at }) => at);
    expect(now).toEqual(expect.arrayContaining(before));
    before = now;
  }
  const order = await holdSlot(deps, m.buyers[0]!, formFor(m.service, NINE, { quantity: 4 }));
  await deps.db.write((tx) => recordPaid(tx, deps, { orderId: order.id, now: deps.time.now }));
  await moveBooking(deps, m.manager, { number: order.number, startAt: NINE + 2 * 3_600_000, version: 2 });
  expect(await held(order.id)).toHaveLength(10);
  const { refund } = await previewCancellation(deps, m.buyers[0]!, order.number);
  await cancelOrder(deps, m.buyers[0]!, { number: order.number, shownRefund: refund });
  expect(await held(order.id)).toEqual([]);
  await expectRollupKept(deps, m.poolIds);
});
