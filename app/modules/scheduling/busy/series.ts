/** All events of one UID: the newest version, the changes that replace single occurrences, and when they are busy. */
import { DAY_MS } from '../local-day.ts';
import type { Interval } from '../working-calendar.ts';
import { TooMuch } from './busy-times.ts';
import { type Clocks, wallOf } from './calendar-clocks.ts';
import type { Wall } from './date-values.ts';
import { dayMeant, instantOf, type Moment, type Note } from './moments.ts';
import type { ReadEvent, Stretch } from './read-event.ts';
import { everyDay, walkRule } from './repeat-rule.ts';

export type Series = { first: ReadEvent; changes: ReadEvent[] };

/** Where an event is in the file several times, the newest version counts (RFC 5546 section 2.1.5). A change without its series is an event of its own. */
export function seriesOf(events: readonly ReadEvent[]): Series[] {
  const firsts = newest(
    events.filter(({ instead }) => instead === null),
    ({ uid }) => uid,
  );
  const changes = newest(
    events.filter(({ instead }) => instead !== null),
    ({ uid, instead }) => (instead && uid !== '' ? `${instantOf(instead.of)} ${uid}` : ''),
  );
  const byUid = Map.groupBy(changes, ({ uid }) => uid);
  const known = new Set(firsts.map(({ uid }) => uid).filter((uid) => uid !== ''));
  // A change that repeats is a series of its own; the occurrence it replaces stays busy as well.
  const rulesOf = new Map(firsts.map(({ uid, sequence, rules }) => [uid, { sequence, texts: new Set(rules.map(({ text }) => text)) }]));
  for (const change of changes) {
    const series = rulesOf.get(change.uid);
    // Programs often write the rule of the series into the change as well.
    if (series && (change.sequence < series.sequence || change.rules.every(({ text }) => series.texts.has(text)))) change.rules = [];
  }
  const alone = changes.filter(({ uid, rules }) => !known.has(uid) || rules.length > 0);
  return [
    ...firsts.map((first) => ({ first, changes: first.uid === '' ? [] : (byUid.get(first.uid) ?? []) })),
    ...alone.map((first) => ({ first, changes: [] })),
  ];
}

/** Those of the highest SEQUENCE; events without a UID are each their own. */
function newest(events: readonly ReadEvent[], keyOf: (event: ReadEvent) => string): ReadEvent[] {
  return [...Map.groupBy(events, keyOf)].flatMap(([key, same]) => {
    if (key === '' || same.length === 1) return same;
    const highest = Math.max(...same.map(({ sequence }) => sequence));
    const kept = same.filter(({ sequence }) => sequence === highest);
    const [first] = kept;
    for (const other of kept.slice(1))
      if (first && instantOf(other.start) !== instantOf(first.start)) other.notes.push({ line: other.line, reason: 'twice', found: '' });
    return kept;
  });
}

/** How many occurrences are looked at in all, so that no calendar fills the memory. */
export type Budget = { steps: number };

export type Expanded = { busy: Interval[]; notes: Note[] };

/**
 * When the series is busy within the span.
 * @returns with what was taken for granted; nothing of that when none of it reaches into the span
 */
export function expand({ first, changes }: Series, span: Interval, clocks: Clocks, budget: Budget): Expanded {
  const found: Interval[] = [];
  const notes: Note[] = [];
  const place = ({ busy, start, notes: own }: ReadEvent, wall: Wall, length: Stretch) => {
    if (!busy) return;
    const time = placed(start, wall, length, clocks);
    const touches =
      time.from === time.until ? span.from <= time.from && time.from < span.until : time.until > span.from && time.from < span.until;
    if (!touches) return;
    found.push(time);
    for (const note of own) if (!notes.includes(note)) notes.push(note);
  };
  const taken = { days: new Set(first.removed.days), instants: new Set(first.removed.instants) };
  const isTaken = (wall: Wall) =>
    taken.days.has(wall.day) || (taken.instants.size > 0 && taken.instants.has(first.start.clock.instant(wall)));
  const single = new Map<string, ReadEvent[]>();
  const onwards: { from: number; change: ReadEvent; sure: boolean }[] = [];
  for (const change of changes) {
    const key = change.instead && placeIn(first, change.instead.of, clocks);
    const older = change.sequence < first.sequence;
    // The series was written anew without this occurrence.
    if (older && typeof key === 'number' && isTaken(wallOf(key))) continue;
    const sure = key !== null && key !== undefined && !older && change.rules.length === 0;
    if (!sure) change.notes.push({ line: change.line, reason: older ? 'sequence' : 'recurrence', found: '' });
    if (change.instead?.andFuture && typeof key === 'number') onwards.push({ from: key, change, sure });
    if (sure) single.set(String(key), [...(single.get(String(key)) ?? []), change]);
    else place(change, change.start.wall, change.length);
  }
  onwards.sort((a, b) => a.from - b.from);
  for (const { wall, length, throughout } of occurrences(first, reach(first, onwards, span), budget, notes)) {
    if (throughout) {
      place(first, wall, length);
      continue;
    }
    const at = wall.day * DAY_MS + wall.ms;
    if (isTaken(wall)) continue;
    const key = single.has(String(at)) ? String(at) : `day ${wall.day}`;
    const instead = single.get(key);
    if (instead) {
      for (const change of instead) place(change, change.start.wall, change.length);
      single.delete(key);
      continue;
    }
    const since = onwards.findLast(({ from }) => from <= at);
    if (!since?.sure) place(first, wall, length);
    if (since) place(since.change, shifted(wall, since), since.change.length);
  }
  // Its original time lies outside of what was walked through, and it was moved into the span.
  for (const change of [...single.values()].flat()) place(change, change.start.wall, change.length);
  if (first.busy) for (const note of first.notes) if (note.reason === 'rdate_lost' && !notes.includes(note)) notes.push(note);
  return { busy: found, notes };
}

