/** Case `night-hours`: a shift over midnight is sold, booked, counted and shown as the one stretch it is. */
import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { viewDayList } from '#app/modules/jobs/view-day-list.server.ts';
import { cancelOrder, previewCancellation } from '#app/modules/orders/cancel-order.server.ts';
import { holdSlot } from '#app/modules/orders/place-order.server.ts';
import { recordPaid } from '#app/modules/orders/record-payment.server.ts';
import { addClosure } from '#app/modules/scheduling/add-closure.server.ts';
import { findFreeStarts } from '#app/modules/scheduling/find-free-starts.server.ts';
import { parseHours } from '#app/modules/scheduling/hours-text.ts';
import { isoDay } from '#app/modules/scheduling/local-day.ts';
import { savePool } from '#app/modules/scheduling/save-pool.server.ts';
import { viewPoolWeek } from '#app/read-models/view-pool-week.server.ts';
import { viewPool } from '#app/read-models/view-pools.server.ts';
import { service } from '#db/schema/catalogue.ts';
import { resourceDay } from '#db/schema/scheduling.ts';
import { testDeps } from '#tests/support/database.ts';
import { formFor, seedMarket, shanghai } from '#tests/support/market.ts';
import { expectRollupKept } from './rollup-check.ts';

const NIGHT = parseHours('22:00-06:00', 30)!;
const NIGHTS = [NIGHT, NIGHT, NIGHT, NIGHT, NIGHT, [], []];
const FRIDAY = '2026-11-27';
const SATURDAY = '2026-11-28';

async function market(weeklyHours = NIGHTS) {
  const deps = await testDeps();
  const m = await seedMarket(deps.db, { pools: [1], weeklyHours, service: { setupMinutes: 30, minutesPerItem: 30 } });
  const starts = async (day: string, quantity = 1) => {
    // As it is now: a change of its pools' hours makes it another version.
    const [sold] = await deps.db.read((q) => q.select().from(service).where(eq(service.id, m.service.id)));
    const { week } = await findFreeStarts(deps, { service: sold!, quantity, firstDay: day, days: 1 });
    return week.days.flatMap((one) => one.starts.map(({ at }) => at));
  };
  const minutes = async () =>
    Object.fromEntries(
      (await deps.db.read((q) => q.select().from(resourceDay).where(eq(resourceDay.poolId, m.poolIds[0]!)))).map((row) => [
        isoDay(row.day),
        [row.openMinutes, row.bookedMinutes],
      ]),
    );
  return { deps, m, starts, minutes };
}

describe('a shift over midnight', () => {
  it('is sold as one stretch, on the nights it works and no others', async () => {
    const { starts } = await market();
    const friday = await starts(FRIDAY);
    expect([friday[0], friday.length]).toEqual([shanghai('2026-11-27T00:00'), 11 + 4]); // Thursday's night, then its own
    expect(friday.at(-1)).toBe(shanghai('2026-11-27T23:30'));
    const saturday = await starts(SATURDAY);
    expect([saturday[0], saturday.at(-1)]).toEqual([shanghai('2026-11-28T00:00'), shanghai('2026-11-28T05:00')]);
    expect(await starts('2026-11-29')).toEqual([]);
    expect((await starts('2026-11-30'))[0]).toBe(shanghai('2026-11-30T22:00'));
    // Six and a half hours at a time: in one stretch before midnight, after it into the next night, and never on a night that is none.
    const long = await starts(FRIDAY, 12);
    expect(long.slice(-4)).toEqual(['22:00', '22:30', '23:00', '23:30'].map((time) => shanghai(`${FRIDAY}T${time}`)));
    expect([long[0], long.at(-5)]).toEqual([shanghai(`${FRIDAY}T00:00`), shanghai(`${FRIDAY}T04:30`)]);
    expect((await starts(SATURDAY, 12)).at(-1)).toBe(shanghai(`${SATURDAY}T04:30`));
  });

  it('is counted on the days its minutes lie on, and given back', async () => {
    const { deps, m, minutes } = await market();
    const { id, number } = await holdSlot(deps, m.buyers[0]!, formFor(m.service, shanghai('2026-11-27T23:30')));
    await deps.db.write((tx) => recordPaid(tx, deps, { orderId: id, now: deps.time.now }));
    expect(await minutes()).toMatchObject({ [FRIDAY]: [480, 30], [SATURDAY]: [360, 30] });
    await expectRollupKept(deps, m.poolIds);
    for (const day of [FRIDAY, SATURDAY]) {
      const { jobs } = await viewDayList(deps, m.manager, { day });
      expect(jobs.map((job) => job.number)).toEqual([number]);
    }
    const { pools } = await viewPoolWeek(deps, m.manager, { firstDay: FRIDAY, days: 3 });
    expect(pools[0]!.hours.map(({ open }) => open)).toEqual([
      [
        { from: shanghai('2026-11-27T00:00'), until: shanghai('2026-11-27T06:00') },
        { from: shanghai('2026-11-27T22:00'), until: shanghai('2026-11-28T00:00') },
      ],
      [{ from: shanghai('2026-11-28T00:00'), until: shanghai('2026-11-28T06:00') }],
      [],
    ]);
    const { refund: shownRefund } = await previewCancellation(deps, m.buyers[0]!, number);
    await cancelOrder(deps, m.buyers[0]!, { number, shownRefund });
    expect(await minutes()).toMatchObject({ [FRIDAY]: [480, 0], [SATURDAY]: [360, 0] });
    await expectRollupKept(deps, m.poolIds);
  });

  it('keeps its books through changes of hours and a closure in the small hours', async () => {
    const { deps, m, starts } = await market();
    await holdSlot(deps, m.buyers[0]!, formFor(m.service, shanghai('2026-11-26T23:00')));
    await addClosure(deps, m.manager, {
      centreId: m.centreId,
      poolId: m.poolIds[0]!,
      fromAt: shanghai('2026-11-28T01:00'),
      untilAt: shanghai('2026-11-28T03:00'),
      reasonZh: '停电',
      reasonEn: 'Power cut',
    });
    await expectRollupKept(deps, m.poolIds);
    expect(await starts(SATURDAY)).not.toContain(shanghai('2026-11-28T01:00'));
    const { pool, resources } = await viewPool(deps, m.manager, m.poolIds[0]!);
    const odd = parseHours('8:30-11:45, 20:00-02:15', 30)!;
    await savePool(deps, m.manager, { ...pool!, resources, weeklyHours: [odd, odd, odd, odd, odd, [], []] });
    await expectRollupKept(deps, m.poolIds);
    const thursday = await starts('2026-12-03');
    expect(thursday).toContain(shanghai('2026-12-03T10:30'));
    expect(thursday).not.toContain(shanghai('2026-12-03T11:00')); // 11:45 ends no cell
    expect(thursday).toContain(shanghai('2026-12-03T01:00'));
    expect(thursday).not.toContain(shanghai('2026-12-03T01:30'));
  });
});
