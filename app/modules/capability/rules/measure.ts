/** A need measured out once, and what a group can reach at best by its numbers alone. */
import type { Need } from '../search/matching.ts';
import type { RowGroup } from '../search/row-groups.ts';
import { missed } from './judgement.ts';
import { sureExtent } from './stretches.ts';
import { differenceKind } from './units/quantities.ts';

/** A need, and what is worked out of it once for all groups. */
export interface Measure {
  need: Need;
  relative: boolean;
  limit: Limit | null;
}

export const measureOf = (need: Need): Measure => ({
  need,
  relative: need.required?.type === 'relative' || need.required?.type === 'mpe_relative',
  limit: limitOf(need),
});

/** Less than any difference that counts, more than what rounding adds up to. */
export const SLACK = 1e-6;

/** From the need, once: what the smallest U of a group is held against. */
interface Limit {
  value: number;
  relative: boolean;
  kind: string | null;
}

function limitOf({ required }: Need): Limit | null {
  if (!required) return null;
  if (required.type === 'relative') return { value: required.limit, relative: true, kind: null };
  if (required.type === 'mpe_relative') return { value: required.mpe / required.ratio, relative: true, kind: null };
  const value = required.type === 'absolute' ? required.limit : required.mpe / required.ratio;
  return { value, relative: false, kind: differenceKind(required.unit) };
}

/**
 * The least shortfall a group can have, by its hull and its smallest U alone: 0 where it may fit. Most groups of a broad need end here,
 * so nothing is built. Holds for candidates (`isCandidate`) whose hull is not missed.
 */
export function leastShortfall(need: Need): (group: RowGroup) => number {
  const limit = limitOf(need);
  const extent = sureExtent(need);
  return ({ hull, floor }) => {
    let least = 0;
    if (hull !== null && extent.length > 0) {
      for (const { min, max } of extent) {
        const missing = Math.max(0, hull.min - min) + Math.max(0, max - hull.max);
        if (missing > 0 && max > min) least += Math.min(1, missing / (max - min));
      }
      least = missed(least / extent.length);
    }
    if (limit !== null && (limit.relative || limit.kind === floor.kind)) {
      const u = limit.relative ? floor.relative : floor.absolute;
      if (u > limit.value) least += 1 - limit.value / u;
    }
    return least > SLACK ? least - SLACK : 0;
  };
}