/** The whole day of a time is the one it lies in on the centre's clock. */
function placed({ clock, isDate }: Moment, wall: Wall, { days, ms, whole, back = 0 }: Stretch, { own }: Clocks): Interval {
  const on = whole && !isDate ? own : clock;
  const begin = !whole ? wall : { day: (isDate ? wall.day : own.wall(clock.instant(wall)).day) - back, ms: 0 };
  const from = on.instant(begin);
  return { from, until: (days === 0 ? from : on.instant({ day: begin.day + days, ms: begin.ms })) + ms };
}

/** The occurrence a change stands for, as ms on the series' clock, or `day N` when only its day is said; nothing when that is not certain. */
function placeIn({ start }: ReadEvent, of: Moment, clocks: Clocks): number | string | undefined {
  if (of.broken || (of.assumed && of.tzid !== start.tzid)) return undefined;
  if (start.isDate) {
    const day = dayMeant(of, clocks);
    return day === undefined ? undefined : day * DAY_MS;
  }
  if (of.isDate) return `day ${of.wall.day}`;
  const wall = start.clock.wall(instantOf(of));
  return wall.day * DAY_MS + wall.ms;
}

/** Moved by as much as the occurrence at which the change was made. */
function shifted(wall: Wall, { from, change }: { from: number; change: ReadEvent }): Wall {
  const { day, ms } = change.start.wall;
  return wallOf((wall.day + day) * DAY_MS + wall.ms + ms - from);
}

/** Where occurrences begin that may reach into the span, on the series' clock as if it were UTC. */
function reach({ length, added }: ReadEvent, onwards: readonly { from: number; change: ReadEvent }[], { from, until }: Interval): Interval {
  const longest = Math.max(
    ...[length, ...added.map((one) => one.length), ...onwards.map(({ change }) => change.length)].map(({ days, ms }) => days * DAY_MS + ms),
  );
  const moved = onwards.map(({ from: of, change: { start } }) => start.wall.day * DAY_MS + start.wall.ms - of);
  const [back, forth] = [Math.min(0, ...moved), Math.max(0, ...moved)];
  return { from: from - longest - forth - 2 * DAY_MS, until: until - back + 2 * DAY_MS };
}

type Occurrence = {
  wall: Wall;
  length: Stretch;
  /** From the first occurrence to the last: no date is taken out of it. */
  throughout?: true;
};

/** Each occurrence once, except those added with a length of their own. */
function* occurrences(first: ReadEvent, within: Interval, budget: Budget, notes: Note[]): Generator<Occurrence> {
  const { start, length, rules, added } = first;
  const seen = new Set<number>();
  const fresh = (at: number) => {
    if (--budget.steps < 0) throw new TooMuch('too_many_repetitions');
    return seen.has(at) ? false : seen.add(at);
  };
  const begin = start.wall.day * DAY_MS + start.wall.ms;
  for (const rule of rules) {
    const walked = rule.throughout ? undefined : walkRule(rule, start.wall, within);
    const walls = walked ?? (rule.throughout ? undefined : everyDay(rule, start.wall, within));
    if (!walked && !rule.throughout && first.busy) notes.push({ ...rule.note, reason: walls ? 'rule' : 'rule_throughout' });
    for (const at of walls ?? []) if (fresh(at)) yield { wall: wallOf(at), length };
    if (walls || begin >= within.until) continue;
    const last = Math.min(rule.until ?? within.until, within.until);
    yield {
      wall: start.wall,
      length: { days: length.days, ms: Math.max(0, last - begin) + length.ms, whole: length.whole },
      throughout: true,
    };
  }
  if (fresh(begin)) yield { wall: start.wall, length };
  for (const { wall, length: own } of added) {
    const at = wall.day * DAY_MS + wall.ms;
    if (fresh(at) || own !== length) yield { wall, length: own };
  }
}
