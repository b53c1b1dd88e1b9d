import { dayEnd, dayOf, weekdayOf } from '#app/modules/scheduling/local-day.ts';
import { type HolidayBook, PUBLIC_HOLIDAYS } from '#app/modules/scheduling/public-holidays.ts';

/**
 * When the report was promised for: the end (UTC ms) of the day that many working days after the work ends, public holidays left out
 * and make-up days counted. Zero days: the day the work ends.
 */
export function reportDueAt(zone: string, endAt: number, workingDays: number, holidays: HolidayBook = PUBLIC_HOLIDAYS): number {
  let day = dayOf(zone, endAt);
  for (let left = workingDays; left > 0; ) {
    day++;
    const kind = holidays.specialDay(day)?.kind;
    if (kind === 'make_up' || (kind === undefined && weekdayOf(day) <= 5)) left--;
  }
  return dayEnd(zone, day) - 1;
}
