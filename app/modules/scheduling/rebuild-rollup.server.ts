import { and, eq, gte, inArray, lt } from 'drizzle-orm';
import type { Deps } from '#app/core/deps.ts';
import type { Queries } from '#db/queries.ts';
import { claim, resource, resourceDay } from '#db/schema/scheduling.ts';
import { minutesPerDay } from './book-minutes.server.ts';
import { cellFrom } from './grid.ts';
import { loadPools, withClosures } from './load-pool-facts.server.ts';
import { dayNumber, dayStart } from './local-day.ts';
import { openMinutes } from './open-minutes.ts';

type DayRow = typeof resourceDay.$inferSelect;
/** Days [firstDay, untilDay), numbers since 1970-01-01 on the pool's own clock. */
export type Days = { firstDay: number; untilDay: number };
export type RollupDifference = { poolId: string; day: number; resourceId: string; kept: DayRow | null; computed: DayRow | null };

/**
 * Writes the minutes of a pool's days anew from its hours, closures and claims, days without claims too: parks read open hours from it.
 * Repairs what a comparison found wrong.
 */
export async function rebuildRollup({ db }: Pick<Deps, 'db'>, poolId: string, days: Days): Promise<void> {
  await db.write(async (tx) => {
    const rows = await computeDays(tx, poolId, days);
    await tx
      .delete(resourceDay)
      .where(and(eq(resourceDay.poolId, poolId), gte(resourceDay.day, days.firstDay), lt(resourceDay.day, days.untilDay)));
    for (let from = 0; from < rows.length; from += 500) await tx.insert(resourceDay).values(rows.slice(from, from + 500));
  });
}

/**
 * Where the kept minutes differ from what claims, hours and closures say. Days that have no row differ only if something is booked.
 * Empty when all is well.
 */
export async function compareRollup({ db }: Pick<Deps, 'db'>, poolId: string, days: Days): Promise<RollupDifference[]> {
  // In one transaction, so that both sides are of the same moment.
  return db.write(async (tx) => {
    const computed = await computeDays(tx, poolId, days);
    const kept = await tx
      .select()
      .from(resourceDay)
      .where(and(eq(resourceDay.poolId, poolId), gte(resourceDay.day, days.firstDay), lt(resourceDay.day, days.untilDay)));
    const keyOf = (row: DayRow) => `${row.resourceId} ${row.day}`;
    const keptBy = new Map(kept.map((row) => [keyOf(row), row]));
    const differences: RollupDifference[] = [];
    for (const row of computed) {
      const own = keptBy.get(keyOf(row)) ?? null;
      keptBy.delete(keyOf(row));
      const same = own
        ? own.openMinutes === row.openMinutes && own.bookedMinutes === row.bookedMinutes && own.usedMinutes === row.usedMinutes
        : row.bookedMinutes === 0 && row.usedMinutes === 0;
      if (!same) differences.push({ poolId, day: row.day, resourceId: row.resourceId, kept: own, computed: row });
    }
    for (const row of keptBy.values()) {
      if (row.bookedMinutes !== 0 || row.usedMinutes !== 0)
        differences.push({ poolId, day: row.day, resourceId: row.resourceId, kept: row, computed: null });
    }
    return differences;
  });
}

async function computeDays(q: Queries, poolId: string, { firstDay, untilDay }: Days): Promise<DayRow[]> {
  const [hours] = await loadPools(q, [poolId]);
  if (!hours || untilDay <= firstDay) return [];
  const { zone } = hours.calendar;
  const [availability] = await withClosures(q, [hours], { from: dayStart(zone, firstDay), until: dayStart(zone, untilDay + 1) });
  if (!availability) return [];
  const rows = new Map<string, DayRow>();
  const rowOf = (resourceId: string, day: number, open = 0): DayRow => {
    const key = `${resourceId} ${day}`;
    const row = rows.get(key) ?? { poolId, resourceId, day, openMinutes: open, bookedMinutes: 0, usedMinutes: 0 };
    rows.set(key, row);
    return row;
  };
  for (const { resourceId, day, minutes } of openMinutes({ ...availability, resources: availability.hours.resources }, firstDay, untilDay))
    rowOf(resourceId, dayNumber(day), minutes);
  const claims = await q
    .select({ resourceId: claim.resourceId, cell: claim.cell, used: claim.used })
    .from(claim)
    .where(
      and(
        inArray(claim.resourceId, q.select({ id: resource.id }).from(resource).where(eq(resource.poolId, poolId))),
        gte(claim.cell, cellFrom(hours.gridMinutes, dayStart(zone, firstDay))),
        lt(claim.cell, cellFrom(hours.gridMinutes, dayStart(zone, untilDay))),
      ),
    );
  for (const { resourceId, cell, used } of claims) {
    for (const [day, minutes] of minutesPerDay(zone, hours.gridMinutes, [cell])) {
      const row = rowOf(resourceId, day);
      row.bookedMinutes += minutes;
      if (used) row.usedMinutes += minutes;
    }
  }
  return [...rows.values()];
}
