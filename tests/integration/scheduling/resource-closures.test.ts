import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdSlot } from '#app/modules/orders/hold-slot.server.ts';
import { addClosure } from '#app/modules/scheduling/add-closure.server.ts';
import { earliestStarts } from '#app/modules/scheduling/earliest-start.server.ts';
import { findFreeStarts } from '#app/modules/scheduling/find-free-starts.server.ts';
import { cellsTouched } from '#app/modules/scheduling/grid.ts';
import { dayNumber } from '#app/modules/scheduling/local-day.ts';
import { rebuildRollup } from '#app/modules/scheduling/rebuild-rollup.server.ts';
import { removeClosure } from '#app/modules/scheduling/remove-closure.server.ts';
import { viewPoolMonth } from '#app/modules/scheduling/view-pool-month.server.ts';
import { viewPoolWeek } from '#app/modules/scheduling/view-pool-week.server.ts';
import { claim, closure } from '#db/schema/scheduling.ts';
import { MONDAY, testDeps } from '#tests/support/database.ts';
import { formFor, type MarketOptions, seedMarket, shanghai } from '#tests/support/market.ts';
import { expectRollupKept } from './rollup-check.ts';

const NINE = shanghai('2026-11-24T09:00');
const HALF_HOUR = 1_800_000;
const DAY = { fromAt: shanghai('2026-11-24T00:00'), untilAt: shanghai('2026-11-25T00:00') };

async function market(options: MarketOptions = {}) {
  const deps = await testDeps();
  const m = await seedMarket(deps.db, options);
  const poolId = m.poolIds[0] as string;
  const [first, second] = m.resourceIds[0] as [string, string];
  const close = (resourceId: string, span = DAY) => addClosure(deps, m.manager, { centreId: m.centreId, poolId, resourceId, ...span });
  return { deps, m, poolId, first, second, close, buyer: m.buyers[0]! };
}
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: { code?: string }) => error.code ?? String(error),
  );

