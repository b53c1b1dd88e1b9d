import { dayOf } from './local-day.ts';
import { type HolidayBook, PUBLIC_HOLIDAYS } from './public-holidays.ts';
import { type Interval, openIntervals, type PoolCalendar } from './working-calendar.ts';

const HOUR_MS = 3_600_000;

/**
 * When an answer to a request made at `now` is due. Only hours in which somebody is at work count: those in which at least one of the
 * pools is open. Nights, weekends, holidays and closures do not count.
 * @param latest the answer is due by then, even if fewer hours have passed: after it nobody needs it
 */
export function answerDue(
  now: number,
  hours: number,
  calendars: readonly PoolCalendar[],
  latest: number,
  holidays: HolidayBook = PUBLIC_HOLIDAYS,
): number {
  let left = hours * HOUR_MS;
  for (const { from, until } of atWork(now, latest, calendars, holidays)) {
    if (until - from >= left) return from + left;
    left -= until - from;
  }
  return latest;
}

/** The stretches in which any pool is open, in order and apart, within the span. */
function atWork(from: number, until: number, calendars: readonly PoolCalendar[], holidays: HolidayBook): Interval[] {
  const open = calendars
    // From the day before: a night shift that began then is still at work.
    .flatMap((calendar) => openIntervals(calendar, dayOf(calendar.zone, from) - 1, dayOf(calendar.zone, until) + 1, holidays))
    .map((one) => ({ from: Math.max(one.from, from), until: Math.min(one.until, until) }))
    .filter((one) => one.from < one.until)
    .sort((a, b) => a.from - b.from);
  const joined: { from: number; until: number }[] = [];
  for (const one of open) {
    const last = joined.at(-1);
    if (last && one.from <= last.until) last.until = Math.max(last.until, one.until);
    else joined.push(one);
  }
  return joined;
}
