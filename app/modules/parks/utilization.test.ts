import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrange, changeOf, idle, mondayOfWeek, type PoolName, rankIdle, sum, utilization, weekOf } from './utilization.ts';

const pool = (id: string, centreId: string, kind: PoolName['kind'] = 'bench'): PoolName => ({
  id,
  kind,
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
    const pools = [pool('a', 'x'), pool('b', 'y', 'technician'), pool('c', 'x', 'machine')];
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
        const { weeks, centres, totals } = arrange(pools, given, 2, 7);
        expect(weeks).toEqual([2, 3, 4, 5, 6, 7]);
        expect(centres.map((centre) => [centre.id, centre.pools.map((p) => p.id)])).toEqual([
          ['x', ['a', 'c']],
          ['y', ['b']],
        ]);
        const shown = given.filter((row) => row.week >= 2 && row.week <= 7);
        // People and benches apart.
        expect(totals.people).toEqual(sum(shown.filter((row) => row.poolId === 'b')));
        expect(totals.equipment).toEqual(sum(shown.filter((row) => row.poolId !== 'b')));
        expect(totals.seats).toEqual(sum([]));
        for (const centre of centres)
          for (const line of centre.pools) expect(line.total).toEqual(sum(line.weeks.filter((cell) => cell !== null)));
      }),
    );
  });
});

describe('who idles', () => {
  it('is ranked by idle time, of one kind of hour, without those that are never open', () => {
    const pools = [pool('a', 'x'), pool('b', 'x', 'technician'), pool('c', 'y', 'standard'), pool('d', 'y')];
    const row = (poolId: string, open: number, booked: number) => ({ poolId, week: 1, open, booked, used: 0 });
    const { centres } = arrange(pools, [row('a', 600, 100), row('b', 900, 0), row('c', 700, 0), row('d', 60, 90)], 1, 1);
    expect(rankIdle(centres, 'equipment', 10).map(({ id }) => id)).toEqual(['c', 'a']);
    expect(rankIdle(centres, 'equipment', 1).map(({ id }) => id)).toEqual(['c']);
    expect(rankIdle(centres, 'people', 10).map(({ id }) => id)).toEqual(['b']);
  });
});

describe('what is compared', () => {
  const of = (rows: [week: number, open: number, booked: number][], first: number) =>
    arrange(
      [pool('a', 'x')],
      rows.map(([week, open, booked]) => ({ poolId: 'a', week, open, booked, used: 0 })),
      first,
      first + 1,
    );
  const now = of(
    [
      [3, 100, 80],
      [4, 100, 60],
    ],
    3,
  );

  it('is a share in points, when the earlier period is known as well', () => {
    expect(
      changeOf(
        now,
        of(
          [
            [1, 100, 50],
            [2, 100, 50],
          ],
          1,
        ),
        'equipment',
      ),
    ).toBeCloseTo(20);
  });

  it('is nothing where the earlier period has no data, only part of it, or nobody had booked yet', () => {
    expect(changeOf(now, of([], 1), 'equipment')).toBeNull();
    expect(changeOf(now, of([[2, 100, 10]], 1), 'equipment')).toBeNull();
    expect(
      changeOf(
        now,
        of(
          [
            [1, 100, 0],
            [2, 100, 0],
          ],
          1,
        ),
        'equipment',
      ),
    ).toBeNull();
    expect(changeOf(now, now, 'people')).toBeNull();
  });
});
