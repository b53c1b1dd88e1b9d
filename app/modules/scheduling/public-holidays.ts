import lunar from 'chinese-days';
import notices from 'chinese-days/dist/chinese-days.json' with { type: 'json' };
import { DAY_MS, dayNumber, isoDay } from './local-day.ts';

/**
 * Public holidays and make-up working days (调休) of mainland China as plain data per year.
 *
 * Source: the State Council's yearly notices (国务院办公厅关于部分节假日安排的通知) as collected by the package `chinese-days`. A year's notice comes
 * out in the autumn before it; until the package has it the year is unconfirmed and holds only the days the law itself names
 * (全国年节及纪念日放假办法, as amended with effect from 2025-01-01), without the bridging and make-up days a notice will add.
 */

export interface SpecialDay {
  /** ISO date. */
  readonly date: string;
  readonly kind: 'holiday' | 'make_up';
  /** The holiday; for a make-up working day, the holiday it makes up for. */
  readonly nameZh: string;
  readonly nameEn: string;
}

export interface HolidayYear {
  readonly year: number;
  /** Whether the year's notice is known. */
  readonly confirmed: boolean;
  /** In order of date. */
  readonly days: readonly SpecialDay[];
}

/** What a calendar asks of public holidays. Days are day numbers (local-day.ts). */
export interface HolidayBook {
  specialDay(day: number): SpecialDay | undefined;
  isConfirmed(year: number): boolean;
}

/** The lunar tables of the package end here; later years have no data at all. */
const LAST_LUNAR_YEAR = 2099;

const NOTICES = noticesByYear();
const FIRST_NOTICE = Math.min(...NOTICES.keys());
const LAST_NOTICE = Math.max(...NOTICES.keys());

/** The State Council's arrangement of a year; where it is not known yet, what the law alone says of the year. */
export function holidayYear(year: number): HolidayYear {
  const days = NOTICES.get(year);
  if (days) return { year, confirmed: true, days };
  return { year, confirmed: false, days: year > LAST_NOTICE && year <= LAST_LUNAR_YEAR ? daysNamedByLaw(year) : [] };
}

/** A book over given years; every other year is unconfirmed and has no special days. */
export function holidayBook(years: Iterable<HolidayYear>): HolidayBook {
  const days = new Map<number, SpecialDay>();
  const confirmed = new Set<number>();
  for (const year of years) {
    if (year.confirmed) confirmed.add(year.year);
    for (const day of year.days) days.set(dayNumber(day.date), day);
  }
  return { specialDay: (day) => days.get(day), isConfirmed: (year) => confirmed.has(year) };
}

/** The book the product runs on: every year with a notice, then the law's days up to the end of the lunar tables. */
export const PUBLIC_HOLIDAYS: HolidayBook = holidayBook(
  Array.from({ length: LAST_LUNAR_YEAR - FIRST_NOTICE + 1 }, (_, i) => holidayYear(FIRST_NOTICE + i)),
);

function noticesByYear(): Map<number, SpecialDay[]> {
  const years = new Map<number, SpecialDay[]>();
  const add = (kind: SpecialDay['kind'], entries: Record<string, string>) => {
    for (const [date, text] of Object.entries(entries)) {
      // "National Day,国庆节,3": English name, Chinese name, statutory days.
      const [nameEn = '', nameZh = ''] = text.split(',');
      const year = Number(date.slice(0, 4));
      if (!years.has(year)) years.set(year, []);
      years.get(year)!.push({ date, kind, nameZh, nameEn });
    }
  };
  add('holiday', notices.holidays);
  add('make_up', notices.workdays);
  for (const [year, days] of years) {
    // A notice for next year may move a working day into this December: that alone does not make this year known.
    if (!days.some((day) => day.kind === 'holiday' && day.date.endsWith('-10-01'))) years.delete(year);
    else days.sort((a, b) => (a.date < b.date ? -1 : 1));
  }
  return years;
}

/** The days the law names, whether or not a notice is known. Years up to 2099. */
export function daysNamedByLaw(year: number): SpecialDay[] {
  const fixed = (monthDay: string) => dayNumber(`${year}-${monthDay}`);
  const byMoon = (monthDay: string) => dayNumber(lunar.getSolarDateFromLunar(`${year}-${monthDay}`).date);
  const run = (first: number, count: number, nameZh: string, nameEn: string): SpecialDay[] =>
    Array.from({ length: count }, (_, i) => ({ date: isoDay(first + i), kind: 'holiday', nameZh, nameEn }));
  const days = [
    ...run(fixed('01-01'), 1, '元旦', "New Year's Day"),
    // From the eve to the third day of the first month.
    ...run(byMoon('01-01') - 1, 4, '春节', 'Spring Festival'),
    ...run(dayNumber(lunar.getSolarTermDate(year, 4, 'pure_brightness')), 1, '清明', 'Tomb-sweeping Day'),
    ...run(fixed('05-01'), 2, '劳动节', 'Labour Day'),
    ...run(byMoon('05-05'), 1, '端午', 'Dragon Boat Festival'),
    ...run(byMoon('08-15'), 1, '中秋', 'Mid-autumn Festival'),
    ...run(fixed('10-01'), 3, '国庆节', 'National Day'),
  ];
  const perDate = new Map(days.map((day) => [day.date, day]));
  return [...perDate.values()].sort((a, b) => (a.date < b.date ? -1 : 1));
}

/** Years a stretch of days [firstDay, untilDay) touches whose arrangement is not known yet. */
export function unconfirmedYears(book: HolidayBook, firstDay: number, untilDay: number): number[] {
  const yearOf = (day: number) => new Date(day * DAY_MS).getUTCFullYear();
  const years: number[] = [];
  for (let year = yearOf(firstDay); firstDay < untilDay && year <= yearOf(untilDay - 1); year++)
    if (!book.isConfirmed(year)) years.push(year);
  return years;
}
