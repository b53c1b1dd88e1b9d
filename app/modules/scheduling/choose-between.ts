import { hasBit } from '#app/core/bitmap.ts';
import { chooseResources, type ResourcePick, type SlotChoice } from './choose-resources.ts';
import { cellAt, cellsTouched } from './grid.ts';
import type { SlotPlan } from './slot-search.ts';
import type { Interval } from './working-calendar.ts';

/** A resource by its claimed cells next to a start: the last before it, the first from it on. */
export interface Neighbours {
  readonly id: string;
  readonly before: number | null;
  readonly from: number | null;
}

/** The neighbours of a cell with the resource's own closures taken in: what is closed is as good as claimed. */
export function withoutClosed(claims: Neighbours, closures: readonly Interval[], gridMinutes: number, at: number): Neighbours {
  let { before, from } = claims;
  for (const closure of closures) {
    const touched = cellsTouched(gridMinutes, closure);
    if (touched.until <= at) before = Math.max(before ?? Number.NEGATIVE_INFINITY, touched.until - 1);
    else from = Math.min(from ?? Number.POSITIVE_INFINITY, Math.max(touched.from, at));
  }
  return { id: claims.id, before, from };
}

/**
 * `chooseResources` for one unbroken job, from the neighbouring claims alone: the same answer, without a row of bits per resource.
 * @param idle the job's plan with one unclaimed resource per pool; it must not run on over breaks
 * @param pools the resources of each pool, in order
 * @returns `closed` when not even the idle plan has the start, `taken` when others have it
 */
export function chooseBetween(idle: SlotPlan, start: number, pools: readonly (readonly Neighbours[])[]): SlotChoice | 'closed' | 'taken' {
  if (idle.runsOn) throw new RangeError('a job that runs on has more than two neighbours');
  const choice = chooseResources(idle, start);
  if (!choice) return 'closed';
  const picks: ResourcePick[] = [];
  for (const [i, { poolId, cells }] of choice.picks.entries()) {
    const { facts, free } = idle.pools[i]!;
    const origin = cellAt(facts.gridMinutes, idle.origin);
    const first = cells[0]!;
    const until = cells.at(-1)! + 1;
    const open = openAround(free[0]!, first - origin, until - origin);
    let best: string | undefined;
    let bestStretch = Number.POSITIVE_INFINITY;
    for (const { id, before, from } of pools[i] ?? []) {
      if (from !== null && from < until) continue;
      const stretch = Math.min(open.until + origin, from ?? Number.POSITIVE_INFINITY) - Math.max(open.from + origin, (before ?? -1) + 1);
      if (stretch < bestStretch) {
        best = id;
        bestStretch = stretch;
      }
    }
    if (best === undefined) return 'taken';
    picks.push({ poolId, resourceId: best, cells });
  }
  return { ...choice, picks };
}

/** The open stretch [from, until) around the bits of a job. */
function openAround(row: Uint32Array, first: number, until: number): { from: number; until: number } {
  let from = first;
  while (from > 0 && hasBit(row, from - 1)) from--;
  let end = until;
  while (end >> 5 < row.length && hasBit(row, end)) end++;
  return { from, until: end };
}
