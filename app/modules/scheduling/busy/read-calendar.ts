/** iCalendar (RFC 5545) to busy times. The library reads the lines and walks through the rules; what counts as busy, and when, is said here. */
import ICAL from 'ical.js';
import { DAY_MS, dayNumber } from '../local-day.ts';
import type { Interval } from '../working-calendar.ts';
import {
  type BusyTimes,
  type CalendarReading,
  type EventFault,
  joined,
  MOST_BUSY_TIMES,
  MOST_EVENTS,
  MOST_REPETITIONS,
  type ReadingWish,
} from './busy-times.ts';
import { type CalendarPart, calendarParts } from './calendar-parts.ts';
import { type Clock, calendarClocks, libraryTime, type Wall, wallOfLibrary } from './calendar-zones.ts';

/**
 * Events that are busy (not cancelled, not shown as free) and busy stretches of free/busy lists. An event that cannot be read is named by its
 * line, and the rest is read all the same.
 */
export function readCalendar(file: string, wish: ReadingWish): CalendarReading {
  const parts = calendarParts(file);
  if (typeof parts === 'string') return { fault: parts };
  const events = parts.filter(({ kind }) => kind !== 'vtimezone');
  if (events.length > MOST_EVENTS) return { fault: 'too_many_events' };
  const zones = parts
    .filter(({ kind }) => kind === 'vtimezone')
    .map(({ text }) => [/^TZID[^:]*:(.*)$/im.exec(text)?.[1]?.trim() ?? '', text] as const);
  const clocks = calendarClocks(wish.zone, new Map(zones));
  const unread: BusyTimes['unread'] = [];
  const read: ReadEvent[] = [];
  const busy: Interval[] = [];
  const attempt = (line: number, work: () => void) => {
    try {
      work();
    } catch (error) {
      if (error instanceof TooMany) throw error;
      unread.push({ line, fault: error instanceof Unread ? error.fault : 'event_form' });
    }
  };
  for (const part of events)
    attempt(part.line, () => {
      const component = componentOf(part);
      if (part.kind === 'vfreebusy') busy.push(...freeBusy(component, clocks));
      else read.push(readEvent(component, part.line, clocks));
    });
  const steps = { left: MOST_REPETITIONS };
  try {
    for (const series of seriesOf(read)) {
      const { line, uid } = series.first;
      if (!uid.endsWith(`@${wish.host}`)) attempt(line, () => busy.push(...expand(series, wish.span, steps)));
    }
  } catch (error) {
    if (error instanceof TooMany) return { fault: 'too_many_repetitions' };
    throw error;
  }
  const times = joined(busy.map(({ from, until }) => ({ from: Math.max(from, wish.span.from), until: Math.min(until, wish.span.until) })));
  if (times.length > MOST_BUSY_TIMES) return { fault: 'too_many_times' };
  return { busy: times, events: events.length - unread.length, unread: unread.sort((a, b) => a.line - b.line) };
}

class TooMany extends Error {}

class Unread extends Error {
  readonly fault: EventFault;
  constructor(fault: EventFault) {
    super(fault);
    this.fault = fault;
  }
}

function componentOf({ text }: CalendarPart): ICAL.Component {
  try {
    return new ICAL.Component(ICAL.parse(text));
  } catch {
    throw new Unread('event_form');
  }
}

type Moment = { wall: Wall; isDate: boolean; clock: Clock };
type Clocks = ReturnType<typeof calendarClocks>;
/** jCal: name, parameters, type, values. */
type Line = [string, Record<string, string | string[]>, string, ...unknown[]];

const linesOf = (component: ICAL.Component, name: string): Line[] =>
  component.getAllProperties(name).map((property) => property.toJSON() as unknown as Line);

/** Whole days are on the clock of whoever reads the calendar. */
function momentOf(value: unknown, [, { tzid }]: Line, clocks: Clocks): Moment {
  const parts = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}):(\d{2}):(\d{2})(Z?))?$/.exec(String(value));
  if (!parts) throw new Unread('event_time');
  const [, date = '', hour, minute = '', second = '', utc] = parts;
  const clock = clocks(hour === undefined || Array.isArray(tzid) ? undefined : tzid, utc === 'Z');
  if (!clock) throw new Unread('event_zone');
  // A leap second is the last of its minute.
  const ms = hour === undefined ? 0 : ((Number(hour) * 60 + Number(minute)) * 60 + Math.min(59, Number(second))) * 1000;
  if (ms >= DAY_MS || Number(minute) > 59 || Number(second) > 60) throw new Unread('event_time');
  return { wall: { day: dayOfDate(date), ms }, isDate: hour === undefined, clock };
}

