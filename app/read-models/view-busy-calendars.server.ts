import { and, asc, eq, gt, gte, inArray, isNotNull, notInArray } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import { centreOf } from '#app/modules/centres/centre-access.server.ts';
import { keptFault, spanRead } from '#app/modules/scheduling/busy/busy-calendars.server.ts';
import { cellAt, cellStart } from '#app/modules/scheduling/grid.ts';
import type { Queries } from '#db/queries.ts';
import { centre } from '#db/schema/centres.ts';
import { orders } from '#db/schema/orders.ts';
import { busyCalendar, claim, closure, pool, resource } from '#db/schema/scheduling.ts';

/** The busy calendars of a pool's resources, and the bookings that lie in their times. @throws Problem not_found */
export const viewBusyCalendars = ({ db, clock }: Pick<Deps, 'db' | 'clock'>, actor: Actor, poolId: string) =>
  db.read(async (q) => {
    const now = clock();
    const own = await centreOf(q, actor);
    const [row] = await q
      .select({ nameZh: pool.nameZh, nameEn: pool.nameEn, gridMinutes: pool.gridMinutes, timeZone: centre.timeZone })
      .from(pool)
      .innerJoin(centre, eq(centre.id, pool.centreId))
      .where(and(eq(pool.id, poolId), eq(pool.centreId, own.id)));
    if (!row) throw new Problem('not_found');
    const resources = await q
      .select({ id: resource.id, nameZh: resource.nameZh, nameEn: resource.nameEn, active: resource.active })
      .from(resource)
      .where(eq(resource.poolId, poolId))
      .orderBy(asc(resource.position), asc(resource.id));
    const calendars = await q
      .select()
      .from(busyCalendar)
      .where(
        and(
          eq(busyCalendar.centreId, own.id),
          inArray(
            busyCalendar.resourceId,
            resources.map(({ id }) => id),
          ),
        ),
      )
      .orderBy(asc(busyCalendar.createdAt), asc(busyCalendar.id));
    const times = await q
      .select({ calendarId: closure.calendarId, resourceId: closure.resourceId, from: closure.fromAt, until: closure.untilAt })
      .from(closure)
      .where(and(eq(closure.centreId, own.id), eq(closure.poolId, poolId), isNotNull(closure.calendarId), gt(closure.untilAt, now)))
      .orderBy(asc(closure.fromAt));
    return {
      ...row,
      resources,
      calendars: calendars.map(({ id, resourceId, name, url, readAt, fault, assumed }) => {
        const ahead = times.filter(({ calendarId }) => calendarId === id);
        return {
          id,
          resourceId,
          name,
          again: url !== '',
          readAt,
          readUntil: readAt === null ? null : spanRead(readAt).until,
          fault: keptFault(fault),
          assumed,
          times: ahead.length,
          next: ahead[0] ?? null,
        };
      }),
      booked: await bookedWithin(q, row.gridMinutes, times, now),
    };
  });

type Time = { resourceId: string | null; from: number; until: number };

async function bookedWithin(q: Queries, gridMinutes: number, times: readonly Time[], now: number) {
  const busy = [...new Set(times.flatMap(({ resourceId }) => resourceId ?? []))];
  if (busy.length === 0) return [];
  const cells = await q
    .select({ resourceId: claim.resourceId, cell: claim.cell, number: orders.number })
    .from(claim)
    .innerJoin(orders, eq(orders.id, claim.holderId))
    .where(
      and(
        inArray(claim.resourceId, busy),
        gte(claim.cell, cellAt(gridMinutes, now)),
        notInArray(orders.progress, ['closed', 'cancelled', 'declined', 'expired']),
      ),
    )
    .orderBy(asc(claim.cell));
  const byResource = Map.groupBy(times, ({ resourceId }) => resourceId);
  const found = new Map<string, number>();
  for (const { resourceId, cell, number } of cells) {
    const [from, until] = [cellStart(gridMinutes, cell), cellStart(gridMinutes, cell + 1)];
    const taken = byResource.get(resourceId)?.some((time) => time.from < until && time.until > from);
    if (taken && !found.has(number)) found.set(number, from);
  }
  return [...found].map(([number, at]) => ({ number, at }));
}
