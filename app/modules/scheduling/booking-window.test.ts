import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bookingWindow, MAX_HORIZON_DAYS } from './booking-window.ts';
import { DAY_MS, dayNumber, dayOf, isoDay } from './local-day.ts';
import { closureDays, isWorkingDay, type PoolCalendar } from './working-calendar.ts';

const HOURS = [{ from: 540, until: 1020 }];
const OFFICE: PoolCalendar = {
  zone: 'Asia/Shanghai',
  weekly: { 1: HOURS, 2: HOURS, 3: HOURS, 4: HOURS, 5: HOURS },
  keepsPublicHolidays: true,
  closures: [],
};
const at = (text: string) => Date.parse(`${text}+08:00`);
const windowFrom = (now: string, value: number, calendars = [OFFICE]) =>
  bookingWindow(at(now), { leadTime: { unit: 'working_days', value }, horizonDays: 60 }, calendars).from;

describe('booking window', () => {
  it('counts working days over weekends, holidays, make-up days and closures', () => {
    expect(windowFrom('2026-11-23T23:59', 1)).toBe(at('2026-11-24T00:00'));
    expect(windowFrom('2026-11-27T10:00', 1)).toBe(at('2026-11-30T00:00'));
    // 30 September 2026, Wednesday: holiday 1–7 October; Saturday the 10th is made up.
    expect(windowFrom('2026-09-30T10:00', 1)).toBe(at('2026-10-08T00:00'));
    expect(windowFrom('2026-09-30T10:00', 3)).toBe(at('2026-10-10T00:00'));
    const moving = { ...OFFICE, closures: [closureDays(OFFICE.zone, dayNumber('2026-11-24'), dayNumber('2026-11-25'), '搬迁', 'Moving')] };
    expect(windowFrom('2026-11-23T10:00', 1, [OFFICE, moving])).toBe(at('2026-11-26T00:00'));
    expect(windowFrom('2026-11-23T10:00', 0)).toBe(at('2026-11-23T10:00'));
  });

  it('counts hours by the clock', () => {
    const window = bookingWindow(at('2026-11-27T20:00'), { leadTime: { unit: 'hours', value: 24 }, horizonDays: 10 }, [OFFICE]);
    expect(window).toEqual({ from: at('2026-11-28T20:00'), until: at('2026-12-08T00:00'), unconfirmedYears: [] });
  });

  it('is empty when the lead time reaches behind the horizon, and never longer than a year', () => {
    const late = bookingWindow(at('2026-11-23T10:00'), { leadTime: { unit: 'working_days', value: 30 }, horizonDays: 7 }, [OFFICE]);
    expect(late.from).toBe(late.until);
    const far = bookingWindow(at('2026-01-01T00:00'), { leadTime: { unit: 'hours', value: 0 }, horizonDays: 1e9 }, [OFFICE]);
    expect((far.until - far.from) / DAY_MS).toBe(MAX_HORIZON_DAYS + 1);
  });

  it('names years without a notice, unless no pool keeps public holidays', () => {
    const rule = { leadTime: { unit: 'hours', value: 0 }, horizonDays: 60 } as const;
    expect(bookingWindow(at('2089-12-10T10:00'), rule, [OFFICE]).unconfirmedYears).toEqual([2089, 2090]);
    expect(bookingWindow(at('2089-12-10T10:00'), rule, [{ ...OFFICE, keepsPublicHolidays: false }]).unconfirmedYears).toEqual([]);
  });

  it('leaves exactly the asked number of working days from the day after today', () => {
    const nows = fc.integer({ min: at('2024-01-01T00:00'), max: at('2026-10-01T00:00') });
    fc.assert(
      fc.property(nows, fc.integer({ min: 1, max: 15 }), (now, value) => {
        const { from } = bookingWindow(now, { leadTime: { unit: 'working_days', value }, horizonDays: 90 }, [OFFICE]);
        const today = dayOf(OFFICE.zone, now);
        const first = dayOf(OFFICE.zone, from);
        expect(isWorkingDay(OFFICE, first), isoDay(first)).toBe(true);
        let working = 0;
        for (let day = today + 1; day <= first; day++) if (isWorkingDay(OFFICE, day)) working++;
        expect(working).toBe(value);
      }),
    );
  });
});
