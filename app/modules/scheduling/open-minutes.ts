import { countRange } from '#app/core/bitmap.ts';
import type { PoolShape } from './cell-rows.ts';
import { freeRow, openRow } from './cell-rows.ts';
import { cellFrom, cellStart } from './grid.ts';
import { dayStart, isoDay } from './local-day.ts';
import { type HolidayBook, PUBLIC_HOLIDAYS } from './public-holidays.ts';
import { type Interval, openIntervals } from './working-calendar.ts';

export interface OpenMinutes {
  readonly resourceId: string;
  /** ISO date in the pool's zone. */
  readonly day: string;
  /** Minutes of the resource's whole open cells that begin on the day: what could be sold, so booked minutes never exceed it. */
  readonly minutes: number;
}

/**
 * Open minutes per resource and local day [firstDay, untilDay) (day numbers), resource by resource, days in order, closed days as 0.
 * A cell counts for the day it begins on (`cellWallClock` says the same for claims).
 */
export function openMinutes(
  pool: PoolShape & { readonly resources: readonly { readonly id: string; readonly closures?: readonly Interval[] }[] },
  firstDay: number,
  untilDay: number,
  holidays: HolidayBook = PUBLIC_HOLIDAYS,
): OpenMinutes[] {
  const { calendar, gridMinutes } = pool;
  const firstCells: number[] = [];
  for (let day = firstDay; day <= untilDay; day++) firstCells.push(cellFrom(gridMinutes, dayStart(calendar.zone, day)));
  const firstCell = firstCells[0]!;
  const cells = firstCells.at(-1)! - firstCell;
  const origin = cellStart(gridMinutes, firstCell);
  // One day more: the last cell may end behind the last midnight.
  const open = openRow(openIntervals(calendar, firstDay, untilDay + 1, holidays), gridMinutes, origin, cells);
  return pool.resources.flatMap(({ id, closures }) => {
    const row = freeRow(open, { id, busy: new Int32Array(), closures }, gridMinutes, origin, cells);
    return Array.from({ length: untilDay - firstDay }, (_, i) => ({
      resourceId: id,
      day: isoDay(firstDay + i),
      minutes: countRange(row, firstCells[i]! - firstCell, firstCells[i + 1]! - firstCell) * gridMinutes,
    }));
  });
}
