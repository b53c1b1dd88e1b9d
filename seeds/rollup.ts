import { minutesPerDay } from '#app/modules/scheduling/book-minutes.server.ts';
import { DEFAULT_ZONE, dayNumber } from '#app/modules/scheduling/local-day.ts';
import { openMinutes } from '#app/modules/scheduling/open-minutes.ts';
import type { claim, resourceDay } from '#db/schema/scheduling.ts';
import type { PoolSeedShape } from './slot-book.ts';

/** Open, booked and used minutes of every resource on local days [firstDay, untilDay), days on which it is closed left out. */
export function rollup(
  shapes: readonly PoolSeedShape[],
  claims: readonly (typeof claim.$inferInsert)[],
  firstDay: number,
  untilDay: number,
): (typeof resourceDay.$inferInsert)[] {
  const byResource = Map.groupBy(claims, (row) => row.resourceId);
  return shapes.flatMap((shape) => {
    const minutes = (rows: readonly (typeof claim.$inferInsert)[]) =>
      minutesPerDay(
        DEFAULT_ZONE,
        shape.gridMinutes,
        rows.map((row) => row.cell),
      );
    const booked = new Map(shape.resources.map(({ id }) => [id, minutes(byResource.get(id) ?? [])]));
    const worked = new Map(shape.resources.map(({ id }) => [id, minutes((byResource.get(id) ?? []).filter((row) => row.used))]));
    return openMinutes(shape, firstDay, untilDay)
      .filter((row) => row.minutes > 0)
      .map((row) => {
        const day = dayNumber(row.day);
        const bookedMinutes = booked.get(row.resourceId)?.get(day) ?? 0;
        const usedMinutes = worked.get(row.resourceId)?.get(day) ?? 0;
        return { poolId: shape.id, day, resourceId: row.resourceId, openMinutes: row.minutes, bookedMinutes, usedMinutes };
      });
  });
}
