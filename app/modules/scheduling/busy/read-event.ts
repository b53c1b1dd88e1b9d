/** A VEVENT: when it begins, how long it takes, how it repeats, and whether it is busy. What cannot be read is taken so that it blocks. */
import { DAY_MS } from '../local-day.ts';
import type { Clocks } from './calendar-clocks.ts';
import type { CalendarPart } from './calendar-parts.ts';
import type { ContentLine } from './content-lines.ts';
import { type Length, lengthValue, type Wall } from './date-values.ts';
import { dayMeant, instantOf, type Moment, momentOf, type Note, type Reading } from './moments.ts';
import { readRule } from './repeat-rule.ts';

/** `whole`: from the midnight its day begins with, or from so many days `back`. */
export type Stretch = Length & { whole: boolean; back?: number };
const WHOLE_DAY: Stretch = { days: 1, ms: 0, whole: true };

export type EventRule = {
  parts: ReadonlyMap<string, string>;
  /** ms on the clock of the beginning, as if it were UTC. */
  until: number | undefined;
  throughout: boolean;
  /** As it stands there. */
  text: string;
  note: Pick<Note, 'line' | 'found'>;
};

export type ReadEvent = {
  line: number;
  uid: string;
  sequence: number;
  start: Moment;
  length: Stretch;
  busy: boolean;
  rules: EventRule[];
  added: { wall: Wall; length: Stretch }[];
  removed: { days: number[]; instants: number[] };
  /** Of one occurrence that is otherwise, or of all from it on. */
  instead: { of: Moment; andFuture: boolean } | null;
  notes: Note[];
};

/**
 * @param cancelled of a calendar that is sent to cancel what is in it
 * @returns `no_time` for one that says nowhere when it is, nothing for one that is not busy at a time nobody knows
 */
export function readEvent(part: CalendarPart, clocks: Clocks, cancelled: boolean): ReadEvent | 'no_time' | undefined {
  const reading: Reading = { clocks, calendar: part.calendar, notes: [] };
  const { notes } = reading;
  const all = (name: string) => part.lines.filter((line) => line.name === name);
  const only = (name: string) => all(name)[0];
  const busy = !cancelled && isBusy(part, notes);
  const replaces = only('RECURRENCE-ID');
  const begun = beginning(part, reading);
  const of = replaces && momentOf(replaces.value, replaces, reading, begun?.start);
  const { start, length } = begun ?? { start: of, length: WHOLE_DAY };
  if (!start) return busy ? 'no_time' : undefined;
  if (!begun) notes.push({ line: replaces?.line ?? part.line, reason: 'start', found: '' });
  if (replaces && !of) notes.push({ line: replaces.line, reason: 'recurrence', found: '' });
  const range = (replaces?.params.get('RANGE') ?? '').toUpperCase();
  if (replaces && range !== '' && range !== 'THISANDFUTURE') notes.push({ line: replaces.line, reason: 'recurrence', found: '' });
  const others = all('DTSTART')
    .slice(1)
    .flatMap((line) => momentOf(line.value, line, reading) ?? []);
  return {
    line: part.line,
    // A change whose occurrence is unknown does not replace the series.
    uid: replaces && !of ? '' : (only('UID')?.value.trim() ?? ''),
    sequence: Number(/^\d{1,9}$/.exec(only('SEQUENCE')?.value.trim() ?? '')?.[0] ?? 0),
    start,
    length,
    busy,
    rules: all('RRULE').flatMap((line) => rulesOf(line, start, reading)),
    added: [
      ...others.map((other) => ({ wall: start.clock.wall(instantOf(other)), length })),
      ...addedOf(all('RDATE'), start, length, reading),
    ],
    removed: removedOf([...all('EXDATE'), ...all('EXRULE')], start, reading),
    instead: of ? { of, andFuture: range === 'THISANDFUTURE' } : null,
    notes,
  };
}

/** Free only when every property about it says so, in the exact words of the standard. */
function isBusy({ lines }: CalendarPart, notes: Note[]): boolean {
  const said = (name: string) =>
    lines.filter((line) => line.name === name).map(({ line, value }) => ({ line, value: value.toUpperCase() }));
  const agreed = (values: readonly { line: number; free: boolean }[]) => {
    const free = values.filter((one) => one.free);
    if (free.length > 0 && free.length < values.length) notes.push({ line: free[0]?.line ?? 0, reason: 'status', found: '' });
    return values.length > 0 && free.length === values.length;
  };
  return !(
    agreed(said('STATUS').map(({ line, value }) => ({ line, free: value === 'CANCELLED' }))) ||
    agreed([
      ...said('TRANSP').map(({ line, value }) => ({ line, free: value === 'TRANSPARENT' })),
      ...said('X-MICROSOFT-CDO-BUSYSTATUS').map(({ line, value }) => ({ line, free: value === 'FREE' })),
    ])
  );
}

