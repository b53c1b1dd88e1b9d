import { DAY_MS, dayPieces, dayStart, isoDay, MINUTE_MS, offsetAt, type Weekday, weekdayOf } from './local-day.ts';
import { type HolidayBook, PUBLIC_HOLIDAYS, type SpecialDay } from './public-holidays.ts';

/**
 * When a pool is open: weekly hours − closures − public holidays + make-up working days, on the clocks of the pool's zone.
 *
 * An instant is open when the wall clock then shows a time within the day's hours and no closure covers it. Where clocks jump forward
 * the skipped hours do not exist; where they fall back the repeated hour is open twice, if it is within the hours.
 */

/**
 * Wall-clock hours of a day, [from, until) in minutes after midnight, 0 ≤ from < 1440, from < until. A shift over midnight ends behind
 * 1440: what lies there is open on the next day, and belongs to the day the shift begins (a holiday then does not close its morning).
 */
export interface Hours {
  readonly from: number;
  readonly until: number;
}

/** Instants [from, until), UTC milliseconds. */
export interface Interval {
  readonly from: number;
  readonly until: number;
}

/** A little more than a year; a centre closed for longer has shut down. Searches for closures need to look back no further than this. */
export const LONGEST_CLOSURE_MS = 400 * DAY_MS;

/** A stretch during which nothing opens. Whole local days: `closureDays`. */
export interface Closure extends Interval {
  readonly reasonZh: string;
  readonly reasonEn: string;
}

export interface PoolCalendar {
  /** IANA zone. */
  readonly zone: string;
  /** Hours per ISO weekday; a weekday left out is closed. */
  readonly weekly: Readonly<Partial<Record<Weekday, readonly Hours[]>>>;
  /** Hours of a make-up working day. Left out: Monday's; if Mondays are closed, those of its own weekday. */
  readonly makeUpHours?: readonly Hours[];
  /** Whether public holidays close the pool and make-up days open it. A laboratory that runs on through holidays says false. */
  readonly keepsPublicHolidays: boolean;
  readonly closures: readonly Closure[];
}

/** `regular`: its weekday's hours. `make_up`: a make-up working day. `holiday`: closed by a public holiday. `closed_weekday`: no hours that weekday. */
export type DayKind = 'regular' | 'make_up' | 'holiday' | 'closed_weekday';

export interface OpenDay {
  /** ISO date in the pool's zone. */
  readonly day: string;
  readonly kind: DayKind;
  /** Open stretches in order, none touching another. */
  readonly open: readonly Interval[];
  /** The holiday, or the holiday a make-up day belongs to. */
  readonly special?: SpecialDay;
  /** Closures that take open time from this day. */
  readonly closures: readonly Closure[];
  /** Whether the public holidays of its year are known (always true for a pool that keeps none). */
  readonly confirmed: boolean;
}

/** The open hours of one local day (day number). */
export function openDay(calendar: PoolCalendar, day: number, holidays: HolidayBook = PUBLIC_HOLIDAYS): OpenDay {
  const { kind, special } = dayPlan(calendar, day, holidays);
  const planned = hoursToIntervals(calendar.zone, day, clockHours(calendar, day, holidays));
  return {
    day: isoDay(day),
    kind,
    open: withoutClosures(planned, calendar.closures),
    special,
    closures: calendar.closures.filter((closure) => planned.some((p) => closure.from < p.until && p.from < closure.until)),
    confirmed: !calendar.keepsPublicHolidays || holidays.isConfirmed(new Date(day * DAY_MS).getUTCFullYear()),
  };
}

/** The open stretches of local days [firstDay, untilDay), in order; stretches that touch at midnight are one. */
export function openIntervals(
  calendar: PoolCalendar,
  firstDay: number,
  untilDay: number,
  holidays: HolidayBook = PUBLIC_HOLIDAYS,
): Interval[] {
  const planned: Interval[] = [];
  const nights = worksNights(calendar);
  for (let day = firstDay; day < untilDay; day++) {
    for (const interval of hoursToIntervals(calendar.zone, day, clockHours(calendar, day, holidays, nights))) append(planned, interval);
  }
  return withoutClosures(planned, calendar.closures);
}

/** Whether a shift of the day has open hours, closures taken off; the end of last night's is no working day. */
export function isWorkingDay(calendar: PoolCalendar, day: number, holidays: HolidayBook = PUBLIC_HOLIDAYS): boolean {
  const planned = hoursToIntervals(calendar.zone, day, dayPlan(calendar, day, holidays).hours);
  return withoutClosures(planned, calendar.closures).length > 0;
}

