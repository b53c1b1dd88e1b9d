/** iCalendar (RFC 5545) to busy times: what counts as busy is said here, and that whatever is known of an event blocks. */

import type { Interval } from '../working-calendar.ts';
import {
  type Assumption,
  type BusyTimes,
  type CalendarReading,
  joined,
  MOST_BUSY_TIMES,
  MOST_EVENTS,
  MOST_REPETITIONS,
  type ReadingOptions,
  TooMuch,
} from './busy-times.ts';
import { calendarClocks } from './calendar-clocks.ts';
import { type CalendarPart, walkParts } from './calendar-parts.ts';
import type { Note } from './moments.ts';
import { type ReadEvent, readEvent } from './read-event.ts';
import { readFreeBusy } from './read-free-busy.ts';
import { expand, seriesOf } from './series.ts';

/**
 * Events that are busy (not cancelled, not shown as free) and busy stretches of free/busy lists. What cannot be read of an event is taken so
 * that it blocks, and said; one that says no time is named by its line.
 */
export function readCalendar(file: string, options: ReadingOptions): CalendarReading {
  try {
    return readWhole(file, options);
  } catch (error) {
    if (error instanceof TooMuch) return { fault: error.fault };
    throw error;
  }
}

function readWhole(file: string, { zone, span, host }: ReadingOptions): CalendarReading {
  const zones: CalendarPart[] = [];
  const calendars = walkParts(file, new Set(['VTIMEZONE']), (part) => zones.push(part));
  if (calendars.length === 0) return { fault: 'not_calendar' };
  const clocks = calendarClocks(zone, calendars, zones, span);
  const events: ReadEvent[] = [];
  const unread: BusyTimes['unread'] = [];
  const busy: Interval[] = [];
  const notes: Note[] = calendars.flatMap(({ cutOff }) => (cutOff === undefined ? [] : [{ line: cutOff, reason: 'cut_off', found: '' }]));
  const whole = notes.length === 0;
  const budget = { steps: MOST_REPETITIONS };
  let count = 0;
  const noTime = (line: number) => {
    unread.push({ line, fault: 'event_time' });
    if (unread.length > MOST_EVENTS) throw new TooMuch('too_many_events');
  };
  walkParts(file, new Set(['VEVENT', 'VFREEBUSY']), (part) => {
    if (part.kind === 'VFREEBUSY') {
      const { times, lost } = readFreeBusy(part, clocks);
      budget.steps -= times.length;
      for (const { time, notes: own } of times)
        if (time.until > span.from && time.from < span.until) {
          busy.push(time);
          notes.push(...own);
        }
      lost.forEach(noTime);
      count++;
    } else {
      const event = readEvent(part, clocks, calendars[part.calendar]?.method === 'CANCEL');
      if (event === 'no_time') return noTime(part.line);
      count++;
      if (!event || event.uid.endsWith(`@${host}`)) return;
      budget.steps -= event.added.length + event.removed.days.length + event.removed.instants.length;
      events.push(event);
    }
    if (budget.steps < 0) throw new TooMuch('too_many_repetitions');
  });
  // A file that breaks off before its first event says nothing.
  if (!whole && count + unread.length === 0) return { fault: 'cut_off' };
  let met = 0;
  for (const series of seriesOf(events)) {
    const expanded = expand(series, span, clocks, budget);
    if (expanded.busy.length > 0 && ++met > MOST_EVENTS) return { fault: 'too_many_events' };
    busy.push(...expanded.busy);
    notes.push(...expanded.notes);
  }
  const times = joined(busy.map(({ from, until }) => ({ from: Math.max(from, span.from), until: Math.min(until, span.until) })));
  if (times.length > MOST_BUSY_TIMES) return { fault: 'too_many_times' };
  return { busy: times, events: count, unread: unread.sort((a, b) => a.line - b.line), assumed: assumptions(notes), whole };
}

const MOST_ASSUMPTIONS = 40;
const LINES_NAMED = 8;
const LONGEST_FOUND = 60;

/** By reason and by what was found, each with the first of its lines. */
function assumptions(notes: readonly Note[]): Assumption[] {
  const found = new Map<string, Assumption>();
  for (const note of notes.toSorted((a, b) => a.line - b.line)) {
    const whole = note.found.replaceAll(/[\p{Cc}\p{Cf}]/gu, '');
    const shown = whole.length > LONGEST_FOUND ? `${whole.slice(0, LONGEST_FOUND - 1)}…` : whole;
    // There are more than anybody reads: the rest is reported by reason alone.
    const text = found.size < MOST_ASSUMPTIONS || found.has(`${note.reason} ${shown}`) ? shown : '';
    const known = found.get(`${note.reason} ${text}`);
    if (!known) found.set(`${note.reason} ${text}`, { reason: note.reason, found: text, lines: [note.line], count: 1 });
    else if (known.lines.at(-1) !== note.line) {
      known.count++;
      if (known.lines.length < LINES_NAMED) known.lines.push(note.line);
    }
  }
  return [...found.values()];
}
