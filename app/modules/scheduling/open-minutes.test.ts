import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellAt, cellStart, cellsWithin, cellWallClock } from './grid.ts';
import { dayNumber, dayStart, isoDay, MINUTE_MS } from './local-day.ts';
import { openMinutes } from './open-minutes.ts';
import { openIntervals, type PoolCalendar } from './working-calendar.ts';

const HOURS = [
  { from: 540, until: 720 },
  { from: 810, until: 1050 },
];
const OFFICE: PoolCalendar = {
  zone: 'Asia/Shanghai',
  weekly: { 1: HOURS, 2: HOURS, 3: HOURS, 4: HOURS, 5: HOURS },
  keepsPublicHolidays: true,
  closures: [],
};
const at = (text: string) => Date.parse(`${text}+08:00`);

describe('open minutes', () => {
  it('counts per resource and day', () => {
    const repair = { from: at('2026-09-30T10:10'), until: at('2026-09-30T11:40') };
    const pool = { id: 'p', gridMinutes: 30, calendar: OFFICE, resources: [{ id: 'a' }, { id: 'b', closures: [repair] }] };
    const rows = openMinutes(pool, dayNumber('2026-09-29'), dayNumber('2026-10-02'));
    expect(rows.map((row) => [row.resourceId, row.day, row.minutes])).toEqual([
      ['a', '2026-09-29', 420],
      ['a', '2026-09-30', 420],
      ['a', '2026-10-01', 0],
      ['b', '2026-09-29', 420],
      // The repair touches four half hours.
      ['b', '2026-09-30', 300],
      ['b', '2026-10-01', 0],
    ]);
    expect(openMinutes(pool, dayNumber('2026-09-29'), dayNumber('2026-09-29'))).toEqual([]);
  });

  it('has 23 and 25 hours where clocks change', () => {
    const always = Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((d) => [d, [{ from: 0, until: 1440 }]]));
    const calendar = { ...OFFICE, zone: 'Europe/Berlin', weekly: always, keepsPublicHolidays: false };
    const pool = { id: 'p', gridMinutes: 30, calendar, resources: [{ id: 'a' }] };
    const minutes = (day: string) => openMinutes(pool, dayNumber(day), dayNumber(day) + 1)[0]?.minutes;
    expect([minutes('2026-03-29'), minutes('2026-10-25'), minutes('2026-10-26')]).toEqual([23 * 60, 25 * 60, 24 * 60]);
  });

  it('counts every whole open cell once, on the day its local clock names', () => {
    const zones = fc.constantFrom('Asia/Shanghai', 'Asia/Kolkata', 'Europe/Berlin', 'Australia/Lord_Howe');
    const grids = fc.constantFrom(15, 30, 60, 120);
    const days = fc.integer({ min: dayNumber('2026-01-01'), max: dayNumber('2026-12-01') });
    const hours = fc.tuple(fc.integer({ min: 0, max: 700 }), fc.integer({ min: 710, max: 1660 })).map(([from, until]) => [{ from, until }]);
    fc.assert(
      fc.property(zones, grids, days, hours, hours, (zone, gridMinutes, first, a, b) => {
        const calendar = { ...OFFICE, zone, weekly: { 1: a, 2: b, 4: [{ from: 0, until: 1440 }], 5: a, 7: b } };
        const until = first + 7;
        const rows = openMinutes({ id: 'p', gridMinutes, calendar, resources: [{ id: 'a' }] }, first, until);
        const perDay = new Map<string, number>();
        for (const interval of openIntervals(calendar, first - 1, until + 1)) {
          const whole = cellsWithin(gridMinutes, interval);
          for (let cell = whole.from; cell < whole.until; cell++) {
            const day = isoDay(cellWallClock(zone, gridMinutes, cell).day);
            perDay.set(day, (perDay.get(day) ?? 0) + gridMinutes);
          }
        }
        expect(rows.map((row) => row.minutes)).toEqual(rows.map((row) => perDay.get(row.day) ?? 0));
        expect(cellStart(gridMinutes, cellAt(gridMinutes, dayStart(zone, first)))).toBeGreaterThan(
          dayStart(zone, first) - gridMinutes * MINUTE_MS,
        );
      }),
    );
  });
});
