import { describe, expect, it } from 'vitest';
import { isoDay } from '#app/modules/scheduling/local-day.ts';
import { daysOfMonth } from './view-pool-month.server.ts';

describe('a month', () => {
  it.each([
    ['2026-02', 28, '2026-01', '2026-03'],
    ['2028-02', 29, '2028-01', '2028-03'],
    ['2026-12', 31, '2026-11', '2027-01'],
    ['2027-01', 31, '2026-12', '2027-02'],
  ])('%s has %i days', (month, count, previous, next) => {
    const days = daysOfMonth(month)!;
    expect(days).toMatchObject({ previous, next });
    expect(days.until - days.first).toBe(count);
    expect(isoDay(days.first)).toBe(`${month}-01`);
  });

  it.each(['', '2026-13', '2026-00', '1969-01', '9999-01', '2026-1', 'now', '2026-11-01'])('%s is none', (text) => {
    expect(daysOfMonth(text)).toBeUndefined();
  });
});
