import { and, eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { advanceOrder } from '#app/modules/jobs/advance-order.server.ts';
import { cancelOrder } from '#app/modules/orders/cancel-order.server.ts';
import { holdSlot } from '#app/modules/orders/place-order.server.ts';
import { recordPaid } from '#app/modules/orders/record-payment.server.ts';
import { addClosure } from '#app/modules/scheduling/add-closure.server.ts';
import { earliestStarts } from '#app/modules/scheduling/earliest-start.server.ts';
import { extendRollups } from '#app/modules/scheduling/extend-rollup.server.ts';
import { dayNumber } from '#app/modules/scheduling/local-day.ts';
import { compareRollup, rebuildRollup } from '#app/modules/scheduling/rebuild-rollup.server.ts';
import { removeClosure } from '#app/modules/scheduling/remove-closure.server.ts';
import { viewPoolWeek } from '#app/read-models/view-pool-week.server.ts';
import { claim, closure, resourceDay } from '#db/schema/scheduling.ts';
import { testDeps } from '#tests/support/database.ts';
import { formFor, type MarketOptions, seedMarket, shanghai } from '#tests/support/market.ts';
import { expectRollupKept } from './rollup-check.ts';

const NINE = shanghai('2026-11-24T09:00');
const DAY = { fromAt: shanghai('2026-11-24T00:00'), untilAt: shanghai('2026-11-25T00:00') };

async function market(options: MarketOptions = {}) {
  const deps = await testDeps();
  const m = await seedMarket(deps.db, options);
  const [buyer] = m.buyers;
  const [poolId] = m.poolIds;
  if (!buyer || !poolId) throw new Error('a buyer and a pool');
  return { deps, m, buyer, poolId, centre: { centreId: m.centreId, poolId: null } };
}
const refusal = async (work: Promise<unknown>) =>
  work.then(
    () => 'no refusal',
    (error: { code?: string }) => error.code ?? String(error),
  );

describe('closing times', () => {
  it('take the slots away and give them back, with the open minutes', async () => {
    const { deps, m, buyer, poolId, centre } = await market({ pools: [2] });
    const days = { firstDay: dayNumber('2026-11-23'), untilDay: dayNumber('2026-11-30') };
    await rebuildRollup(deps, poolId, days);
    const openOn24 = async () => {
      const rows = await deps.db.read((q) =>
        q
          .select()
          .from(resourceDay)
          .where(and(eq(resourceDay.poolId, poolId), eq(resourceDay.day, dayNumber('2026-11-24')))),
      );
      return rows.map((row) => row.openMinutes);
    };
    expect(await openOn24()).toEqual([420, 420]);
    const id = await addClosure(deps, m.manager, { ...centre, ...DAY, reasonZh: '停电检修' });
    expect(await openOn24()).toEqual([0, 0]);
    expect(await refusal(holdSlot(deps, buyer, formFor(m.service, NINE)))).toBe('slot_closed');
    const week = await viewPoolWeek(deps, m.technician);
    expect(week.closures).toMatchObject([{ id, reasonZh: '停电检修', poolId: null }]);
    expect(week.pools[0]?.hours[1]?.open).toEqual([]);
    await removeClosure(deps, m.manager, id);
    expect(await openOn24()).toEqual([420, 420]);
    await holdSlot(deps, buyer, formFor(m.service, NINE));
    await expectRollupKept(deps, m.poolIds);
  });

  it('are refused over bookings, and name them', async () => {
    const { deps, m, buyer, poolId, centre } = await market({ pools: [1, 1] });
    const { number } = await holdSlot(deps, buyer, formFor(m.service, NINE));
    const error = await addClosure(deps, m.manager, { ...centre, ...DAY }).catch((e) => e);
    expect(error).toMatchObject({ code: 'closure_has_bookings', facts: { orders: number, count: 1 } });
    expect(await refusal(addClosure(deps, m.manager, { centreId: m.centreId, poolId, ...DAY }))).toBe('closure_has_bookings');
    // Up to the first minute of the booking, and from its last: nothing is in the way.
    await addClosure(deps, m.manager, { ...centre, fromAt: DAY.fromAt, untilAt: NINE });
    await addClosure(deps, m.manager, { ...centre, fromAt: NINE + 3_600_000, untilAt: DAY.untilAt });
    expect(await refusal(addClosure(deps, m.manager, { ...centre, fromAt: NINE + 3_599_000, untilAt: DAY.untilAt }))).toBe(
      'closure_has_bookings',
    );
  });

  it('are the own centre’s managers’ to set', async () => {
    const { deps, m, buyer, poolId, centre } = await market();
    const other = await seedMarket(deps.db);
    expect(await refusal(addClosure(deps, m.technician, { ...centre, ...DAY }))).toBe('forbidden');
    for (const who of [other.manager, buyer]) expect(await refusal(addClosure(deps, who, { ...centre, ...DAY }))).toBe('not_found');
    const [strange] = other.poolIds;
    expect(await refusal(addClosure(deps, m.manager, { centreId: m.centreId, poolId: strange ?? '', ...DAY }))).toBe('not_found');
    const id = await addClosure(deps, m.manager, { centreId: m.centreId, poolId, ...DAY });
    expect(await refusal(removeClosure(deps, other.manager, id))).toBe('not_found');
    expect(await refusal(removeClosure(deps, m.manager, 'none'))).toBe('not_found');
  });

  it.each([
    [DAY.untilAt, DAY.fromAt],
    [DAY.fromAt, DAY.fromAt],
    [Number.NaN, DAY.untilAt],
    [DAY.fromAt, Number.POSITIVE_INFINITY],
    [DAY.fromAt, DAY.fromAt + 500 * 86_400_000],
  ])('from %s until %s are refused', async (fromAt, untilAt) => {
    const { deps, m, centre } = await market();
    expect(await refusal(addClosure(deps, m.manager, { ...centre, fromAt, untilAt }))).toBe('invalid_form');
    expect(await deps.db.read((q) => q.$count(closure))).toBe(0);
  });

  it('and a hold at the same instant: one of them, never both', async () => {
    const { deps, m, buyer, centre } = await market({ pools: [2] });
    for (let i = 0; i < 6; i++) {
      const at = shanghai(`2026-12-0${1 + (i % 4)}T${i < 4 ? '09' : '14'}:00`);
      const [held, closed] = await Promise.all([
        refusal(holdSlot(deps, buyer, formFor(m.service, at))),
        refusal(addClosure(deps, m.manager, { ...centre, fromAt: at, untilAt: at + 3_600_000 })),
      ]);
      expect([held, closed].filter((answer) => answer === 'no refusal')).toHaveLength(1);
      expect([held, closed].find((answer) => answer !== 'no refusal')).toMatch(/^(slot_closed|closure_has_bookings)$/);
    }
    await expectRollupKept(deps, m.poolIds);
  });
});

describe('the week of a pool', () => {
  it('shows who has what, in unbroken pieces, to the centre alone', async () => {
    const { deps, m, buyer } = await market({ pools: [2], service: { minutesPerItem: 60, setupMinutes: 0, maxQuantity: 10 } });
    const short = await holdSlot(deps, buyer, formFor(m.service, NINE));
    const long = await holdSlot(deps, buyer, formFor(m.service, NINE, { quantity: 9 }));
    const week = await viewPoolWeek(deps, m.technician, { firstDay: '2026-11-23' });
    const bookings = week.pools[0]?.resources.flatMap((resource) => resource.bookings) ?? [];
    expect(bookings.find((b) => b.orderNumber === short.number)?.pieces).toEqual([{ from: NINE, until: NINE + 3_600_000 }]);
    // Nine hours: the morning, the afternoon, and two hours of the next morning.
    expect(bookings.find((b) => b.orderNumber === long.number)?.pieces).toEqual([
      { from: NINE, until: shanghai('2026-11-24T12:00') },
      { from: shanghai('2026-11-24T13:00'), until: shanghai('2026-11-24T17:00') },
      { from: shanghai('2026-11-25T09:00'), until: shanghai('2026-11-25T11:00') },
    ]);
    const stranger = await seedMarket(deps.db);
    const theirs = await viewPoolWeek(deps, stranger.manager, { firstDay: '2026-11-23' });
    expect(theirs.pools.map((pool) => pool.id)).toEqual(stranger.poolIds);
    expect(await refusal(viewPoolWeek(deps, stranger.manager, { poolId: m.poolIds[0] }))).toBe('not_found');
    expect(await refusal(viewPoolWeek(deps, buyer))).toBe('not_found');
  });
});

describe('the first free start', () => {
  it('moves on with every booking, closure and release, and with the clock', async () => {
    const { deps, m, buyer, centre } = await market();
    const first = async (quantity = 1) => (await earliestStarts(deps, [m.service], { quantity })).get(m.service.id);
    expect(await first()).toBe(NINE);
    const { number } = await holdSlot(deps, buyer, formFor(m.service, NINE));
    expect(await first()).toBe(NINE + 3_600_000);
    await cancelOrder(deps, buyer, { number, shownRefund: 0 });
    expect(await first()).toBe(NINE);
    const closed = await addClosure(deps, m.manager, { ...centre, ...DAY });
    expect(await first()).toBe(shanghai('2026-11-25T09:00'));
    await removeClosure(deps, m.manager, closed);
    expect(await first()).toBe(NINE);
    deps.time.now = shanghai('2026-11-24T00:30');
    expect(await first()).toBe(shanghai('2026-11-25T09:00'));
    for (const quantity of [0, -1, 13, Number.NaN]) expect(await first(quantity)).toBeNull();
  });
});

describe('the rollup', () => {
  it('counts what is booked and used, and can be rebuilt from the claims', async () => {
    const { deps, m, buyer, poolId } = await market({ pools: [1, 1] });
    const { id, number } = await holdSlot(deps, buyer, formFor(m.service, NINE, { quantity: 2 }));
    await deps.db.write((tx) => recordPaid(tx, deps, { orderId: id, now: deps.time.now }));
    const day = async () => {
      const rows = await deps.db.read((q) => q.select().from(resourceDay).where(eq(resourceDay.poolId, poolId)));
      return rows.map((row) => [row.openMinutes, row.bookedMinutes, row.usedMinutes]);
    };
    expect(await day()).toEqual([[420, 90, 0]]);
    await advanceOrder(deps, m.manager, { number, event: 'begin', version: 2 });
    expect(await day()).toEqual([[420, 90, 90]]);
    await expectRollupKept(deps, m.poolIds);
    await cancelOrder(deps, m.manager, { number, reason: '故障', shownRefund: 116_600 });
    expect(await day()).toEqual([[420, 0, 0]]);
    await expectRollupKept(deps, m.poolIds);
  });

  it('that has gone wrong is found, and put right', async () => {
    const { deps, m, buyer, poolId } = await market();
    await holdSlot(deps, buyer, formFor(m.service, NINE));
    const days = { firstDay: dayNumber('2026-11-20'), untilDay: dayNumber('2026-12-01') };
    await deps.db.write((tx) => tx.update(resourceDay).set({ bookedMinutes: 30 }));
    expect(await compareRollup(deps, poolId, days)).toMatchObject([{ kept: { bookedMinutes: 30 }, computed: { bookedMinutes: 60 } }]);
    await rebuildRollup(deps, poolId, days);
    expect(await compareRollup(deps, poolId, days)).toEqual([]);
    await deps.db.write((tx) => tx.delete(claim));
    expect(await compareRollup(deps, poolId, days)).toHaveLength(1);
  });

  it('reaches ahead, and leaves what is there as it is', async () => {
    const { deps, m, buyer, poolId } = await market({ pools: [2] });
    await holdSlot(deps, buyer, formFor(m.service, NINE));
    expect(await extendRollups(deps)).toBe(1);
    const rows = await deps.db.read((q) => q.select().from(resourceDay).where(eq(resourceDay.poolId, poolId)));
    expect(rows).toHaveLength(2 * 60);
    expect(rows.reduce((sum, row) => sum + row.bookedMinutes, 0)).toBe(60);
    // Weekdays have seven hours; New Year's Day is a Friday and closed.
    const openOn = (day: string) => rows.filter((row) => row.day === dayNumber(day)).map((row) => row.openMinutes);
    expect([openOn('2026-11-24'), openOn('2026-11-28'), openOn('2027-01-01')]).toEqual([
      [420, 420],
      [0, 0],
      [0, 0],
    ]);
    await expectRollupKept(deps, m.poolIds);
    expect(await extendRollups(deps)).toBe(0);
    deps.time.now += 7 * 86_400_000;
    expect(await extendRollups(deps)).toBe(1);
  });
});
