/** Calendars kept elsewhere whose busy times take a resource out of sale: what adding, reading again and removing share. */
import { and, eq, gt, inArray } from 'drizzle-orm';
import type { Deps } from '#app/core/deps.ts';
import { newId } from '#app/core/ids.server.ts';
import { chunks, type Queries } from '#db/queries.ts';
import { closure } from '#db/schema/scheduling.ts';
import { hoursChanged } from '../closures.server.ts';
import { loadPools } from '../load-pool-facts.server.ts';
import { DAY_MS } from '../local-day.ts';
import { type Interval, LONGEST_CLOSURE_MS } from '../working-calendar.ts';
import { type BusyTimes, type CalendarFault, type CalendarReading, joined } from './busy-times.ts';
import { fetchCalendar } from './fetch-calendar.server.ts';
import { readApart } from './read-apart.server.ts';

const LOOK_BACK_DAYS = 30;
export const MOST_CALENDARS = 5;

/** What is read of a calendar: from a month back, so that what goes on now is found, to a year ahead. By whole days, so that an hour later it is the same. */
export function spanRead(now: number): Interval {
  const from = (Math.floor(now / DAY_MS) - LOOK_BACK_DAYS) * DAY_MS;
  return { from, until: from + LONGEST_CLOSURE_MS };
}

export const readFile = (settings: Deps['settings'], file: string, zone: string, now: number): Promise<CalendarReading> =>
  readApart(file, { zone, span: spanRead(now), host: new URL(settings.origin).hostname });

export async function readAddress(settings: Deps['settings'], url: string, zone: string, now: number): Promise<CalendarReading> {
  const answer = await fetchCalendar(url, settings.calendarHosts);
  return 'fault' in answer ? answer : readFile(settings, answer.file, zone, now);
}

/** As the row keeps it: a whole calendar's fault, `unread 3: 12, 40, 77` for events that could not be read, or nothing. */
export function faultText(reading: CalendarReading): string {
  if ('fault' in reading) return reading.fault;
  const { unread } = reading;
  return unread.length === 0
    ? ''
    : `unread ${unread.length}: ${unread
        .slice(0, LINES_NAMED)
        .map(({ line }) => line)
        .join(', ')}`;
}

const LINES_NAMED = 8;

export type KeptFault = { fault: CalendarFault } | { unread: number; lines: string } | null;

export function keptFault(text: string): KeptFault {
  const unread = /^unread (\d+): (.*)$/.exec(text);
  if (unread) return { unread: Number(unread[1]), lines: unread[2] ?? '' };
  return text === '' ? null : { fault: text as CalendarFault };
}

type Place = { id: string; centreId: string; poolId: string; resourceId: string };

/**
 * The calendar's times from now on in place of those there were; of a file that breaks off, beside them: what it no longer reaches is not
 * free. What is over stays as it was, of a time under way too: its past stays closed in the books. Bookings in the times stay booked.
 * @returns whether anything changed
 */
export async function putTimes(
  tx: Queries,
  { id, ...place }: Place,
  { busy, whole }: Pick<BusyTimes, 'busy' | 'whole'>,
  now: number,
): Promise<boolean> {
  const before = await tx
    .select({ id: closure.id, from: closure.fromAt, until: closure.untilAt })
    .from(closure)
    .where(and(eq(closure.centreId, place.centreId), eq(closure.calendarId, id), gt(closure.untilAt, now)));
  const key = ({ from, until }: Interval) => `${from} ${until}`;
  const ahead = (whole ? busy : joined([...before, ...busy])).filter(({ until }) => until > now);
  const wanted = new Map(ahead.filter(({ from }) => from > now).map((time) => [key(time), time]));
  const gone = before.filter(({ from }) => from > now).filter((time) => !wanted.delete(key(time)));
  const added = [...wanted.values()];
  const changed: Interval[] = [...gone, ...added];
  const underWay = before.find(({ from }) => from <= now);
  const until = ahead.find(({ from }) => from <= now)?.until ?? now;
  if (underWay && underWay.until !== until) {
    await tx.update(closure).set({ untilAt: until }).where(eq(closure.id, underWay.id));
    changed.push({ from: now, until: Math.max(until, underWay.until) });
  } else if (!underWay && until > now) {
    added.push({ from: now, until });
    changed.push({ from: now, until });
  }
  if (changed.length === 0) return false;
  for (const part of chunks(gone))
    await tx.delete(closure).where(
      inArray(
        closure.id,
        part.map((row) => row.id),
      ),
    );
  for (const part of chunks(added))
    await tx
      .insert(closure)
      .values(part.map(({ from, until }) => ({ ...place, id: newId(), calendarId: id, fromAt: from, untilAt: until, createdAt: now })));
  const span = { from: Math.min(...changed.map(({ from }) => from)), until: Math.max(...changed.map(({ until }) => until)) };
  await hoursChanged(tx, await loadPools(tx, [place.poolId]), span, now);
  return true;
}