/** Where it begins and how long it takes; of what is missing or cannot be read, the whole day is taken. */
function beginning(part: CalendarPart, reading: Reading): { start: Moment; length: Stretch } | undefined {
  const { notes } = reading;
  const lines = (name: string) => part.lines.filter((line) => line.name === name);
  const note = (line: ContentLine, reason: 'start' | 'end' | 'no_length') => notes.push({ line: line.line, reason, found: '' });
  const begins = lines('DTSTART').find((line) => momentOf(line.value, line, { ...reading, notes: [] }));
  const start = begins && momentOf(begins.value, begins, reading);
  const ends = lines('DTEND').flatMap((line) => {
    const moment = momentOf(line.value, line, reading, start);
    return moment ? [{ line, moment }] : [];
  });
  const durations = lines('DURATION').flatMap((line) => lengthValue(line.value) ?? []);
  const [said] = [...lines('DTEND'), ...lines('DURATION')];
  if (!start) {
    const [end] = ends;
    if (!end) return undefined;
    note(end.line, 'start');
    return untilEnd(end.moment, durations[0], reading.clocks);
  }
  if (start.broken || (start.isDate && start.wall.ms > 0)) note(begins, 'start');
  if (!said) {
    if (!start.isDate) note(begins, 'no_length');
    return { start, length: start.isDate ? WHOLE_DAY : { days: 0, ms: 0, whole: false } };
  }
  const lengths = [
    ...ends.flatMap(({ moment }) => lengthUntil(start, moment) ?? []),
    ...durations.map((length) => lengthFor(start, length)),
  ];
  const longest = lengths.toSorted((a, b) => b.days * DAY_MS + b.ms - a.days * DAY_MS - a.ms)[0];
  if (!longest || (ends.some(({ moment }) => moment.broken || moment.isDate !== start.isDate) && !start.broken)) note(said, 'end');
  else if (!longest.whole && longest.days === 0 && longest.ms === 0) note(said, 'no_length');
  return { start, length: longest ?? daysBetween(start, ends[0]?.moment) };
}

/** Beginning and end may have been swapped: then the days of both, if they are near each other. */
function daysBetween(start: Moment, end: Moment | undefined): Stretch {
  const back = end ? Math.ceil((instantOf(start) - instantOf(end)) / DAY_MS) : 0;
  return back <= MOST_SWAPPED_DAYS ? { ...WHOLE_DAY, days: 1 + back, back } : WHOLE_DAY;
}
const MOST_SWAPPED_DAYS = 7;

/** @returns nothing for an end before the beginning */
function lengthUntil(start: Moment, end: Moment): Stretch | undefined {
  if (start.isDate) {
    // An end with a time ends its day, and so does a day that ends on itself.
    const last = end.isDate && end.wall.ms === 0 && !end.broken ? end.wall.day : start.clock.wall(instantOf(end) - 1).day + 1;
    const days = last - start.wall.day;
    return days < 0 ? undefined : { days: Math.max(1, days), ms: 0, whole: true };
  }
  const until = end.isDate ? start.clock.instant({ day: end.wall.day + 1, ms: 0 }) : instantOf(end);
  const ms = until - instantOf(start);
  return ms < 0 ? undefined : { days: 0, ms, whole: false };
}

const lengthFor = (start: Moment, { days, ms }: Length): Stretch =>
  start.isDate ? { days: Math.max(1, days + Math.ceil(ms / DAY_MS)), ms: 0, whole: true } : { days, ms, whole: false };

/** Its end alone is known: from there back by its duration, else from the midnight before. */
function untilEnd(end: Moment, duration: Length | undefined, { own }: Clocks): { start: Moment; length: Stretch } {
  if (end.isDate) return { start: { ...end, wall: { day: end.wall.day - 1, ms: 0 } }, length: WHOLE_DAY };
  const at = instantOf(end);
  if (duration) {
    const from = at - duration.days * DAY_MS - duration.ms;
    return { start: { ...end, wall: end.clock.wall(from) }, length: { ...duration, whole: false } };
  }
  const day = own.wall(at - 1).day;
  return { start: { ...end, clock: own, wall: { day, ms: 0 } }, length: { days: 0, ms: at - own.instant({ day, ms: 0 }), whole: false } };
}

