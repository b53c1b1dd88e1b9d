/** The clocks a calendar speaks of: what the file itself describes goes before any name. */
import { DAY_MS, offsetAt, wallInstant } from '../local-day.ts';
import type { CalendarPart } from './calendar-parts.ts';
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
 * @param own IANA zone of times that name none
 * @param until UTC ms up to which clocks are asked
 * @returns the clock for a TZID of one of the file's calendars; one that nobody knows is the own one, and said so
 */
export function calendarClocks(own: string, zones: readonly CalendarPart[], until: number) {
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
    const offsets = part && statedOffsets(part, until);
    if (offsets) return { clock: offsetsClock(offsets) };
    const named = namedZone(plainText(tzid));
    if (!named) return { clock: ownClock, trouble: 'zone' };
    if ('zone' in named) return { clock: zoneClock(named.zone) };
    return { clock: fixedClock(named.offset), ...(named.vague && { trouble: 'zone_offset' as const }) };
  };
  return {
    own: ownClock,
    of(calendar: number, tzid: string): KnownClock {
      const name = key(calendar, tzid);
      let found = kept.get(name);
      if (!found) {
        found = make(calendar, tzid);
        kept.set(name, found);
      }
      return found;
    },
  };
}

export type Clocks = ReturnType<typeof calendarClocks>;
