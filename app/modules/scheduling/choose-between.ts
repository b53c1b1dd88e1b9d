import { hasBit } from '#app/core/bitmap.ts';
import { byFit, chooseResources, type SlotChoice } from './choose-resources.ts';
import { distinctWorkers } from './distinct-workers.ts';
import { cellAt, cellsTouched } from './grid.ts';
import { layoutAt, type SlotPlan } from './slot-search.ts';
import type { Interval } from './working-calendar.ts';

/** A resource with the claimed cells nearest to a start: the last one before it and the first one at or after it. */
export interface Neighbours {
  readonly id: string;
  /** The person, where other pools sell the same person (`ResourceFacts`); the nearest claims may then be another pool's. */
  readonly workerId?: string | undefined;
  readonly before: number | null;
  readonly from: number | null;
}

/** The neighbours of a cell with the resource's own closures counted as if they were claims. */
export function withoutClosed(claims: Neighbours, closures: readonly Interval[], gridMinutes: number, at: number): Neighbours {
  let { before, from } = claims;
  for (const closure of closures) {
    const touched = cellsTouched(gridMinutes, closure);
    if (touched.until <= at) before = Math.max(before ?? Number.NEGATIVE_INFINITY, touched.until - 1);
    else from = Math.min(from ?? Number.POSITIVE_INFINITY, Math.max(touched.from, at));
  }
  return { ...claims, before, from };
}

/**
 * Gives the same answer as `chooseResources` for a job in one stretch, but needs only the nearest claims instead of a row of bits per resource.
 * @param idle the job's plan with one unclaimed resource per pool; at this start it must not run on over breaks
 * @param pools the resources of each pool, in order
 * @returns `closed` when not even the idle plan has the start, `taken` when others have it
 */
export function chooseBetween(idle: SlotPlan, start: number, pools: readonly (readonly Neighbours[])[]): SlotChoice | 'closed' | 'taken' {
  const choice = chooseResources(idle, start);
  if (!choice) return 'closed';
  const layout = layoutAt(idle, start);
  if (!layout || layout.places) throw new RangeError('a job that runs on has more than two neighbours');
  const able = choice.picks.map(({ cells }, i) => {
    const { facts, free } = layout.pools[i]!;
    const origin = cellAt(facts.gridMinutes, idle.origin);
    const first = cells[0]!;
    const until = cells.at(-1)! + 1;
    const open = openAround(free[0]!, first - origin, until - origin);
    const stretchOf = ({ before, from }: Neighbours) =>
      Math.min(open.until + origin, from ?? Number.POSITIVE_INFINITY) - Math.max(open.from + origin, (before ?? -1) + 1);
    const unclaimed = (pools[i] ?? []).filter(({ from }) => from === null || from >= until);
    return byFit(unclaimed.map((resource) => ({ resource, stretch: stretchOf(resource) })));
  });
  const chosen = distinctWorkers(able);
  if (!chosen) return 'taken';
  return { ...choice, picks: choice.picks.map((pick, i) => ({ ...pick, resourceId: able[i]![chosen[i]!]!.id })) };
}

/** The open stretch [from, until) around the bits of a job. */
function openAround(row: Uint32Array, first: number, until: number): { from: number; until: number } {
  let from = first;
  while (from > 0 && hasBit(row, from - 1)) from--;
  let end = until;
  while (end >> 5 < row.length && hasBit(row, end)) end++;
  return { from, until: end };
}