/** UNTIL is compared with what the clock shows: said in UTC, it is put on that clock first, and for whole days it is a day. */
function rulesOf(line: ContentLine, start: Moment, { notes }: Reading): EventRule[] {
  if (line.value.trim() === '') return [];
  const { parts, until, troubles } = readRule(line.value);
  const note = { line: line.line, found: /^[\w=;,:+-]{1,60}/.exec(line.value)?.[0] ?? '' };
  for (const reason of troubles) notes.push({ ...note, reason });
  let last: number | undefined;
  if (until) {
    const shown = until.offset === undefined ? until : start.clock.wall(until.day * DAY_MS + until.ms - until.offset);
    // Some programs mind neither clock nor kind of value: it then means the end of that day.
    const latest = Math.max(shown.day, until.day);
    if (start.isDate) last = latest * DAY_MS;
    else if (until.isDate || latest === start.wall.day) last = (latest + 1) * DAY_MS - 1000;
    else last = shown.day * DAY_MS + shown.ms;
    // Year 1 is what some programs write for no end.
    if (latest < start.wall.day) {
      last = undefined;
      notes.push({ ...note, reason: 'rule_end' });
    }
  }
  // A date has no hours to repeat by.
  const kept = new Map([...parts].filter(([name]) => !start.isDate || !/^BY(HOUR|MINUTE|SECOND)$/.test(name)));
  const rule = { parts: kept, until: last, throughout: troubles.includes('rule_throughout'), text: line.value, note };
  if (last === undefined || !kept.has('COUNT')) return [rule];
  return [
    { ...rule, until: undefined },
    { ...rule, parts: new Map([...kept].filter(([name]) => name !== 'COUNT')) },
  ];
}

/** Dates put into a series: days, times, or stretches of their own length. */
function addedOf(lines: readonly ContentLine[], start: Moment, length: Stretch, reading: Reading): ReadEvent['added'] {
  return lines.flatMap((line) =>
    listed(line).flatMap((text) => {
      const [from = '', end] = text.split('/');
      const moment = momentOf(from, line, reading, start);
      const note = (reason: 'rdate' | 'rdate_lost') => void reading.notes.push({ line: line.line, reason, found: '' });
      if (!moment) {
        note('rdate_lost');
        return [];
      }
      if (start.isDate)
        return [{ wall: { day: moment.isDate ? moment.wall.day : start.clock.wall(instantOf(moment)).day, ms: 0 }, length }];
      const wall = start.clock.wall(instantOf(moment));
      if (moment.isDate) {
        note('rdate');
        return [{ wall: start.clock.wall(reading.clocks.own.instant({ day: moment.wall.day, ms: 0 })), length: WHOLE_DAY }];
      }
      if (end === undefined) return [{ wall, length }];
      const own = stretchOf(moment, end, line, reading);
      if (!own) note('rdate');
      return [{ wall, length: own ?? WHOLE_DAY }];
    }),
  );
}

/** From a moment for a duration, or to another moment. @returns nothing when neither can be read */
export function stretchOf(from: Moment, end: string, line: ContentLine, reading: Reading): Stretch | undefined {
  const duration = lengthValue(end);
  if (duration) return { ...duration, whole: false };
  const until = momentOf(end, line, reading, from);
  return until && !until.broken ? lengthUntil(from, until) : undefined;
}

/** Dates taken out of a series. An uncertain date removes nothing, and neither does EXRULE, which RFC 5545 no longer has. */
function removedOf(lines: readonly ContentLine[], start: Moment, reading: Reading): ReadEvent['removed'] {
  const [days, instants]: [number[], number[]] = [[], []];
  for (const line of lines)
    for (const text of listed(line)) {
      const moment = momentOf(text, line, { ...reading, notes: [] }, start);
      const certain = moment && !moment.broken && (!moment.assumed || moment.tzid === start.tzid);
      const day = certain && (start.isDate ? dayMeant(moment, reading.clocks) : moment.isDate ? moment.wall.day : undefined);
      if (day !== undefined && day !== false) days.push(day);
      else if (certain && !start.isDate) instants.push(instantOf(moment));
      else reading.notes.push({ line: line.line, reason: 'exdate', found: '' });
    }
  return { days, instants };
}

export const listed = ({ value }: ContentLine): string[] => value.split(/[,;]/).filter((text) => text.trim() !== '');
