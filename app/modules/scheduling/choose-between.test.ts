import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseBetween, withoutClosed } from './choose-between.ts';
import { chooseResources } from './choose-resources.ts';
import { cellAt } from './grid.ts';
import { layoutAt, planSlots } from './slot-search.ts';
import type { PoolCalendar } from './working-calendar.ts';

const HOURS = [
  { from: 540, until: 720 },
  { from: 780, until: 1020 },
];
const CALENDAR: PoolCalendar = {
  zone: 'Asia/Shanghai',
  weekly: { 1: HOURS, 2: HOURS, 3: HOURS },
  keepsPublicHolidays: false,
  closures: [],
};
/** Midnight in Shanghai, a Tuesday. */
const DAY = Date.parse('2026-11-24T00:00+08:00');

describe('choosing from neighbours', () => {
  it('is choosing from all claims, for every start, grid, claim and closure of a resource', () => {
    const closures = fc.array(
      fc.record({ from: fc.integer({ min: -300, max: 1500 }), length: fc.integer({ min: 1, max: 300 }) }).map(({ from, length }) => ({
        from: DAY + from * 60_000,
        until: DAY + (from + length) * 60_000,
      })),
      { maxLength: 2 },
    );
    const cells = fc.uniqueArray(fc.integer({ min: -8, max: 60 }), { maxLength: 12 });
    const workerId = fc.option(fc.constantFrom('w1', 'w2', 'w3'), { nil: undefined });
    const claims = fc.array(fc.record({ cells, closures, workerId }), { minLength: 1, maxLength: 4 });
    const pools = fc.array(fc.record({ gridMinutes: fc.constantFrom(15, 30, 60), claims }), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(pools, fc.integer({ min: 1, max: 200 }), fc.integer({ min: 17, max: 36 }), (drawn, minutes, half) => {
        const start = DAY + half * 1_800_000;
        const facts = drawn.map(({ gridMinutes, claims: own }, p) => ({
          id: `p${p}`,
          gridMinutes,
          calendar: CALENDAR,
          resources: own.map(({ cells, closures: closed, workerId }, r) => ({
            id: `p${p}r${r}`,
            workerId,
            closures: closed,
            busy: Int32Array.from(cells.map((cell) => cellAt(gridMinutes, DAY) + cell)).sort(),
          })),
        }));
        const window = { minutes, from: start, until: start + 1 };
        const idle = planSlots({ ...window, pools: facts.map((p) => ({ ...p, resources: [{ id: p.id, busy: new Int32Array() }] })) });
        const neighbours = facts.map((p) =>
          p.resources.map(({ id, workerId, busy, closures: closed }) => {
            const at = cellAt(p.gridMinutes, start);
            const before = busy.findLast((cell) => cell < at) ?? null;
            const claimed = { id, workerId, before, from: busy.find((cell) => cell >= at) ?? null };
            return withoutClosed(claimed, closed, p.gridMinutes, at);
          }),
        );
        if (layoutAt(idle, start)?.places) return void expect(() => chooseBetween(idle, start, neighbours)).toThrow(RangeError);
        const plan = planSlots({ ...window, pools: facts });
        const expected = layoutAt(plan, start)?.places === null ? chooseResources(plan, start) : null;
        const chosen = chooseBetween(idle, start, neighbours);
        if (expected) expect(chosen).toEqual(expected);
        else expect(chosen).toBe(idle.starts.length > 0 ? 'taken' : 'closed');
      }),
      { numRuns: 500 },
    );
  });
});
