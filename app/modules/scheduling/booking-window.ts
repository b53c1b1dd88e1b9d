import { dayOf, dayStart } from './local-day.ts';
import { type HolidayBook, PUBLIC_HOLIDAYS, unconfirmedYears } from './public-holidays.ts';
import { type Interval, isWorkingDay, type PoolCalendar } from './working-calendar.ts';

/** How long before its start a booking must be made: hours by the clock, or whole working days between. */
export type LeadTime = { readonly unit: 'hours'; readonly value: number } | { readonly unit: 'working_days'; readonly value: number };

export interface BookingRule {
  readonly leadTime: LeadTime;
  /** Days ahead that can be booked: the last is today + horizonDays (0 to MAX_HORIZON_DAYS). */
  readonly horizonDays: number;
}

/** A year ahead: later, neither holidays nor prices are known. */
export const MAX_HORIZON_DAYS = 365;

/** Starts that may be booked, and the years among them whose public holidays are not announced yet. */
export interface BookingWindow extends Interval {
  readonly unconfirmedYears: readonly number[];
}

/**
 * The instants in which a booking made at `now` may start.
 *
 * A lead time of n working days lets a job start on the n-th working day after today at the earliest, whatever the hour now: booked on a
 * Friday with 1 working day, it starts on Monday. 0 of either unit is now. A working day is one on which every pool is open.
 * Empty (from = until) when the lead time ends behind the horizon.
 */
export function bookingWindow(
  now: number,
  rule: BookingRule,
  calendars: readonly PoolCalendar[],
  holidays: HolidayBook = PUBLIC_HOLIDAYS,
): BookingWindow {
  const zone = calendars[0]?.zone;
  if (zone === undefined) throw new RangeError('a booking window needs at least one calendar');
  const today = dayOf(zone, now);
  const untilDay = today + Math.min(Math.max(0, rule.horizonDays), MAX_HORIZON_DAYS) + 1;
  const until = dayStart(zone, untilDay);
  const from = Math.min(until, earliest(now, today, untilDay, zone, rule.leadTime, calendars, holidays));
  const kept = calendars.some((calendar) => calendar.keepsPublicHolidays);
  return { from, until, unconfirmedYears: kept ? unconfirmedYears(holidays, dayOf(zone, from), untilDay) : [] };
}

function earliest(
  now: number,
  today: number,
  untilDay: number,
  zone: string,
  leadTime: LeadTime,
  calendars: readonly PoolCalendar[],
  holidays: HolidayBook,
): number {
  if (leadTime.unit === 'hours') return now + Math.max(0, leadTime.value) * 3_600_000;
  let left = leadTime.value;
  if (left <= 0) return now;
  for (let day = today + 1; day < untilDay; day++) {
    if (calendars.every((calendar) => isWorkingDay(calendar, day, holidays))) left--;
    if (left <= 0) return dayStart(zone, day);
  }
  return Number.POSITIVE_INFINITY;
}
