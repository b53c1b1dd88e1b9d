/** What is read from a calendar kept elsewhere: when it is busy, and nothing of what it is busy with. */
import type { Interval } from '../working-calendar.ts';

/** Bytes of a file or an answer. */
export const MOST_CALENDAR_BYTES = 1024 * 1024;
export const MOST_EVENTS = 2_000;
/** Repetitions of all events together that are walked through, those outside the span too. */
export const MOST_REPETITIONS = 100_000;
/** Busy times within the span, after those that touch are one. */
export const MOST_BUSY_TIMES = 5_000;

export type CalendarFault =
  | 'not_calendar'
  | 'cut_off'
  | 'too_many_events'
  | 'too_many_repetitions'
  | 'too_many_times'
  | 'took_too_long'
  | 'too_large'
  | 'address'
  | 'private_address'
  | 'unreachable'
  | 'answer'
  | 'too_many_redirects';

/** Why one event could not be read; the rest of its calendar can. */
export type EventFault = 'event_form' | 'event_time' | 'event_zone' | 'event_rule';

export type BusyTimes = {
  /** UTC ms, ascending, apart from each other, within the span asked for. */
  busy: Interval[];
  /** Events and free/busy lists that were read. */
  events: number;
  /** By the line (from 1) its BEGIN stands in. */
  unread: { line: number; fault: EventFault }[];
};

export type CalendarReading = BusyTimes | { fault: CalendarFault };

export type ReadingWish = {
  /** IANA zone of times that name none, and of whole days. */
  zone: string;
  /** UTC ms. */
  span: Interval;
  /** Events whose UID ends with `@host` are the site's own feed come back. */
  host: string;
};

/** Sorted, and those that overlap or touch as one. */
export function joined(times: readonly Interval[]): Interval[] {
  const result: { from: number; until: number }[] = [];
  for (const { from, until } of times.toSorted((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (last && from <= last.until) last.until = Math.max(last.until, until);
    else if (until > from) result.push({ from, until });
  }
  return result;
}
