import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOpenNaively, naiveSearch, STEP } from '#tests/support/naive-slot-search.ts';
import { chooseResources } from './choose-resources.ts';
import { cellsFor } from './duration.ts';
import { DAY_MS, dayNumber, dayStart, isoDay, MINUTE_MS } from './local-day.ts';
import { holidayBook } from './public-holidays.ts';
import {
  earliestStart,
  findStarts,
  layoutAt,
  type PoolFacts,
  planSlots,
  type SlotPlan,
  type SlotQuery,
  searchReach,
} from './slot-search.ts';
import type { Interval, PoolCalendar } from './working-calendar.ts';

const ZONES = ['Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Asia/Kolkata'];
const FIRST_DAYS = ['2026-03-06', '2026-03-27', '2026-04-03', '2026-09-28', '2026-10-02', '2026-10-23', '2026-10-30', '2026-12-30'];
const DAYS = 4;

// ---- random facts ------------------------------------------------------------------------------------------------------------------------

const hours = fc
  .uniqueArray(fc.integer({ min: 0, max: 96 }), { minLength: 2, maxLength: 4 })
  .map((marks) => marks.sort((a, b) => a - b))
  .map((marks) => Array.from({ length: marks.length >> 1 }, (_, i) => ({ from: marks[2 * i]! * 15, until: marks[2 * i + 1]! * 15 })));
const officeHours = fc.constant([
  { from: 540, until: 720 },
  { from: 810, until: 1050 },
]);
const allDay = fc.constant([{ from: 0, until: 1440 }]);
const week = fc
  .array(fc.option(fc.oneof(hours, officeHours, officeHours, allDay), { nil: undefined, freq: 6 }), { minLength: 7, maxLength: 7 })
  .map((days) => Object.fromEntries(days.flatMap((h, i) => (h ? [[i + 1, h]] : []))) as PoolCalendar['weekly']);

function intervalsAround(first: number): fc.Arbitrary<Interval[]> {
  const span = fc.tuple(fc.integer({ min: -100, max: DAYS * 288 + 600 }), fc.integer({ min: 1, max: 150 }));
  return fc
    .array(span, { maxLength: 2 })
    .map((list) => list.map(([at, n]) => ({ from: first + at * STEP, until: first + (at + n) * STEP })));
}

const queries: fc.Arbitrary<SlotQuery> = fc.tuple(fc.constantFrom(...ZONES), fc.constantFrom(...FIRST_DAYS)).chain(([zone, firstDate]) => {
  const firstDay = dayNumber(firstDate);
  const first = dayStart(zone, firstDay);
  const pool = (grid: number, id: string) =>
    fc
      .record({
        weekly: week,
        closures: intervalsAround(first),
        keeps: fc.boolean(),
        resources: fc.array(
          fc.record({
            busy: fc.array(fc.tuple(fc.integer({ min: -10, max: (DAYS * 2 * 1440) / grid }), fc.integer({ min: 1, max: 8 })), {
              maxLength: 8,
            }),
            closures: intervalsAround(first),
          }),
          { maxLength: 3 },
        ),
      })
      .map(({ weekly, closures, keeps, resources }): PoolFacts => {
        const firstCell = Math.floor(first / (grid * MINUTE_MS));
        return {
          id,
          gridMinutes: grid,
          calendar: { zone, weekly, keepsPublicHolidays: keeps, closures: closures.map((c) => ({ ...c, reasonZh: '', reasonEn: '' })) },
          resources: resources.map((r, i) => ({
            id: `${id}-${i}`,
            closures: r.closures,
            busy: Int32Array.from(new Set(r.busy.flatMap(([at, n]) => Array.from({ length: n }, (_, k) => firstCell + at + k)))).sort(),
          })),
        };
      });
  return fc
    .record({
      pools: fc
        .array(fc.constantFrom(30, 30, 30, 15, 60, 20), { minLength: 1, maxLength: 3 })
        .chain((grids) => fc.tuple(...grids.map((grid, i) => pool(grid, `pool${i}`)))),
      minutes: fc.oneof(fc.integer({ min: 1, max: 180 }), fc.integer({ min: 1, max: 3000 })),
      from: fc.integer({ min: 0, max: 600 }),
      special: fc.array(fc.constantFrom('holiday' as const, 'make_up' as const, null), { minLength: DAYS + 2, maxLength: DAYS + 2 }),
    })
    .map(({ pools, minutes, from, special }) => ({
      pools,
      minutes,
      from: first + from * MINUTE_MS,
      until: dayStart(zone, firstDay + DAYS),
      holidays: holidayBook([
        {
          year: 2026,
          confirmed: true,
          days: special.flatMap((kind, i) => (kind ? [{ date: isoDay(firstDay + i), kind, nameZh: '', nameEn: '' }] : [])),
        },
      ]),
    }));
});

// ---- properties --------------------------------------------------------------------------------------------------------------------------

/** No stretch of the regular week holds it. */
const alwaysRunsOn = ({ layouts }: SlotPlan) => layouts.every(({ places }) => places !== null);

