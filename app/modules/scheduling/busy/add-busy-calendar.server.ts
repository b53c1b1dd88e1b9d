import { and, eq } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import { audit } from '#app/core/audit.server.ts';
import type { Deps } from '#app/core/deps.ts';
import { newId } from '#app/core/ids.server.ts';
import { Problem } from '#app/core/problem.ts';
import { centreOf } from '#app/modules/centres/centre-access.server.ts';
import type { Queries } from '#db/queries.ts';
import { busyCalendar } from '#db/schema/scheduling.ts';
import { closedPools } from '../closures.server.ts';
import { faultText, MOST_CALENDARS, putTimes, readAddress, readFile } from './busy-calendars.server.ts';
import type { BusyTimes } from './busy-times.ts';
import { calendarAddress } from './fetch-calendar.server.ts';

export type BusyCalendarInput = {
  poolId: string;
  resourceId: string;
  /** An address that is read again every hour, or a file that is read once. */
  source: { url: string } | { name: string; file: string };
};

const MOST_NAME = 120;

/**
 * Reads a calendar and takes the resource out of sale while it is busy. What is booked stays booked.
 * @returns its id, and what was read: events that could not be, and what was assumed, are named by line
 * @throws Problem not_found, forbidden; invalid_form {field: url | file, reason: a CalendarFault} and {field: resource, reason: too_many}
 */
export async function addBusyCalendar(
  { db, clock, settings }: Pick<Deps, 'db' | 'clock' | 'settings'>,
  actor: Actor,
  { poolId, resourceId, source }: BusyCalendarInput,
): Promise<BusyTimes & { id: string }> {
  const { centreId, zone } = await db.read((q) => placeOf(q, actor, poolId, resourceId));
  const url = 'url' in source ? calendarAddress(source.url, settings.calendarHosts) : undefined;
  if ('url' in source && !url) throw new Problem('invalid_form', { field: 'url', reason: 'address' });
  const reading = url
    ? await readAddress(settings, url.href, zone, clock())
    : await readFile(settings, 'file' in source ? source.file : '', zone, clock());
  if ('fault' in reading) throw new Problem('invalid_form', { field: url ? 'url' : 'file', reason: reading.fault });
  const id = newId();
  await db.write(async (tx) => {
    const now = clock();
    await placeOf(tx, actor, poolId, resourceId);
    const others = await tx
      .select({ id: busyCalendar.id })
      .from(busyCalendar)
      .where(and(eq(busyCalendar.centreId, centreId), eq(busyCalendar.resourceId, resourceId)));
    if (others.length >= MOST_CALENDARS) throw new Problem('invalid_form', { field: 'resource', reason: 'too_many' });
    // Only the host of an address is shown: the rest is often a secret key.
    const name = url ? url.host : 'name' in source ? source.name : '';
    await tx.insert(busyCalendar).values({
      id,
      centreId,
      resourceId,
      name: name.replaceAll(/[\p{Cc}\p{Cf}]/gu, '').slice(0, MOST_NAME) || 'calendar.ics',
      url: url?.href ?? '',
      readAt: now,
      fault: faultText(reading),
      assumed: reading.assumed,
      createdBy: actor.personId,
      createdAt: now,
    });
    await putTimes(tx, { id, centreId, poolId, resourceId }, reading, now);
    const data = { id, poolId, resourceId, times: reading.busy.length };
    await audit(tx, { chain: `centre:${centreId}`, actorId: actor.personId, action: 'busy_calendar.added', data }, now);
  });
  return { ...reading, id };
}

async function placeOf(q: Queries, actor: Actor, poolId: string, resourceId: string): Promise<{ centreId: string; zone: string }> {
  const { id: centreId } = await centreOf(q, actor);
  const [hours] = await closedPools(q, actor, { centreId, poolId, resourceId });
  if (!hours) throw new Problem('not_found');
  return { centreId, zone: hours.calendar.zone };
}
