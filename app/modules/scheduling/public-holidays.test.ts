import { describe, expect, it } from 'vitest';
import { dayNumber } from './local-day.ts';
import { daysNamedByLaw, holidayBook, holidayYear, PUBLIC_HOLIDAYS, unconfirmedYears } from './public-holidays.ts';

describe('public holidays', () => {
  it('holds the notice for 2026', () => {
    const year = holidayYear(2026);
    expect(year.confirmed).toBe(true);
    const dates = (kind: string) => year.days.filter((day) => day.kind === kind).map((day) => day.date);
    expect(dates('holiday')).toHaveLength(33);
    expect(dates('make_up')).toEqual(['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10']);
    expect(PUBLIC_HOLIDAYS.specialDay(dayNumber('2026-10-01'))).toEqual({
      date: '2026-10-01',
      kind: 'holiday',
      nameZh: '国庆节',
      nameEn: 'National Day',
    });
    expect(PUBLIC_HOLIDAYS.specialDay(dayNumber('2026-10-08'))).toBeUndefined();
  });

  it('gives an unknown year the days the law names and calls it unconfirmed', () => {
    const year = holidayYear(2090);
    expect(year.confirmed).toBe(false);
    expect(PUBLIC_HOLIDAYS.isConfirmed(2090)).toBe(false);
    expect(year.days.every((day) => day.kind === 'holiday')).toBe(true);
    expect(year.days.map((day) => day.date)).toContain('2090-01-01');
    expect(PUBLIC_HOLIDAYS.specialDay(dayNumber('2090-10-03'))?.nameZh).toBe('国庆节');
  });

  it('computes the days the law names: each is a holiday in the notices we have', () => {
    // 2025 on: the law's present form.
    for (const year of [2025, 2026]) {
      for (const day of daysNamedByLaw(year)) expect(PUBLIC_HOLIDAYS.specialDay(dayNumber(day.date))?.kind, day.date).toBe('holiday');
    }
    expect(daysNamedByLaw(2026).map((day) => day.date)).toEqual([
      '2026-01-01',
      ...['2026-02-16', '2026-02-17', '2026-02-18', '2026-02-19'],
      '2026-04-05',
      ...['2026-05-01', '2026-05-02'],
      '2026-06-19',
      '2026-09-25',
      ...['2026-10-01', '2026-10-02', '2026-10-03'],
    ]);
    expect(holidayYear(2100)).toEqual({ year: 2100, confirmed: false, days: [] });
    expect(holidayYear(1990)).toEqual({ year: 1990, confirmed: false, days: [] });
  });

  it('names the unconfirmed years a stretch touches', () => {
    const book = holidayBook([{ year: 2026, confirmed: true, days: [] }]);
    expect(unconfirmedYears(book, dayNumber('2026-12-01'), dayNumber('2027-01-01'))).toEqual([]);
    expect(unconfirmedYears(book, dayNumber('2026-12-01'), dayNumber('2027-01-02'))).toEqual([2027]);
    expect(unconfirmedYears(book, dayNumber('2027-01-01'), dayNumber('2027-01-01'))).toEqual([]);
  });
});
