import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrange, idle, mondayOfWeek, type PoolName, sum, utilization, weekOf } from './utilization.ts';

const pool = (id: string, centreId: string): PoolName => ({
  id,
  nameZh: id,
  nameEn: id,
  centreId,
  centreSlug: centreId,
  centreZh: centreId,
  centreEn: centreId,
});

describe('weeks', () => {
  it('begin on Monday', () => {
    const monday = Date.UTC(2026, 10, 23) / 86_400_000;
    expect(weekOf(monday - 1)).toBe(weekOf(monday) - 1);
    expect(weekOf(monday + 6)).toBe(weekOf(monday));
    expect(mondayOfWeek(weekOf(monday + 3))).toBe(monday);
  });
});

describe('utilization', () => {
  it('is empty, not zero, where nothing was open', () => {
    expect(utilization({ open: 0, booked: 0, used: 0 })).toBeNull();
    expect(utilization({ open: 100, booked: 0, used: 0 })).toBe(0);
  });

  it('never counts more than all, nor idle time below none, when hours were cut after booking', () => {
    expect(utilization({ open: 60, booked: 90, used: 0 })).toBe(1);
    expect(idle({ open: 60, booked: 90, used: 0 })).toBe(0);
  });

  it('adds up: pools to centres, centres to the park, whatever the rows', () => {
    const pools = [pool('a', 'x'), pool('b', 'y'), pool('c', 'x')];
    const rows = fc.uniqueArray(
      fc.record({
        poolId: fc.constantFrom('a', 'b', 'c'),
        week: fc.integer({ min: 0, max: 9 }),
        open: fc.nat(1000),
        booked: fc.nat(1000),
        used: fc.nat(1000),
      }),
      { selector: (row) => `${row.poolId}${row.week}` },
    );
    fc.assert(
      fc.property(rows, (given) => {
        const { weeks, centres, total } = arrange(pools, given, 2, 7);
        expect(weeks).toEqual([2, 3, 4, 5, 6, 7]);
        expect(centres.map((centre) => [centre.id, centre.pools.map((p) => p.id)])).toEqual([
          ['x', ['a', 'c']],
          ['y', ['b']],
        ]);
        expect(total).toEqual(sum(given.filter((row) => row.week >= 2 && row.week <= 7)));
        for (const centre of centres)
          for (const line of centre.pools) expect(line.total).toEqual(sum(line.weeks.filter((cell) => cell !== null)));
      }),
    );
  });
});
