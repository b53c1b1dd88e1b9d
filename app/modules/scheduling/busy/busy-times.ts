/** What is read from a calendar kept elsewhere: when it is busy, and nothing of what it is busy with. */
import type { Interval } from '../working-calendar.ts';

/** Bytes of a file or an answer: ten years of a busy Google or Exchange calendar. */
export const MOST_CALENDAR_BYTES = 10 * 1024 * 1024;
/** Events that reach into the span, or repeat. */
export const MOST_EVENTS = 10_000;
/** Repetitions of all events together within the span, and dates that are added to or taken out of series. */
export const MOST_REPETITIONS = 300_000;
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

/** Why one event takes no time: nothing in it says when it is. */
export type EventFault = 'event_time';

/**
 * What was taken for granted where a calendar is not clear. Whatever is known blocks:
 * - `cut_off`: the file breaks off; what it says is busy, what would follow is not known
 * - `zone`: a clock nobody knows; the centre's was taken. `zone_offset`: a clock known by its offset alone, without summer time
 * - `calendar_zone`: a time that names no clock, in a calendar that names one (X-WR-TIMEZONE)
 * - `start`, `end`: the time of day, or the end, cannot be read or lies before the beginning; its whole day is busy
 * - `no_length`: ends as it begins and takes no time, as RFC 5545 has it
 * - `rule`: the rule is not understood; busy at its hours every day. `rule_throughout`: busy all through
 * - `rule_end`: its end cannot be read or lies before its beginning; it has none. `rule_interval`: at every turn
 * - `exdate`, `rdate`: a date taken out cannot be read and stays busy; one put in is busy all day. `rdate_lost`: one put in says no day
 * - `recurrence`: which occurrence a change stands for is not clear; both are busy. `sequence`: a change older than its series; both are busy
 * - `twice`: the same event with two times, none of them newer; both are busy
 * - `status`: said to be busy and free; busy
 * - `freebusy`: a stretch without a readable end; its day is busy
 */
export type Assumed =
  | 'cut_off'
  | 'zone'
  | 'zone_offset'
  | 'calendar_zone'
  | 'start'
  | 'end'
  | 'no_length'
  | 'rule'
  | 'rule_throughout'
  | 'rule_end'
  | 'rule_interval'
  | 'exdate'
  | 'rdate'
  | 'rdate_lost'
  | 'recurrence'
  | 'sequence'
  | 'twice'
  | 'status'
  | 'freebusy';

export type Assumption = {
  reason: Assumed;
  /** The name of a clock or the form of a rule as it stands in the file, else empty: never what an event is about. */
  found: string;
  /** The first few of the lines (from 1) it was met in. */
  lines: number[];
  count: number;
};

export type BusyTimes = {
  /** UTC ms, ascending, apart from each other, within the span asked for. */
  busy: Interval[];
  /** Events and free/busy lists that were read. */
  events: number;
  /** By the line (from 1) its BEGIN stands in. */
  unread: { line: number; fault: EventFault }[];
  assumed: Assumption[];
  /** False when the file breaks off: there may be more than it says. */
  whole: boolean;
};

export type CalendarReading = BusyTimes | { fault: CalendarFault };

export type ReadingOptions = {
  /** IANA zone of whole days, and of times that name none where their calendar names none. */
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

/** Ends a reading whose calendar is beyond what is read. */
export class TooMuch extends Error {
  readonly fault: CalendarFault;
  constructor(fault: CalendarFault) {
    super(fault);
    this.fault = fault;
  }
}