describe('slot search', () => {
  it('finds exactly the starts a naive search finds', () => {
    let withStarts = 0;
    let runningOn = 0;
    fc.assert(
      fc.property(queries, (query) => {
        const naive = naiveSearch(query);
        const plan = planSlots(query);
        expect(plan.starts).toEqual(naive.starts);
        expect(alwaysRunsOn(plan)).toBe(naive.runsOn);
        expect(earliestStart(query)).toBe(naive.starts[0] ?? null);
        if (naive.starts.length > 0) withStarts++;
        if (naive.starts.length > 0 && naive.runsOn) runningOn++;
      }),
      { numRuns: 150, seed: 20261123 },
    );
    // The random facts must not be all empty, or the property says nothing.
    expect(withStarts).toBeGreaterThan(30);
    expect(runningOn).toBeGreaterThan(3);
  });

  it('needs no claims from outside its reach', () => {
    fc.assert(
      fc.property(queries, (query) => {
        const { from, until } = searchReach(query);
        const inside = query.pools.map((pool) => ({
          ...pool,
          resources: pool.resources.map((r) => ({
            ...r,
            busy: r.busy.filter((cell) => cell * pool.gridMinutes * MINUTE_MS >= from && cell * pool.gridMinutes * MINUTE_MS < until),
          })),
        }));
        expect(findStarts({ ...query, pools: inside })).toEqual(findStarts(query));
      }),
      { numRuns: 200 },
    );
  });

  it('gives the same starts when the window is cut in pieces', () => {
    fc.assert(
      fc.property(queries, fc.double({ min: 0, max: 1, noNaN: true }), (query, share) => {
        const cut = Math.round(query.from + (query.until - query.from) * share);
        expect([...findStarts({ ...query, until: cut }), ...findStarts({ ...query, from: cut })]).toEqual(findStarts(query));
      }),
      { numRuns: 200 },
    );
  });

  it('chooses resources that are free and open in every cell, for every start and for no other', () => {
    fc.assert(
      fc.property(queries, (query) => {
        const plan = planSlots(query);
        for (const start of plan.starts.slice(0, 6)) {
          const choice = chooseResources(plan, start);
          expect(choice?.picks.map((pick) => pick.poolId)).toEqual(query.pools.map((pool) => pool.id));
          for (const [i, pick] of choice!.picks.entries()) {
            const pool = query.pools[i]!;
            const index = pool.resources.findIndex((r) => r.id === pick.resourceId);
            expect(pick.cells[0]! * pool.gridMinutes * MINUTE_MS).toBe(start);
            expect(pick.cells.length).toBeGreaterThanOrEqual(cellsFor(query.minutes, pool.gridMinutes));
            expect(pick.cells.length * pool.gridMinutes).toBeLessThan(query.minutes + plan.workGrid);
            for (const cell of pick.cells) {
              expect(pool.resources[index]!.busy.includes(cell)).toBe(false);
              for (let ms = cell * pool.gridMinutes * MINUTE_MS; ms < (cell + 1) * pool.gridMinutes * MINUTE_MS; ms += STEP) {
                expect(isOpenNaively(query, pool, index, ms)).toBe(true);
              }
              expect((cell + 1) * pool.gridMinutes * MINUTE_MS).toBeLessThanOrEqual(choice!.until);
            }
            if (!layoutAt(plan, start)!.places) expect(pick.cells.at(-1)! - pick.cells[0]!).toBe(pick.cells.length - 1);
          }
          expect(chooseResources(plan, start)).toEqual(choice);
        }
        const starts = new Set(plan.starts);
        for (let ms = query.from; ms < query.from + DAY_MS; ms += 7 * STEP) {
          if (!starts.has(ms)) expect(chooseResources(plan, ms)).toBeNull();
        }
      }),
      { numRuns: 60 },
    );
  });

  it('books one by one until full, no cell of a resource twice', () => {
    fc.assert(
      fc.property(queries, fc.infiniteStream(fc.nat()), (query, random) => {
        const claims = new Set<string>();
        let pools = query.pools;
        for (let bookings = 0; bookings < 2000; bookings++) {
          const plan = planSlots({ ...query, pools });
          if (plan.starts.length === 0) break;
          const choice = chooseResources(plan, plan.starts[random.next().value % plan.starts.length]!)!;
          pools = pools.map((pool, i) => {
            const { resourceId, cells } = choice.picks[i]!;
            for (const cell of cells) {
              const claim = `${resourceId}/${cell}`;
              expect(claims.has(claim)).toBe(false);
              claims.add(claim);
            }
            const resources = pool.resources.map((r) =>
              r.id === resourceId ? { ...r, busy: Int32Array.from([...r.busy, ...cells]).sort() } : r,
            );
            return { ...pool, resources };
          });
        }
        expect(findStarts({ ...query, pools })).toEqual([]);
        expect(earliestStart({ ...query, pools })).toBeNull();
      }),
      { numRuns: 40 },
    );
  });
});
