import { type Bitmap, hasBit } from '#app/core/bitmap.ts';
import { distinctWorkers } from './distinct-workers.ts';
import { cellAt } from './grid.ts';
import { MINUTE_MS } from './local-day.ts';
import { layoutAt, type SlotPlan } from './slot-search.ts';

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
 * Nobody is taken for two pools.
 */
export function chooseResources(plan: SlotPlan, start: number): SlotChoice | null {
  const layout = layoutAt(plan, start);
  if (!layout) return null;
  const { origin, workGrid } = plan;
  const { places, pools } = layout;
  const workCell = (start - origin) / (workGrid * MINUTE_MS);
  const position = places ? places.indexOf(workCell) : workCell;
  const able = pools.map(({ facts, ratio, length, free, runs }) =>
    byFit(
      facts.resources.flatMap((resource, i) =>
        hasBit(runs[i]!, position * ratio) ? { resource, stretch: stretchAround(free[i]!, position * ratio, length) } : [],
      ),
    ),
  );
  const chosen = distinctWorkers(able);
  if (!chosen) return null;
  const picks: ResourcePick[] = [];
  let end = start;
  for (const [i, { facts, ratio, length }] of pools.entries()) {
    const at = position * ratio;
    const cells = places
      ? wholeWorkCells(places.subarray(at, at + length), cellAt(facts.gridMinutes, origin), workGrid / facts.gridMinutes)
      : Int32Array.from({ length }, (_, i) => cellAt(facts.gridMinutes, origin) + at + i);
    end = Math.max(end, (cells.at(-1)! + 1) * facts.gridMinutes * MINUTE_MS);
    picks.push({ poolId: facts.id, resourceId: able[i]![chosen[i]!]!.id, cells });
  }
  return { start, until: end, picks };
}

/** The shortest stretch first, among equals the first listed. */
export const byFit = <R>(able: readonly { resource: R; stretch: number }[]): R[] =>
  able.toSorted((a, b) => a.stretch - b.stretch).map(({ resource }) => resource);

function stretchAround(row: Bitmap, at: number, length: number): number {
  let before = at;
  while (before > 0 && hasBit(row, before - 1)) before--;
  let after = at + length;
  while (after >> 5 < row.length && hasBit(row, after)) after++;
  return after - before;
}

function wholeWorkCells(workCells: Int32Array, originCell: number, ratio: number): Int32Array {
  return Int32Array.from(
    { length: workCells.length * ratio },
    (_, i) => originCell + workCells[Math.floor(i / ratio)]! * ratio + (i % ratio),
  );
}
