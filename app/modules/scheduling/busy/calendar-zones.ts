/** The clocks a calendar speaks of: zones by their names, and those it describes itself. */
import ICAL from 'ical.js';
import { DAY_MS, isoDay, offsetAt, wallInstant } from '../local-day.ts';

/** What a clock shows: the day's number since 1970-01-01, and ms after its midnight. */
export type Wall = { day: number; ms: number };
export type Clock = { instant(wall: Wall): number; wall(instant: number): Wall };

const wallOf = (local: number): Wall => {
  const day = Math.floor(local / DAY_MS);
  return { day, ms: local - day * DAY_MS };
};

const UTC: Clock = { instant: ({ day, ms }) => day * DAY_MS + ms, wall: wallOf };

const zoneClock = (zone: string): Clock => ({
  instant: ({ day, ms }) => wallInstant(zone, day, ms),
  wall: (instant) => wallOf(instant + offsetAt(zone, instant)),
});

/** A wall clock as the library counts it, in no zone. */
export function libraryTime({ day, ms }: Wall, isDate = false): ICAL.Time {
  const [year, month, date] = isoDay(day).split('-').map(Number) as [number, number, number];
  if (isDate) return ICAL.Time.fromData({ year, month, day: date, isDate: true });
  const second = Math.floor(ms / 1000);
  return ICAL.Time.fromData({
    year,
    month,
    day: date,
    hour: Math.floor(second / 3600),
    minute: Math.floor(second / 60) % 60,
    second: second % 60,
  });
}

export const wallOfLibrary = ({ year, month, day, hour, minute, second, isDate }: ICAL.Time): Wall => ({
  day: Date.UTC(year, month - 1, day) / DAY_MS,
  ms: isDate ? 0 : ((hour * 60 + minute) * 60 + second) * 1000,
});

/** By the rules a VTIMEZONE states (Outlook names zones as Windows does). */
function statedClock(zone: ICAL.Timezone): Clock {
  const instant = (wall: Wall) => UTC.instant(wall) - zone.utcOffset(libraryTime(wall)) * 1000;
  return {
    instant,
    // The offset an hour around it, put right once: rules change it by an hour or two, months apart.
    wall: (at) => {
      const near = at + zone.utcOffset(libraryTime(wallOf(at))) * 1000;
      return wallOf(at + zone.utcOffset(libraryTime(wallOf(near))) * 1000);
    },
  };
}

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** Clocks change by the year, a few times in it at most; what else a rule says is not followed (every change of it would be written out). */
function changesYearly(zone: ICAL.Component): boolean {
  const changes = zone.getAllSubcomponents();
  return (
    changes.length <= MOST_CHANGES &&
    changes.every((change) =>
      change.getAllProperties('rrule').every((property) => {
        const rule = property.getFirstValue();
        return rule instanceof ICAL.Recur && rule.freq === 'YEARLY' && (rule.getComponent('BYDAY') as unknown[]).length <= 1;
      }),
    )
  );
}

/** A century of clocks put down one by one. */
const MOST_CHANGES = 250;

/**
 * @param own IANA zone of times that name none
 * @param stated what the file's VTIMEZONEs say, by TZID
 * @returns the clock for a TZID, nothing for one that nobody knows. A name that is known goes before what the file says of it
 */
export function calendarClocks(own: string, stated: ReadonlyMap<string, string>) {
  const kept = new Map<string, Clock | undefined>();
  const make = (tzid: string): Clock | undefined => {
    if (/^(etc\/)?(utc|gmt|z)$/i.test(tzid)) return UTC;
    // `/example.org/20260101/Europe/Berlin`: a registry's prefix stands before the name.
    const name = tzid.startsWith('/') ? tzid.split('/').slice(-2).join('/') : tzid;
    if (!/^[+-]/.test(name) && isZone(name)) return zoneClock(name);
    const text = stated.get(tzid);
    if (text === undefined) return undefined;
    try {
      const component = new ICAL.Component(ICAL.parse(text));
      if (!changesYearly(component)) return undefined;
      const clock = statedClock(new ICAL.Timezone({ component, tzid }));
      // Rules that cannot be followed are found out here, not in the middle of an event.
      clock.instant({ day: 20_000, ms: 0 });
      return clock;
    } catch {
      return undefined;
    }
  };
  const ownClock = zoneClock(own);
  return (tzid: string | undefined, utc: boolean): Clock | undefined => {
    if (utc) return UTC;
    if (tzid === undefined) return ownClock;
    if (!kept.has(tzid)) kept.set(tzid, make(tzid));
    return kept.get(tzid);
  };
}
