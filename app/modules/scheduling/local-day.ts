/**
 * Days and wall clocks of a time zone.
 *
 * A day is an ISO date (`2026-10-01`) outside this module and, inside the rules, the number of that date counted from 1970-01-01.
 * A zone's offsets are asked from the runtime's zone data once per year and kept: a question costs a table look-up, not a formatter.
 */

export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;
export const DEFAULT_ZONE = 'Asia/Shanghai';

/** ISO weekday: 1 is Monday, 7 is Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** A stretch of instants [from, until) in UTC milliseconds during which the zone keeps one offset (local = UTC + offset). */
export interface OffsetPiece {
  readonly from: number;
  readonly until: number;
  readonly offset: number;
}

/** Number of an ISO date. Throws RangeError for anything that is not a real date. */
export function dayNumber(isoDate: string): number {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(isoDate) ? Date.parse(`${isoDate}T00:00:00Z`) : Number.NaN;
  // Date.parse lets some engines roll 02-30 over; the round trip does not.
  if (Number.isNaN(ms) || isoDay(ms / DAY_MS) !== isoDate) throw new RangeError(`not a date: ${isoDate}`);
  return ms / DAY_MS;
}

/** ISO date of a day number. */
export function isoDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

export function weekdayOf(day: number): Weekday {
  // 1970-01-01 was a Thursday.
  return (((((day + 3) % 7) + 7) % 7) + 1) as Weekday;
}

/** The Monday of the week a day lies in. */
export function mondayOf(day: number): number {
  return day - weekdayOf(day) + 1;
}

/** Offset (ms) of the zone at an instant. */
export function offsetAt(zone: string, ms: number): number {
  const table = zoneClock(zone).year(new Date(ms).getUTCFullYear());
  let offset = table[0]!.offset;
  for (let i = 1; i < table.length && table[i]!.from <= ms; i++) offset = table[i]!.offset;
  return offset;
}

/** Local day (number) and minutes after its midnight shown by a clock in the zone. */
export function wallClock(zone: string, ms: number): { day: number; minute: number } {
  const local = ms + offsetAt(zone, ms);
  const day = Math.floor(local / DAY_MS);
  return { day, minute: Math.floor((local - day * DAY_MS) / MINUTE_MS) };
}

export function dayOf(zone: string, ms: number): number {
  return Math.floor((ms + offsetAt(zone, ms)) / DAY_MS);
}

/**
 * The instants of a local day, in order, split where the zone's offset changes.
 * 23 and 25 hour days have two pieces; a date the zone skipped altogether (Apia, 2011-12-30) has none.
 */
export function dayPieces(zone: string, day: number): readonly OffsetPiece[] {
  return zoneClock(zone).day(day);
}

/** First instant of the local day; for a skipped date, of the day that followed in its place. */
export function dayStart(zone: string, day: number): number {
  const pieces = dayPieces(zone, day);
  return pieces.length > 0 ? pieces[0]!.from : dayStart(zone, day + 1);
}

/** First instant after the local day. */
export function dayEnd(zone: string, day: number): number {
  return dayStart(zone, day + 1);
}

/**
 * The instant at which a clock of the zone shows so many ms after the midnight of a day. For a time that is shown twice, the first instant;
 * for one that was skipped when clocks went forward, the instant it would have been.
 */
export function wallInstant(zone: string, day: number, ms: number): number {
  const local = day * DAY_MS + ms;
  const pieces = dayPieces(zone, day);
  const shown = pieces.find(({ from, until, offset }) => local - offset >= from && local - offset < until);
  const before = shown ?? pieces.findLast(({ from, offset }) => from + offset <= local);
  if (before) return local - before.offset;
  // Clocks went forward at midnight: the day begins after the skipped hour.
  const [first] = pieces;
  return first ? local - offsetAt(zone, first.from - 1) : dayStart(zone, day);
}

interface ZoneClock {
  year(year: number): readonly { from: number; offset: number }[];
  day(day: number): readonly OffsetPiece[];
}

/** Zones keep an offset for weeks at least (the shortest kept: Morocco's Ramadan); half of that cannot miss a change. */
const PROBE_MS = 5 * DAY_MS;
/** About fifty years of days of one zone; beyond it the cache starts afresh, so addresses with odd dates cannot fill the memory. */
const DAYS_KEPT = 20_000;

const clocks = new Map<string, ZoneClock>();

function zoneClock(zone: string): ZoneClock {
  let clock = clocks.get(zone);
  if (!clock) {
    clock = createZoneClock(zone);
    clocks.set(zone, clock);
  }
  return clock;
}

/** Date.UTC reads years from 0 to 99 as 1900 to 1999. */
const newYear = (year: number) => new Date(0).setUTCFullYear(year, 0, 1);

function createZoneClock(zone: string): ZoneClock {
  const read = offsetReader(zone);
  const years = new Map<number, readonly { from: number; offset: number }[]>();
  const days = new Map<number, readonly OffsetPiece[]>();

  function year(y: number) {
    const known = years.get(y);
    if (known) return known;
    const end = newYear(y + 1);
    let at = newYear(y);
    let offset = read(at);
    const table = [{ from: at, offset }];
    while (at < end) {
      const next = Math.min(at + PROBE_MS, end);
      const nextOffset = read(next);
      if (nextOffset !== offset) {
        const change = firstInstantWith(read, nextOffset, at, next);
        if (change < end) table.push({ from: change, offset: nextOffset });
        offset = nextOffset;
      }
      at = next;
    }
    years.set(y, table);
    return table;
  }

  function day(d: number) {
    const known = days.get(d);
    if (known) return known;
    const midnight = d * DAY_MS;
    const pieces: OffsetPiece[] = [];
    const firstYear = new Date(midnight - DAY_MS).getUTCFullYear();
    const lastYear = new Date(midnight + 2 * DAY_MS).getUTCFullYear();
    for (let y = firstYear; y <= lastYear; y++) {
      const table = year(y);
      for (let i = 0; i < table.length; i++) {
        const { from, offset } = table[i]!;
        const pieceFrom = Math.max(from, midnight - offset);
        const pieceUntil = Math.min(table[i + 1]?.from ?? newYear(y + 1), midnight + DAY_MS - offset);
        if (pieceFrom >= pieceUntil) continue;
        const last = pieces.at(-1);
        if (last && last.until === pieceFrom && last.offset === offset) pieces[pieces.length - 1] = { ...last, until: pieceUntil };
        else pieces.push({ from: pieceFrom, until: pieceUntil, offset });
      }
    }
    if (days.size >= DAYS_KEPT) days.clear();
    days.set(d, pieces);
    return pieces;
  }

  return { year, day };
}

/** Bisects to the second at which the zone first shows `offset`, knowing it does at `until` and not at `from`. */
function firstInstantWith(read: (ms: number) => number, offset: number, from: number, until: number): number {
  let before = from;
  let after = until;
  while (after - before > 1000) {
    const middle = Math.floor((before + after) / 2000) * 1000;
    if (read(middle) === offset) after = middle;
    else before = middle;
  }
  return after;
}

/** Before there were railways each place kept its own local time, so no zone changes its offset earlier than this. */
const FIRST_KEPT = Date.UTC(1800, 0, 1);

function offsetReader(zone: string): (ms: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'iso8601',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  return (instant) => {
    const ms = Math.max(instant, FIRST_KEPT);
    const part: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(ms)) part[type] = Number(value);
    return Date.UTC(part.year!, part.month! - 1, part.day!, part.hour!, part.minute!, part.second!) - Math.floor(ms / 1000) * 1000;
  };
}
