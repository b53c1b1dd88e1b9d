import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseResources } from './choose-resources.ts';
import { distinctWorkers, takenBy } from './distinct-workers.ts';
import { MINUTE_MS } from './local-day.ts';
import { type PoolFacts, planSlots } from './slot-search.ts';
import type { PoolCalendar } from './working-calendar.ts';

/** Every way to take one of each, the first of the first pool first. */
function* ways(lists: readonly (readonly string[])[]): Generator<number[]> {
  const [first, ...rest] = lists;
  if (!first) return void (yield []);
  for (const [i] of first.entries()) for (const others of ways(rest)) yield [i, ...others];
}
const naive = (lists: readonly (readonly string[])[]): number[] | null => {
  for (const way of ways(lists)) if (new Set(way.map((i, pool) => lists[pool]![i])).size === lists.length) return way;
  return null;
};

const people = fc.record({ id: fc.uuid(), workerId: fc.option(fc.constantFrom('a', 'b', 'c', 'd'), { nil: undefined }) });

describe('different people for the pools of a job', () => {
  it('are found when there are any, the best of the first pool first', () => {
    fc.assert(
      fc.property(fc.array(fc.array(people, { maxLength: 4 }), { minLength: 1, maxLength: 4 }), (pools) => {
        expect(distinctWorkers(pools)).toEqual(naive(pools.map((own) => own.map(takenBy))));
      }),
      { numRuns: 1000 },
    );
  });

  it('decide which starts there are, and who is chosen', () => {
    const all = [{ from: 0, until: 1440 }];
    const calendar: PoolCalendar = {
      zone: 'Asia/Shanghai',
      weekly: { 1: all, 2: all, 3: all, 4: all, 5: all, 6: all, 7: all },
      keepsPublicHolidays: false,
      closures: [],
    };
    const from = Date.parse('2026-11-24T00:00+08:00');
    const cell = (minutes: number, at: number) => from / (minutes * MINUTE_MS) + at;
    const pool = fc.record({
      gridMinutes: fc.constantFrom(15, 30, 60),
      resources: fc.array(fc.option(fc.constantFrom('a', 'b', 'c'), { nil: undefined }), { maxLength: 3 }),
      busy: fc.array(fc.array(fc.nat(7), { maxLength: 3 }), { minLength: 3, maxLength: 3 }),
    });
    const worked = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.array(fc.nat(31), { maxLength: 5 }));
    let some = 0;
    fc.assert(
      fc.property(fc.array(pool, { minLength: 1, maxLength: 3 }), worked, fc.integer({ min: 1, max: 90 }), (drawn, quarters, minutes) => {
        const theirs = (gridMinutes: number, workerId: string | undefined) =>
          (quarters[workerId ?? ''] ?? []).map((quarter) => Math.floor((quarter * 15) / gridMinutes));
        const pools = drawn.map(
          ({ gridMinutes, resources, busy }, p): PoolFacts => ({
            id: `p${p}`,
            gridMinutes,
            calendar,
            resources: resources.map((workerId, r) => ({
              id: `p${p}r${r}`,
              workerId,
              busy: Int32Array.from([...(busy[r] ?? []), ...theirs(gridMinutes, workerId)].map((at) => cell(gridMinutes, at))).sort(),
            })),
          }),
        );
        const until = from + 4 * 60 * MINUTE_MS;
        const plan = planSlots({ pools, minutes, from, until });
        const step = Math.max(...pools.map(({ gridMinutes }) => gridMinutes));
        const expected: number[] = [];
        for (let start = from; start < until; start += step * MINUTE_MS) {
          const free = pools.map(({ gridMinutes, resources }) =>
            resources.filter(({ busy }) => {
              const first = start / (gridMinutes * MINUTE_MS);
              return busy.every((one) => one < first || one >= first + Math.ceil(minutes / gridMinutes));
            }),
          );
          if (naive(free.map((own) => own.map(takenBy)))) expected.push(start);
        }
        expect(plan.starts).toEqual(expected);
        some += expected.length;
        for (const start of expected) {
          const picks = chooseResources(plan, start)!.picks.map(({ poolId, resourceId }) =>
            pools.find(({ id }) => id === poolId)!.resources.find(({ id }) => id === resourceId),
          );
          expect(new Set(picks.map((one) => takenBy(one!))).size).toBe(pools.length);
        }
      }),
      { numRuns: 300 },
    );
    expect(some).toBeGreaterThan(300);
  });
});
