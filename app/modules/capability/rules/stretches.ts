/** A request against stretches of values that touch one another: what of it is covered, part after part, and what is not. */
import { atMost, type Interval } from './units/quantities.ts';

/** Told of every part of a request, in ascending order. */
export interface Visitor {
  /** A part of the request that lies in one stretch. @returns whether anything holds there */
  hold(stretch: number, from: number, to: number): boolean;
  /** Neighbouring parts where nothing holds, as one. */
  gap(from: number, to: number): void;
}

/**
 * @param bounds from `first` to `last`, ascending: stretch 0 lies between the first two
 * @param asked an interval, no point
 */
export function walk(bounds: ArrayLike<number>, first: number, last: number, { min, max }: Interval, visitor: Visitor): void {
  let reached = min;
  let gapFrom = Number.NaN;
  let next = first;
  while (next <= last && atMost(bounds[next]!, min)) next += 1;
  for (; !atMost(max, reached); next += 1) {
    const end = next <= last && !atMost(max, bounds[next]!) ? bounds[next]! : max;
    if (next > first && next <= last && visitor.hold(next - first - 1, reached, end)) {
      if (!Number.isNaN(gapFrom)) visitor.gap(gapFrom, reached);
      gapFrom = Number.NaN;
    } else if (Number.isNaN(gapFrom)) gapFrom = reached;
    reached = end;
  }
  if (!Number.isNaN(gapFrom)) visitor.gap(gapFrom, max);
}

/**
 * What of the request lies in a single stretch, written into `part`.
 * @returns the share of the request outside it; below zero: nothing of the request is in it
 */
export function clip({ min, max }: Interval, from: number, to: number, part: Interval): number {
  part.min = atMost(from, min) ? min : from;
  part.max = atMost(max, to) ? max : to;
  if (min === max) return 0;
  return atMost(part.max, part.min) ? -1 : (part.min - min + (max - part.max)) / (max - min);
}

/** What of a request is asked for certain, where its low end was assumed up to `sureFrom`. */
export function sureExtent({ extent, sureFrom }: { extent: readonly Interval[]; sureFrom?: number }): readonly Interval[] {
  return sureFrom === undefined ? extent : extent.map(({ max }) => ({ min: sureFrom, max }));
}
