/**
 * Whether rows together cover a request without a gap. Rows are half-open segments [min, max), the last one closed, so that a bound shared by
 * two rows belongs to the upper one; where rows overlap and state different uncertainties, that is a conflict for a person to settle.
 */
import type { Capability } from './capability.ts';
import { walk } from './stretches.ts';
import { evaluate, type ParameterValues } from './uncertainty/uncertainty.ts';
import { atMost, type Interval } from './units/quantities.ts';

/** A part of the request and the rows that hold there: one, or several that overlap. */
export interface Piece extends Interval {
  rows: Capability[];
}

export interface Coverage {
  pieces: Piece[];
  gaps: Interval[];
  /** Pairs of row ids stating different U on a shared stretch. */
  conflicts: { a: string; b: string; on: Interval }[];
}

/** Relative difference of U from which two rows count as contradicting each other; below it is rounding of the same value. */
const SAME_U = 1e-6;

/** Whether two U at the same value are two statements. */
const differAt = (ua: number, ub: number): boolean => Math.abs(ua - ub) > SAME_U * Math.max(ua, ub);

/**
 * Covers `interval` (base units; min = max is one point) by `rows` with ranges.
 * `sameTerms(a, b)` says whether two rows speak of the same conditions: only then can they contradict each other.
 */
export function cover(
  interval: Interval,
  rows: readonly Capability[],
  sameTerms: (a: Capability, b: Capability) => boolean,
  parameters?: ParameterValues,
): Coverage {
  const result: Coverage = { pieces: [], gaps: [], conflicts: [] };
  const touching = rows.filter(({ range }) => range && atMost(range.base.min, interval.max) && atMost(interval.min, range.base.max));
  if (interval.min === interval.max) {
    if (touching.length > 0) addPiece(result, { ...interval }, holdingOn(interval, touching), sameTerms, parameters);
    else result.gaps.push({ ...interval });
    return result;
  }
  const cuts = cutPoints(interval, touching);
  walk(cuts, 0, cuts.length - 1, interval, {
    hold: (_, min, max) => {
      const rows = holdingOn({ min, max }, touching);
      if (rows.length > 0) addPiece(result, { min, max }, rows, sameTerms, parameters);
      return rows.length > 0;
    },
    gap: (min, max) => result.gaps.push({ min, max }),
  });
  return result;
}

/** Of the rows that touch a part of the request, cut so that none begins or ends inside it, those that hold there. */
export function holdingOn(part: Interval, touching: readonly Capability[]): Capability[] {
  if (part.min === part.max) return atPoint(part.min, touching);
  return touching.filter(({ range }) => atMost(range!.base.min, part.min) && atMost(part.max, range!.base.max));
}

/** Rows holding at a point: those it does not merely end, unless nothing continues there. */
function atPoint(x: number, rows: readonly Capability[]): Capability[] {
  const continuing = rows.filter(({ range }) => !atMost(range!.base.max, x));
  return continuing.length > 0 ? continuing : [...rows];
}

/** Ends of the interval and of the rows inside it, ascending; bounds that differ only by binary noise are one. A point is cut from itself to itself. */
export function cutPoints(interval: Interval, rows: readonly Capability[]): number[] {
  const inner = rows
    .flatMap(({ range }) => [range!.base.min, range!.base.max])
    .filter((x) => !atMost(x, interval.min) && !atMost(interval.max, x))
    .sort((a, b) => a - b);
  const cuts = [interval.min];
  for (const x of inner) if (!atMost(x, cuts[cuts.length - 1]!)) cuts.push(x);
  cuts.push(interval.max);
  return cuts;
}

function addPiece(
  result: Coverage,
  on: Interval,
  rows: Capability[],
  sameTerms: (a: Capability, b: Capability) => boolean,
  parameters?: ParameterValues,
): void {
  result.pieces.push({ ...on, rows });
  const [first] = rows;
  for (const other of rows.slice(1)) {
    if (sameTerms(first!, other) && disagree(first!, other, on, parameters)) result.conflicts.push({ a: first!.id, b: other.id, on });
  }
}

/** Whether two rows state different U on a stretch both hold on. */
export function disagree(
  a: Pick<Capability, 'uncertainty'>,
  b: Pick<Capability, 'uncertainty'>,
  on: Interval,
  parameters?: ParameterValues,
): boolean {
  // What most rows state, the same at every value.
  if (a.uncertainty.form === 'constant' && b.uncertainty.form === 'constant') return differAt(a.uncertainty.a.base, b.uncertainty.a.base);
  return differOver(
    on.min,
    on.max,
    (x) => evaluate(a.uncertainty, x, parameters),
    (x) => evaluate(b.uncertainty, x, parameters),
  );
}

/** Whether two U are two statements somewhere on a stretch: at its ends or in its middle. */
export const differOver = (from: number, to: number, a: (x: number) => number, b: (x: number) => number): boolean =>
  [from, (from + to) / 2, to].some((x) => differAt(a(x), b(x)));
