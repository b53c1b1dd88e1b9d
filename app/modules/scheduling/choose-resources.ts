import { type Bitmap, hasBit } from '#app/core/bitmap.ts';
import { cellAt } from './grid.ts';
import { MINUTE_MS } from './local-day.ts';
import type { SlotPlan } from './slot-search.ts';

export interface ResourcePick {
  readonly poolId: string;
  readonly resourceId: string;
  /** Cells of the pool's grid to claim, ascending. */
  readonly cells: Int32Array;
}

export interface SlotChoice {
  readonly start: number;
  /** End of the last claimed cell (UTC ms). */
  readonly until: number;
  /** One per pool, in the order of the pools. */
  readonly picks: readonly ResourcePick[];
}

/**
 * One resource per pool for a start the plan has found, or null when the start is none of them.
 * Best fit: the resource whose free stretch around the job is shortest, so that long stretches stay whole; among equals the first listed.
 */
export function chooseResources(plan: SlotPlan, start: number): SlotChoice | null {
  const { query, origin, workGrid, places } = plan;
  const workCell = (start - origin) / (workGrid * MINUTE_MS);
  if (!Number.isInteger(workCell) || start < query.from || start >= query.until) return null;
  const position = places ? places.indexOf(workCell) : workCell;
  if (position < 0) return null;
  const picks: ResourcePick[] = [];
  let end = start;
  for (const { facts, ratio, length, free, runs } of plan.pools) {
    const at = position * ratio;
    const index = bestFit(free, runs, at, length);
    if (index < 0) return null;
    const cells = places
      ? wholeWorkCells(places.subarray(at, at + length), cellAt(facts.gridMinutes, origin), workGrid / facts.gridMinutes)
      : Int32Array.from({ length }, (_, i) => cellAt(facts.gridMinutes, origin) + at + i);
    end = Math.max(end, (cells.at(-1)! + 1) * facts.gridMinutes * MINUTE_MS);
    picks.push({ poolId: facts.id, resourceId: facts.resources[index]!.id, cells });
  }
  return { start, until: end, picks };
}

function bestFit(free: readonly Bitmap[], runs: readonly Bitmap[], at: number, length: number): number {
  let best = -1;
  let bestStretch = Number.POSITIVE_INFINITY;
  for (let i = 0; i < runs.length; i++) {
    if (!hasBit(runs[i]!, at)) continue;
    const row = free[i]!;
    let before = at;
    while (before > 0 && at - before < bestStretch && hasBit(row, before - 1)) before--;
    let after = at + length;
    while (after >> 5 < row.length && after - before < bestStretch && hasBit(row, after)) after++;
    if (after - before < bestStretch) {
      best = i;
      bestStretch = after - before;
    }
  }
  return best;
}

function wholeWorkCells(workCells: Int32Array, originCell: number, ratio: number): Int32Array {
  return Int32Array.from(
    { length: workCells.length * ratio },
    (_, i) => originCell + workCells[Math.floor(i / ratio)]! * ratio + (i % ratio),
  );
}