/** A closure of whole local days, first to last inclusive (day numbers). */
export function closureDays(zone: string, firstDay: number, lastDay: number, reasonZh: string, reasonEn: string): Closure {
  return { from: dayStart(zone, firstDay), until: dayStart(zone, lastDay + 1), reasonZh, reasonEn };
}

/**
 * The weekly hours alone over `days` days from a Monday (day number), as if the zone never changed its clocks: no holidays, no closures.
 * What a pool can hold at best is judged on it, so that the answer is the same whatever week is asked about.
 */
export function regularIntervals(calendar: PoolCalendar, monday: number, days: number): Interval[] {
  const offset = offsetAt(calendar.zone, REFERENCE_INSTANT);
  const planned: Interval[] = [];
  for (let day = monday; day < monday + days; day++) {
    const midnight = day * DAY_MS - offset;
    const hours = calendar.weekly[weekdayOf(day)] ?? NO_HOURS;
    const intervals = hours.map(({ from, until }) => ({ from: midnight + from * MINUTE_MS, until: midnight + until * MINUTE_MS }));
    for (const interval of joined(intervals)) append(planned, interval);
  }
  return planned;
}

/** The instant at which a zone's standard offset is read. Any instant would do, as long as it never changes. */
const REFERENCE_INSTANT = Date.UTC(2026, 0, 1);

const NO_HOURS: readonly Hours[] = [];

function dayPlan(
  calendar: PoolCalendar,
  day: number,
  holidays: HolidayBook,
): { kind: DayKind; hours: readonly Hours[]; special?: SpecialDay } {
  const weekday = weekdayOf(day);
  const own = calendar.weekly[weekday] ?? NO_HOURS;
  const special = calendar.keepsPublicHolidays ? holidays.specialDay(day) : undefined;
  if (special?.kind === 'holiday') return { kind: 'holiday', hours: NO_HOURS, special };
  if (special?.kind === 'make_up') {
    const monday = calendar.weekly[1] ?? NO_HOURS;
    return { kind: 'make_up', hours: calendar.makeUpHours ?? (monday.length > 0 ? monday : own), special };
  }
  return { kind: own.length > 0 ? 'regular' : 'closed_weekday', hours: own };
}

const DAY_MINUTES = DAY_MS / MINUTE_MS;

const worksNights = ({ weekly, makeUpHours = NO_HOURS }: PoolCalendar): boolean =>
  [makeUpHours, ...Object.values(weekly)].some((hours) => hours.some(({ until }) => until > DAY_MINUTES));

/** What is open by the clock of a local day: its own hours, and the end of the shift that began the day before. */
function clockHours(calendar: PoolCalendar, day: number, holidays: HolidayBook, nights = worksNights(calendar)): readonly Hours[] {
  const own = dayPlan(calendar, day, holidays).hours;
  if (!nights) return own;
  const before = dayPlan(calendar, day - 1, holidays).hours.filter(({ until }) => until > DAY_MINUTES);
  return [...before.map(({ until }) => ({ from: 0, until: until - DAY_MINUTES })), ...own];
}

/** The hours as instants within the local day; a stretch that ends after midnight is cut at midnight. */
function hoursToIntervals(zone: string, day: number, hours: readonly Hours[]): Interval[] {
  if (hours.length === 0) return [];
  const pieces = dayPieces(zone, day);
  const found: Interval[] = [];
  for (const piece of pieces) {
    const midnight = day * DAY_MS - piece.offset;
    for (const { from, until } of hours) {
      const start = Math.max(piece.from, midnight + from * MINUTE_MS);
      const end = Math.min(piece.until, midnight + until * MINUTE_MS);
      if (start < end) found.push({ from: start, until: end });
    }
  }
  return found.length > 1 ? joined(found) : found;
}

function withoutClosures(open: readonly Interval[], closures: readonly Closure[]): Interval[] {
  let rest = open as Interval[];
  for (const closure of closures) {
    if (!rest.some((r) => closure.from < r.until && r.from < closure.until)) continue;
    rest = rest.flatMap((r) => {
      if (closure.until <= r.from || r.until <= closure.from) return [r];
      const parts: Interval[] = [];
      if (r.from < closure.from) parts.push({ from: r.from, until: closure.from });
      if (closure.until < r.until) parts.push({ from: closure.until, until: r.until });
      return parts;
    });
  }
  return rest;
}

function joined(intervals: Interval[]): Interval[] {
  const result: Interval[] = [];
  for (const interval of intervals.sort((a, b) => a.from - b.from)) append(result, interval);
  return result;
}

function append(intervals: Interval[], next: Interval): void {
  const last = intervals.at(-1);
  if (last && next.from <= last.until) intervals[intervals.length - 1] = { from: last.from, until: Math.max(last.until, next.until) };
  else intervals.push(next);
}
