import { sql } from 'drizzle-orm';
import { prepare, type Queries } from '#db/queries.ts';
import { poolVersion, resourceDay } from '#db/schema/scheduling.ts';
import { cellWallClock } from './grid.ts';

/** How many minutes the cells have on each local day; a cell counts for the day it begins on. Cells ascending. */
export function minutesPerDay(zone: string, gridMinutes: number, cells: Iterable<number>): Map<number, number> {
  const minutes = new Map<number, number>();
  for (const cell of cells) {
    const { day } = cellWallClock(zone, gridMinutes, cell);
    minutes.set(day, (minutes.get(day) ?? 0) + gridMinutes);
  }
  return minutes;
}

export type DayChange = { poolId: string; day: number; resourceId: string; booked: number; used: number };

/**
 * Adds to the minutes of a resource's day, in the transaction that changes its claims.
 * @param openMinutes of that day, written when the day has no row yet
 */
export async function addMinutes(tx: Queries, { booked, used, ...day }: DayChange, openMinutes: number): Promise<void> {
  await prepare(tx, 'resource_day_add', (q) =>
    q
      .insert(resourceDay)
      .values({
        poolId: sql.placeholder('poolId'),
        day: sql.placeholder('day'),
        resourceId: sql.placeholder('resourceId'),
        openMinutes: sql.placeholder('openMinutes'),
        bookedMinutes: sql.placeholder('booked'),
        usedMinutes: sql.placeholder('used'),
      })
      .onConflictDoUpdate({
        target: [resourceDay.poolId, resourceDay.day, resourceDay.resourceId],
        set: {
          bookedMinutes: sql`${resourceDay.bookedMinutes} + excluded.booked_minutes`,
          usedMinutes: sql`${resourceDay.usedMinutes} + excluded.used_minutes`,
        },
      }),
  ).execute({ ...day, booked, used, openMinutes });
}

/** Marks as stale what was computed from the pools' claims, hours or closures. One statement; always in the same order, so that two writers cannot deadlock. */
export async function raisePoolVersions(tx: Queries, poolIds: readonly string[]): Promise<void> {
  const ids = [...new Set(poolIds)].sort();
  if (ids.length === 0) return;
  await prepare(tx, `pool_version_raise_${ids.length}`, (q) =>
    q
      .insert(poolVersion)
      .values(ids.map((_, i) => ({ poolId: sql.placeholder(`pool${i}`), version: 1 })))
      .onConflictDoUpdate({ target: poolVersion.poolId, set: { version: sql`${poolVersion.version} + 1` } }),
  ).execute(Object.fromEntries(ids.map((id, i) => [`pool${i}`, id])));
}
