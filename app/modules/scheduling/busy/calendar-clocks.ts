/** The clocks a calendar speaks of: what the file itself describes goes before any name. */
import { DAY_MS, offsetAt, wallInstant } from '../local-day.ts';
import type { Interval } from '../working-calendar.ts';
import type { Calendar, CalendarPart } from './calendar-parts.ts';
import { plainText } from './content-lines.ts';
import type { Wall } from './date-values.ts';
import { statedOffsets } from './stated-clock.ts';
import { namedZone } from './zone-names.ts';

export type Clock = { instant(wall: Wall): number; wall(instant: number): Wall };

export const wallOf = (local: number): Wall => {
  const day = Math.floor(local / DAY_MS);
  return { day, ms: local - day * DAY_MS };
};

export const fixedClock = (offset: number): Clock => ({
  instant: ({ day, ms }) => day * DAY_MS + ms - offset,
  wall: (instant) => wallOf(instant + offset),
});

const zoneClock = (zone: string): Clock => ({
  instant: ({ day, ms }) => wallInstant(zone, day, ms),
  wall: (instant) => wallOf(instant + offsetAt(zone, instant)),
});

/** Shown twice, the first; left out when clocks go forward, as if they had not: as zones known by name. */
function offsetsClock(offsetsAt: (instant: number) => number): Clock {
  return {
    instant: ({ day, ms }) => {
      const local = day * DAY_MS + ms;
      const [before, after] = [offsetsAt(local - DAY_MS), offsetsAt(local + DAY_MS)];
      const shown = [Math.max(before, after), Math.min(before, after)].find((offset) => offsetsAt(local - offset) === offset);
      return local - (shown ?? before);
    },
    wall: (instant) => wallOf(instant + offsetsAt(instant)),
  };
}

export type KnownClock = { clock: Clock; trouble?: 'zone' | 'zone_offset' };

/**
 * Some programs describe a zone by one of its clocks alone, or as it was when it was first kept: Berlin in winter, all year. Such a description
 * of an IANA zone, which never changes and shows a time the zone itself shows in part of the span, is a piece of the zone.
 */
function isPieceOf(zone: string, offsets: (instant: number) => number, { from, until }: Interval): boolean {
  if (!zone.includes('/')) return false;
  const stated = offsets(from);
  const shown = new Set<number>();
  for (let at = from; at < until + YEAR_MS; at += 10 * DAY_MS) {
    if (offsets(at) !== stated) return false;
    shown.add(offsetAt(zone, at));
  }
  return shown.has(stated);
}
const YEAR_MS = 366 * DAY_MS;

/**
 * @param own IANA zone of the centre: of whole days, and of times that name no zone where their calendar names none
 * @param span in which clocks are asked
 * @returns the clock for a TZID of one of the file's calendars; one that nobody knows is the own one, and said so
 */
export function calendarClocks(own: string, calendars: readonly Calendar[], zones: readonly CalendarPart[], span: Interval) {
  const ownClock = zoneClock(own);
  const key = (calendar: number, tzid: string) => `${calendar} ${plainText(tzid)}`;
  const stated = new Map<string, CalendarPart>();
  for (const part of zones) {
    const tzid = part.lines.find(({ name }) => name === 'TZID')?.value ?? '';
    if (!stated.has(key(part.calendar, tzid))) stated.set(key(part.calendar, tzid), part);
  }
  const kept = new Map<string, KnownClock>();
  const make = (calendar: number, tzid: string): KnownClock => {
    const part = stated.get(key(calendar, tzid));
    const offsets = part && statedOffsets(part, span.until + 2 * YEAR_MS);
    const named = namedZone(plainText(tzid));
    if (offsets && !(named && 'zone' in named && /\//.test(tzid) && isPieceOf(named.zone, offsets, span)))
      return { clock: offsetsClock(offsets) };
    if (!named) return { clock: ownClock, trouble: 'zone' };
    if ('zone' in named) return { clock: zoneClock(named.zone) };
    return { clock: fixedClock(named.offset), ...(named.vague && { trouble: 'zone_offset' as const }) };
  };
  const of = (calendar: number, tzid: string): KnownClock => {
    const name = key(calendar, tzid);
    let found = kept.get(name);
    if (!found) {
      found = make(calendar, tzid);
      kept.set(name, found);
    }
    return found;
  };
  return {
    own: ownClock,
    of,
    /** The clock of times that name none: its calendar's, else the own one. `named`: what the calendar calls it. */
    unnamed(calendar: number): Omit<KnownClock, 'trouble'> & { trouble?: KnownClock['trouble'] | 'calendar_zone'; named: string } {
      const named = calendars[calendar]?.zone ?? '';
      if (named === '' || named === own) return { clock: ownClock, named };
      return { trouble: 'calendar_zone', ...of(calendar, named), named };
    },
  };
}

export type Clocks = ReturnType<typeof calendarClocks>;