describe('closing one resource', () => {
  it('leaves the others on sale: starts, claims, minutes, week and month follow', async () => {
    const { deps, m, poolId, first, second, close, buyer } = await market({ pools: [2] });
    await rebuildRollup(deps, poolId, { firstDay: dayNumber('2026-11-23'), untilDay: dayNumber('2026-11-30') });
    const id = await close(first);
    const month = await viewPoolMonth(deps, m.technician, { month: '2026-11' });
    const on24 = () => month.pools[0]!.resources.map(({ id: of, days }) => [of, days[23]!.open]);
    expect(on24()).toEqual([
      [first, 0],
      [second, 420],
    ]);
    const week = await viewPoolWeek(deps, m.technician);
    expect(week.closures).toMatchObject([{ id, poolId, resourceId: first, calendarId: null }]);
    expect(week.pools[0]!.hours[1]!.open).not.toEqual([]);
    await holdSlot(deps, buyer, formFor(m.service, NINE));
    expect(await refusal(holdSlot(deps, buyer, formFor(m.service, NINE)))).toBe('slot_taken');
    const claims = await deps.db.read((q) => q.select().from(claim));
    expect(new Set(claims.map((row) => row.resourceId))).toEqual(new Set([second]));
    await removeClosure(deps, m.manager, id);
    await holdSlot(deps, buyer, formFor(m.service, NINE));
    await expectRollupKept(deps, m.poolIds);
  });

  it('takes the slots of a pool that has no other', async () => {
    const { deps, m, first, close, buyer } = await market();
    const start = async () => (await earliestStarts(deps, [m.service])).get(m.service.id);
    expect(await start()).toBe(NINE);
    await close(first);
    expect(await start()).toBe(shanghai('2026-11-25T09:00'));
    const { week } = await findFreeStarts(deps, { service: m.service, quantity: 1, firstDay: '2026-11-23' });
    expect(week.days[1]).toMatchObject({ starts: [], none: { kind: 'full' } });
    expect(await refusal(holdSlot(deps, buyer, formFor(m.service, NINE)))).toBe('slot_taken');
  });

  it('over its bookings is refused and names them; over those of its neighbour it is not', async () => {
    const { deps, m, first, second, close, buyer } = await market({ pools: [2] });
    const { number } = await holdSlot(deps, buyer, formFor(m.service, NINE));
    const { resourceId } = (await deps.db.read((q) => q.select().from(claim)))[0]!;
    const error = await close(resourceId).catch((e) => e);
    expect(error).toMatchObject({ code: 'closure_has_bookings', facts: { orders: number, count: 1 } });
    await close(resourceId === first ? second : first);
  });

  it('is for resources of the named pool of the own centre', async () => {
    const { deps, m, poolId, first, close } = await market({ pools: [1, 1] });
    const other = await seedMarket(deps.db);
    const input = { centreId: m.centreId, poolId, ...DAY };
    for (const resourceId of [m.resourceIds[1]![0]!, other.resourceIds[0]![0]!, 'none', "'\u0001"])
      expect(await refusal(addClosure(deps, m.manager, { ...input, resourceId }))).toBe('not_found');
    expect(await refusal(addClosure(deps, m.manager, { ...input, poolId: null, resourceId: first }))).toBe('not_found');
    expect(await refusal(addClosure(deps, m.technician, { ...input, resourceId: first }))).toBe('forbidden');
    expect(await refusal(addClosure(deps, other.manager, { ...input, resourceId: first }))).toBe('not_found');
    await close(first);
  });

  it('and a hold of its last slot at the same instant: one of them, never both', async () => {
    const { deps, m, first, close, buyer } = await market();
    for (let i = 0; i < 4; i++) {
      const at = shanghai(`2026-12-0${1 + i}T09:00`);
      const answers = await Promise.all([
        refusal(holdSlot(deps, buyer, formFor(m.service, at))),
        refusal(close(first, { fromAt: at, untilAt: at + 3_600_000 })),
      ]);
      expect(answers.filter((answer) => answer === 'none')).toHaveLength(1);
      expect(answers.find((answer) => answer !== 'none')).toMatch(/^(slot_taken|closure_has_bookings)$/);
    }
    await expectRollupKept(deps, m.poolIds);
  });

  it('never has a claim in it that came after, whatever is closed and booked', async () => {
    const { deps, m, poolId, buyer } = await market({ pools: [3, 2], service: { setupMinutes: 0, minutesPerItem: 60, maxQuantity: 12 } });
    const deed = fc.record({
      close: fc.boolean(),
      resource: fc.nat(2),
      at: fc.integer({ min: 0, max: 5 * 48 }),
      length: fc.integer({ min: 1, max: 60 }),
      quantity: fc.integer({ min: 1, max: 9 }),
    });
    await rebuildRollup(deps, poolId, { firstDay: dayNumber('2026-11-23'), untilDay: dayNumber('2026-12-10') });
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 2, maxLength: 10 }), async (deeds) => {
        for (const { close, resource, at, length, quantity } of deeds) {
          const from = NINE + at * HALF_HOUR;
          const known = await deps.db.read((q) => q.select().from(closure));
          if (close) {
            const span = { fromAt: from + 600_000, untilAt: from + 600_000 + length * HALF_HOUR };
            const input = { centreId: m.centreId, poolId, resourceId: m.resourceIds[0]![resource]!, ...span };
            expect(['none', 'closure_has_bookings']).toContain(await refusal(addClosure(deps, m.manager, input)));
            continue;
          }
          const held = await holdSlot(deps, buyer, formFor(m.service, from, { quantity })).catch((error) => error);
          expect(held.id ?? held.code).toMatch(/^slot_|-/);
          if (!held.id) continue;
          for (const { resourceId, cell } of await deps.db.read((q) => q.select().from(claim).where(eq(claim.orderId, held.id))))
            for (const one of known.filter((row) => row.resourceId === resourceId)) {
              const touched = cellsTouched(30, { from: one.fromAt, until: one.untilAt });
              expect(cell < touched.from || cell >= touched.until).toBe(true);
            }
        }
        expect(deps.time.now).toBe(MONDAY);
      }),
      { numRuns: 12 },
    );
    await expectRollupKept(deps, m.poolIds);
  });
});
