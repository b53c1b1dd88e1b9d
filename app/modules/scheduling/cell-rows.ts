import { andInto, type Bitmap, bitmap, clearBit, clearRange, setRange } from '#app/core/bitmap.ts';
import type { PoolKind } from '#db/schema/scheduling.ts';
import { cellAt, cellsTouched, cellsWithin } from './grid.ts';
import type { Interval, PoolCalendar } from './working-calendar.ts';

export interface PoolShape {
  readonly id: string;
  /** Only seats are treated differently (job-breaks.ts): people on a course are not sent home in the middle. */
  readonly kind?: PoolKind;
  readonly gridMinutes: number;
  readonly calendar: PoolCalendar;
}

export interface ResourceFacts {
  readonly id: string;
  /** Claimed cells of the pool's grid, ascending; cells outside the window do no harm. */
  readonly busy: Int32Array;
  /** When this resource alone is closed (maintenance, leave). */
  readonly closures?: readonly Interval[];
  /** The person, where other pools sell the same person; `busy` and `closures` then hold what is taken in those pools too. */
  readonly workerId?: string | undefined;
}

/** The whole cells of a pool that are open, as a row of `cells` bits from the instant `origin` (a cell's beginning). */
export function openRow(open: readonly Interval[], gridMinutes: number, origin: number, cells: number): Bitmap {
  const row = bitmap(cells);
  const originCell = cellAt(gridMinutes, origin);
  for (const interval of open) {
    const whole = cellsWithin(gridMinutes, interval);
    setRange(row, Math.max(0, whole.from - originCell), Math.min(cells, whole.until - originCell));
  }
  return row;
}

/** The open row of a pool without the cells the resource has claimed and without its own closures. */
export function freeRow(open: Bitmap, resource: ResourceFacts, gridMinutes: number, origin: number, cells: number): Bitmap {
  const row = open.slice();
  const originCell = cellAt(gridMinutes, origin);
  const { busy } = resource;
  for (let i = firstAtLeast(busy, originCell); i < busy.length; i++) {
    const at = busy[i]! - originCell;
    if (at >= cells) break;
    clearBit(row, at);
  }
  for (const closure of resource.closures ?? []) {
    const touched = cellsTouched(gridMinutes, closure);
    clearRange(row, Math.max(0, touched.from - originCell), Math.min(cells, touched.until - originCell));
  }
  return row;
}

function firstAtLeast(sorted: Int32Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Where all rows have a bit. */
export function allOf(rows: readonly Bitmap[]): Bitmap {
  const all = rows[0]!.slice();
  for (let i = 1; i < rows.length; i++) andInto(all, rows[i]!);
  return all;
}
