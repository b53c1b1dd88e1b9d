import type { BookingWindow } from './booking-window.ts';
import { dayEnd, dayNumber, dayOf, dayStart, isoDay, mondayOf, type Weekday, wallClock, weekdayOf } from './local-day.ts';
import { type HolidayBook, PUBLIC_HOLIDAYS, type SpecialDay } from './public-holidays.ts';
import { endOfJob, findStarts, type PoolFacts, planSlots } from './slot-search.ts';
import { type Closure, type OpenDay, openDay } from './working-calendar.ts';

/** The free starts of a few days as a visitor sees them, in the zone of the first pool. Data only: the page has the words. */
export interface WeekView {
  readonly zone: string;
  readonly days: readonly WeekDay[];
}

export interface WeekDay {
  /** ISO date. */
  readonly day: string;
  readonly weekday: Weekday;
  readonly starts: readonly WeekStart[];
  /** Why there is no start; null when there is one. */
  readonly none: NoStart | null;
  /** The public holiday, or what a make-up working day makes up for. */
  readonly special: SpecialDay | null;
  /** Closures that take open time from the day. */
  readonly closures: readonly Closure[];
  /** Whether the year's public holidays are known. */
  readonly confirmed: boolean;
}

export interface WeekStart {
  /** UTC ms. */
  readonly at: number;
  /** When the work would end, UTC ms: a long one runs on over breaks, nights and days off. */
  readonly until: number;
  /** Minutes after midnight on the local clock. */
  readonly minute: number;
}

/**
 * `past`: over, or what is left of today is. `full`: somebody has the resources, or they are away. `too_short`: even with nothing booked the
 * job would not fit into the day's hours.
 */
export type NoStart =
  | { readonly kind: 'past' | 'before_lead_time' | 'beyond_horizon' | 'closed_weekday' | 'full' | 'too_short' }
  | { readonly kind: 'holiday'; readonly special: SpecialDay }
  | { readonly kind: 'closure'; readonly closure: Closure };

export interface WeekQuestion {
  readonly pools: readonly PoolFacts[];
  readonly minutes: number;
  /** Of them, kept free behind the work. */
  readonly bufferMinutes?: number;
  /** Of them, the way out. */
  readonly travelMinutes?: number;
  readonly now: number;
  /** What may be booked (booking-window.ts). */
  readonly window: BookingWindow;
  /** ISO date of the first day shown. */
  readonly firstDay: string;
  /** 7 for a week, 3 on a phone. */
  readonly days: number;
  readonly holidays?: HolidayBook;
}

/** ISO date of the Monday of the week an instant lies in. */
export function weekStart(zone: string, ms: number): string {
  return isoDay(mondayOf(dayOf(zone, ms)));
}

export function weekView(question: WeekQuestion): WeekView {
  const { pools, minutes, bufferMinutes = 0, travelMinutes, now, window, holidays = PUBLIC_HOLIDAYS } = question;
  const zone = pools[0]?.calendar.zone;
  if (zone === undefined) throw new RangeError('a week view needs at least one pool');
  const first = dayNumber(question.firstDay);
  const from = dayStart(zone, first);
  const until = dayStart(zone, first + question.days);
  const plan = planSlots({
    pools,
    minutes,
    travelMinutes,
    from: Math.max(from, window.from),
    until: Math.max(Math.max(from, window.from), Math.min(until, window.until)),
    holidays,
  });
  // What would be offered if nothing were booked: it tells days that are full from days on which the job never fits.
  const idlePools = pools.map((pool, i) => ({ ...pool, resources: [{ id: `${pool.id} ${i}`, busy: new Int32Array() }] }));
  const possible = findStarts({ pools: idlePools, minutes, travelMinutes, from, until, holidays });

  const days = Array.from({ length: question.days }, (_, i): WeekDay => {
    const day = first + i;
    const start = dayStart(zone, day);
    const end = dayEnd(zone, day);
    const within = (at: number) => at >= start && at < end;
    const starts = plan.starts
      .filter(within)
      .map((at) => ({ at, until: endOfJob(plan, at, minutes - bufferMinutes), minute: wallClock(zone, at).minute }));
    const opens = pools.map((pool) => openDay(pool.calendar, day, holidays));
    return {
      day: isoDay(day),
      weekday: weekdayOf(day),
      starts,
      none: starts.length > 0 ? null : whyNone(opens, possible.filter(within), end, now, window),
      special: opens.find((open) => open.special)?.special ?? null,
      closures: [...new Set(opens.flatMap((open) => open.closures))],
      confirmed: opens.every((open) => open.confirmed),
    };
  });
  return { zone, days };
}

/** Returns the first reason that applies, the most lasting first. @param possible starts the day would have if nothing were booked */
function whyNone(opens: readonly OpenDay[], possible: readonly number[], end: number, now: number, window: BookingWindow): NoStart {
  if (end <= now) return { kind: 'past' };
  const closed = opens.filter((open) => open.open.length === 0);
  const holiday = closed.find((open) => open.kind === 'holiday');
  if (holiday?.special) return { kind: 'holiday', special: holiday.special };
  const closure = closed.find((open) => open.closures.length > 0)?.closures[0];
  if (closure) return { kind: 'closure', closure };
  if (closed.length > 0) return { kind: 'closed_weekday' };
  if (possible.length === 0) return { kind: 'too_short' };
  if (possible.some((at) => at >= window.from && at < window.until)) return { kind: 'full' };
  if (possible.every((at) => at < now)) return { kind: 'past' };
  return { kind: possible.some((at) => at >= now && at < window.from) ? 'before_lead_time' : 'beyond_horizon' };
}