function dayOfDate(date: string): number {
  try {
    return dayNumber(date);
  } catch {
    throw new Unread('event_time');
  }
}

const instantOf = ({ wall, clock }: Moment): number => clock.instant(wall);

/** Of time that passes, so 24 h of a day of 23 too. @throws Unread */
function durationMs(value: unknown): number {
  try {
    return ICAL.Duration.fromString(String(value)).toSeconds() * 1000;
  } catch {
    throw new Unread('event_time');
  }
}

type ReadEvent = {
  line: number;
  uid: string;
  start: Moment;
  /** Whole days for dates, ms of time that passes for times. */
  length: number;
  busy: boolean;
  rules: ICAL.Recur[];
  added: Moment[];
  removed: Moment[];
  /** Of one occurrence that is otherwise, or of all from it on. */
  instead: { of: number; andFuture: boolean } | null;
};

function readEvent(component: ICAL.Component, line: number, clocks: Clocks): ReadEvent {
  const only = (name: string) => linesOf(component, name)[0];
  const text = (name: string) => String(only(name)?.[3] ?? '').toUpperCase();
  const begins = only('dtstart');
  if (!begins) throw new Unread('event_time');
  const start = momentOf(begins[3], begins, clocks);
  const moments = (name: string) =>
    linesOf(component, name).flatMap((property) =>
      property.slice(3).map((value) => momentOf(Array.isArray(value) ? value[0] : value, property, clocks)),
    );
  const replaces = only('recurrence-id');
  const changed = replaces && momentOf(replaces[3], replaces, clocks);
  return {
    line,
    uid: String(only('uid')?.[3] ?? ''),
    start,
    length: lengthOf(start, only('dtend'), only('duration'), clocks),
    busy: text('status') !== 'CANCELLED' && text('transp') !== 'TRANSPARENT' && text('x-microsoft-cdo-busystatus') !== 'FREE',
    rules: component.getAllProperties('rrule').map((property) => ruleOf(property, start)),
    added: moments('rdate'),
    removed: moments('exdate'),
    instead: changed ? { of: instantOf(changed), andFuture: String(replaces[1].range ?? '').toUpperCase() === 'THISANDFUTURE' } : null,
  };
}

function lengthOf(start: Moment, end: Line | undefined, duration: Line | undefined, clocks: Clocks): number {
  if (end) {
    const until = momentOf(end[3], end, clocks);
    const length = start.isDate ? until.wall.day - start.wall.day : instantOf(until) - instantOf(start);
    if (length < 0) throw new Unread('event_time');
    // Some programs end a whole day on itself.
    return start.isDate ? Math.max(1, length) : length;
  }
  if (!duration) return start.isDate ? 1 : 0;
  const length = durationMs(duration[3]);
  if (length < 0) throw new Unread('event_time');
  return start.isDate ? Math.max(1, Math.round(length / DAY_MS)) : length;
}

/** Rules finer than days make no calendar of a bench. */
const FREQUENCIES = new Set(['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY']);

/** Every thousandth day is no habit. */
const MOST_INTERVAL = 1_000;

/** UNTIL is compared with what the clock shows: said in UTC, it is put on that clock first, and for whole days it is a day. */
function ruleOf(property: ICAL.Property, start: Moment): ICAL.Recur {
  const rule = property.getFirstValue();
  if (!(rule instanceof ICAL.Recur) || !FREQUENCIES.has(rule.freq) || rule.interval > MOST_INTERVAL) throw new Unread('event_rule');
  const { until } = rule;
  if (!until) return rule;
  const said = wallOfLibrary(until);
  const last = !until.isDate && until.zone.tzid === 'UTC' ? start.clock.wall(said.day * DAY_MS + said.ms) : said;
  rule.until = start.isDate ? libraryTime(last, true) : libraryTime(until.isDate ? { day: last.day, ms: DAY_MS - 1000 } : last);
  return rule;
}

type Series = { first: ReadEvent; changes: ReadEvent[] };

