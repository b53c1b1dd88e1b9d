import { describe, expect, it } from 'vitest';
import { DAY_MS, dayNumber, isoDay } from '../local-day.ts';
import { walkLunarRule } from './lunar-rule.ts';

const walked = (start: string, rule: string, until = '2036-01-01') =>
  walkLunarRule(
    { parts: new Map(rule.split(';').map((part) => part.split('=') as [string, string])), until: undefined },
    { day: dayNumber(start), ms: 0 },
    { from: 0, until: dayNumber(until) * DAY_MS },
  )
    ?.map((ms) => isoDay(ms / DAY_MS))
    .join(' ');

describe('rules of the Chinese calendar', () => {
  it.each([
    // Days of the Spring Festival as the State Council published them, and as GB/T 33661-2017 has them for those to come.
    [
      '2013-02-10',
      'FREQ=YEARLY',
      '2013-02-10 2014-01-31 2015-02-19 2016-02-08 2017-01-28 2018-02-16 2019-02-05 2020-01-25 2021-02-12 2022-02-01 2023-01-22 2024-02-10 2025-01-29 2026-02-17 2027-02-06 2028-01-26 2029-02-13 2030-02-03 2031-01-23 2032-02-11 2033-01-31 2034-02-19 2035-02-08',
    ],
    ['2026-02-17', 'FREQ=YEARLY;INTERVAL=3', '2026-02-17 2029-02-13 2032-02-11 2035-02-08'],
    ['2026-02-17', 'FREQ=YEARLY;COUNT=2', '2026-02-17 2027-02-06'],
    ['2026-02-17', 'FREQ=YEARLY;BYMONTH=8;BYMONTHDAY=15;COUNT=3', '2026-09-25 2027-09-15 2028-10-03'],
    ['2026-02-16', 'FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=-1;COUNT=3', '2026-02-16 2027-02-05 2028-01-25'],
    ['2026-02-17', 'FREQ=MONTHLY;COUNT=4', '2026-02-17 2026-03-19 2026-04-17 2026-05-17'],
    ['2025-07-25', 'FREQ=MONTHLY;COUNT=3', '2025-07-25 2025-08-23 2025-09-22'],
    // The leap sixth month of 2025; the next is in 2036.
    ['2025-07-25', 'FREQ=YEARLY;SKIP=OMIT', '2025-07-25'],
    ['2025-07-25', 'FREQ=YEARLY;SKIP=BACKWARD;COUNT=2', '2025-07-25 2026-07-14'],
    ['2025-07-25', 'FREQ=YEARLY;SKIP=FORWARD;COUNT=2', '2025-07-25 2026-08-13'],
    // The thirtieth of the twelfth month, which none of the years 2024 to 2028 has.
    ['2024-02-09', 'FREQ=YEARLY;COUNT=2', '2024-02-09 2030-02-02'],
    ['2024-02-09', 'FREQ=YEARLY;SKIP=BACKWARD;COUNT=3', '2024-02-09 2025-01-28 2026-02-16'],
    ['2024-02-09', 'FREQ=YEARLY;SKIP=FORWARD;COUNT=3', '2024-02-09 2025-01-29 2026-02-17'],
    ['2025-01-28', 'FREQ=WEEKLY', undefined],
    ['2025-01-28', 'FREQ=YEARLY;BYDAY=MO', undefined],
    ['1890-01-28', 'FREQ=YEARLY', undefined],
  ])('%s %s', (start, rule, expected) => {
    expect(walked(start, rule)).toBe(expected);
  });
});
