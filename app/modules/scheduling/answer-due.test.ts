import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerDue } from './answer-due.ts';
import type { PoolCalendar } from './working-calendar.ts';

const at = (text: string) => Date.parse(`${text}+08:00`);
const week = (from: number, until: number, days = [1, 2, 3, 4, 5]): PoolCalendar => ({
  zone: 'Asia/Shanghai',
  weekly: Object.fromEntries(days.map((day) => [day, [{ from, until }]])),
  keepsPublicHolidays: true,
  closures: [],
});
const OFFICE = week(9 * 60, 17 * 60);
const ALL_DAY = { ...week(0, 1_440, [1, 2, 3, 4, 5, 6, 7]), keepsPublicHolidays: false };
const LATE = at('2026-12-31T00:00');

describe('when an answer is due', () => {
  it.each([
    ['within the day', '2026-03-04T10:00', 4, [OFFICE], '2026-03-04T14:00'],
    ['over night', '2026-03-04T15:00', 4, [OFFICE], '2026-03-05T11:00'],
    ['over a weekend', '2026-03-06T16:00', 4, [OFFICE], '2026-03-09T12:00'],
    ['asked at night', '2026-03-04T23:00', 1, [OFFICE], '2026-03-05T10:00'],
    ['asked on a Sunday', '2026-03-08T12:00', 8, [OFFICE], '2026-03-09T17:00'],
    ['over the National Day holidays', '2026-09-30T16:00', 2, [OFFICE], '2026-10-08T10:00'],
    ['a centre that never closes', '2026-03-06T16:00', 48, [ALL_DAY], '2026-03-08T16:00'],
    ['while one of two pools is open', '2026-03-04T16:00', 3, [OFFICE, week(12 * 60, 20 * 60)], '2026-03-04T19:00'],
    ['in a night shift', '2026-03-04T02:00', 2, [week(22 * 60, 30 * 60)], '2026-03-04T04:00'],
  ])('%s', (_, now, hours, calendars, due) => {
    expect(answerDue(at(now), hours, calendars, LATE)).toBe(at(due));
  });

  it('leaves closures out', () => {
    const closed = { from: at('2026-03-04T12:00'), until: at('2026-03-05T09:00'), reasonZh: '', reasonEn: '' };
    expect(answerDue(at('2026-03-04T11:00'), 2, [{ ...OFFICE, closures: [closed] }], LATE)).toBe(at('2026-03-05T10:00'));
  });

  it('is never behind the latest, never before it is asked, and later for more hours', () => {
    const instant = fc.integer({ min: at('2026-01-01T00:00'), max: at('2026-11-30T00:00') });
    fc.assert(
      fc.property(instant, fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 60 }), (now, hours, days) => {
        const latest = now + days * 86_400_000;
        const [one, more] = [hours, hours + 1].map((asked) => answerDue(now, asked, [OFFICE], latest)) as [number, number];
        expect(one).toBeGreaterThan(now);
        expect(more).toBeGreaterThanOrEqual(one);
        expect(more).toBeLessThanOrEqual(latest);
      }),
      { numRuns: 100 },
    );
  });
});