/** Events of one UID with what replaces single occurrences; a replacement that came alone is an event of its own. */
function seriesOf(events: readonly ReadEvent[]): Series[] {
  const changes = Map.groupBy(
    events.filter(({ instead }) => instead !== null),
    ({ uid }) => uid,
  );
  const firsts = events.filter(({ instead }) => instead === null);
  const known = new Set(firsts.map(({ uid }) => uid));
  const alone = events.filter(({ instead, uid }) => instead !== null && !known.has(uid));
  return [...firsts.map((first) => ({ first, changes: changes.get(first.uid) ?? [] })), ...alone.map((first) => ({ first, changes: [] }))];
}

/** When the series is busy within the span. */
function expand({ first, changes }: Series, span: Interval, steps: { left: number }): Interval[] {
  const removed = new Set(first.removed.filter(({ isDate }) => !isDate || first.start.isDate).map(instantOf));
  const removedDays = new Set(first.start.isDate ? [] : first.removed.filter(({ isDate }) => isDate).map(({ wall }) => wall.day));
  const single = new Map(changes.map((change) => [change.instead?.of, change]));
  const onwards = changes.filter(({ instead }) => instead?.andFuture).toSorted((a, b) => (a.instead?.of ?? 0) - (b.instead?.of ?? 0));
  const found: Interval[] = [];
  const place = ({ start: { clock, isDate, wall }, length, busy }: ReadEvent) => {
    if (!busy) return;
    const from = clock.instant(wall);
    found.push({ from, until: isDate ? clock.instant({ day: wall.day + length, ms: 0 }) : from + length });
  };
  for (const wall of walk(first, span, steps)) {
    const at = first.start.clock.instant(wall);
    if (removed.has(at) || removedDays.has(wall.day)) continue;
    const change = single.get(at);
    if (change) {
      place(change);
      single.delete(at);
      continue;
    }
    const since = onwards.findLast(({ instead }) => (instead?.of ?? 0) <= at);
    if (!since) place({ ...first, start: { ...first.start, wall } });
    else {
      // As far from its place as the occurrence the change was made at.
      const before = first.start.clock.wall(since.instead?.of ?? 0);
      const local = (wall.day - before.day + since.start.wall.day) * DAY_MS + wall.ms - before.ms + since.start.wall.ms;
      const day = Math.floor(local / DAY_MS);
      place({ ...since, start: { ...since.start, wall: { day, ms: local - day * DAY_MS } } });
    }
  }
  // Moved out of a time the walk did not come to, into the span.
  for (const change of single.values()) place(change);
  return found.filter(({ from, until }) => until > span.from && from < span.until);
}

/** Where the occurrences begin, each once, up to the end of the span; those before it too, for changes may lead into it. */
function* walk({ start, rules, added }: ReadEvent, span: Interval, steps: { left: number }): Generator<Wall> {
  const seen = new Set<number>();
  const fresh = (wall: Wall) => {
    if (--steps.left < 0) throw new TooMany();
    const key = wall.day * DAY_MS + wall.ms;
    return seen.has(key) ? false : seen.add(key);
  };
  for (const wall of [start.wall, ...added.map((moment) => start.clock.wall(instantOf(moment)))]) if (fresh(wall)) yield wall;
  for (const rule of rules) {
    const walker = rule.iterator(libraryTime(start.wall, start.isDate));
    for (let next = step(walker); next; next = step(walker)) {
      const wall = wallOfLibrary(next);
      if (start.clock.instant(wall) >= span.until) break;
      if (fresh(wall)) yield wall;
    }
  }
}

function step(walker: ICAL.RecurIterator): ICAL.Time | null {
  try {
    return walker.next() ?? null;
  } catch {
    throw new Unread('event_rule');
  }
}

/** FREEBUSY periods; FBTYPE=FREE is no busy time. */
function freeBusy(component: ICAL.Component, clocks: Clocks): Interval[] {
  return linesOf(component, 'freebusy').flatMap((line) => {
    if (String(line[1].fbtype ?? '').toUpperCase() === 'FREE') return [];
    return line.slice(3).map((period) => {
      if (!Array.isArray(period)) throw new Unread('event_time');
      const from = instantOf(momentOf(period[0], line, clocks));
      const until = /^[-+]?P/.test(String(period[1])) ? from + durationMs(period[1]) : instantOf(momentOf(period[1], line, clocks));
      if (until < from) throw new Unread('event_time');
      return { from, until };
    });
  });
}
