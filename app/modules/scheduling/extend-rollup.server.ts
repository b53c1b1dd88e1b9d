import { and, asc, eq, sql } from 'drizzle-orm';
import type { Deps } from '#app/core/deps.ts';
import { prepare, type Queries } from '#db/queries.ts';
import { pool, resourceDay } from '#db/schema/scheduling.ts';
import { loadPools, withClosures } from './load-pool-facts.server.ts';
import { dayNumber, dayOf, dayStart } from './local-day.ts';
import { openMinutes } from './open-minutes.ts';

/** As far ahead as most services can be booked: parks see open hours that nobody has booked yet. */
export const DAYS_AHEAD = 60;
const ROWS_AT_ONCE = 200;

/**
 * Writes the open minutes of the coming days for every pool, so that a day has a row before its first claim. Days that have a row already
 * are left as they are. Run daily; run again, it finds nothing to do.
 * @returns how many pools were extended
 */
export async function extendRollups({ db, clock }: Pick<Deps, 'db' | 'clock'>, signal?: AbortSignal): Promise<number> {
  const now = clock();
  const pools = await db.read((q) => q.select({ id: pool.id }).from(pool).orderBy(asc(pool.id)));
  let extended = 0;
  for (const { id } of pools) {
    if (signal?.aborted) break;
    if (await db.read((q) => reaches(q, id, now))) continue;
    await db.write((tx) => extend(tx, id, now));
    extended++;
  }
  return extended;
}

/** Midnights of two zones are at most a day apart, so the last day but one shows whether a pool is complete. */
async function reaches(q: Queries, poolId: string, now: number): Promise<boolean> {
  const found = await prepare(q, 'resource_day_there', (p) =>
    p
      .select({ day: resourceDay.day })
      .from(resourceDay)
      .where(and(eq(resourceDay.poolId, sql.placeholder('poolId')), eq(resourceDay.day, sql.placeholder('day'))))
      .limit(1),
  ).execute({ poolId, day: dayOf('UTC', now) + DAYS_AHEAD - 2 });
  return found.length > 0;
}

/** The days one pool has no rows for yet. */
export async function extend(tx: Queries, poolId: string, now: number): Promise<void> {
  const poolHours = await loadPools(tx, [poolId]);
  const zone = poolHours[0]?.calendar.zone;
  if (zone === undefined) return;
  const today = dayOf(zone, now);
  const span = { from: dayStart(zone, today), until: dayStart(zone, today + DAYS_AHEAD + 1) };
  for (const { hours, ...availability } of await withClosures(tx, poolHours, span)) {
    const rows = openMinutes({ ...availability, resources: hours.resources }, today, today + DAYS_AHEAD).map(
      ({ resourceId, day, minutes }) => ({
        poolId,
        day: dayNumber(day),
        resourceId,
        openMinutes: minutes,
        bookedMinutes: 0,
        usedMinutes: 0,
      }),
    );
    for (let from = 0; from < rows.length; from += ROWS_AT_ONCE)
      await tx
        .insert(resourceDay)
        .values(rows.slice(from, from + ROWS_AT_ONCE))
        .onConflictDoNothing();
  }
}
