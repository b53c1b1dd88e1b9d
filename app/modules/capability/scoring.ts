/**
 * The score of a group without building its whole assessment: most groups of a large scope are one row, and of thousands of candidates
 * only a page full is shown. Gives exactly what `assess` would (a property test holds the two together).
 */
import type { Capability } from './capability.ts';
import { cutPoints, disagree, holdingOn } from './coverage.ts';
import { assess, compare, compareScores, excessShare, isCandidate, misses, type Need, outdated, type Score } from './matching.ts';
import { atMost, differenceKind, type Interval } from './quantities.ts';
import { type RowGroup, statesRatio, termsOf } from './row-groups.ts';
import { worstAbsolute, worstRelative } from './uncertainty.ts';

/** As `assess`, but only what orders the group; null when it is no candidate or covers nothing of the request. */
export function score(need: Need, group: RowGroup): Score | null {
  return isCandidate(need, group) && !misses(need.extent, group.hull) ? scoreCandidate(need, group) : null;
}

/** The same for a group that is known to be a candidate whose hull is not missed. */
export function scoreCandidate(need: Need, group: RowGroup): Score | null {
  const { variants, hull } = group;
  if (hull === null || need.parameters.length > 0 || need.extent.length > 1) return assess(need, group);
  const [rows] = variants;
  if (variants.length === 1 && rows!.length === 1) return scoreRow(need, group, rows![0]!, need.extent[0] ?? hull);
  const asked = need.extent[0];
  if (!asked) return assess(need, group);
  let best: Score | null = null;
  for (const variant of variants) best = better(best, scoreRows(need, group, variant, asked, true));
  if (variants.length > 1 && best?.verdict !== 'fits') best = better(best, scoreRows(need, group, variants.flat(), asked, false));
  return best;
}

const better = (a: Score | null, b: Score | null): Score | null => (!a || !b ? (a ?? b) : compareScores(b, a) < 0 ? b : a);

const asksRelative = ({ required }: Need) => required?.type === 'relative' || required?.type === 'mpe_relative';

const worstOf = (row: Capability, covered: Interval, relative: boolean) =>
  relative && !statesRatio(row) ? worstRelative(row.uncertainty, covered) : worstAbsolute(row.uncertainty, covered);

const isExpired = ({ accreditation }: Capability, at: number | null) =>
  at !== null && accreditation !== null && outdated(accreditation, at);

function scoreRow(need: Need, group: RowGroup, row: Capability, asked: Interval): Score | null {
  const range = row.range!.base;
  const from = atMost(range.min, asked.min) ? asked.min : range.min;
  const to = atMost(asked.max, range.max) ? asked.max : range.max;
  const point = asked.min === asked.max;
  if (!point && atMost(to, from)) return null;
  const missing = point ? 0 : (from - asked.min + (asked.max - to)) / (asked.max - asked.min);
  const worst = worstOf(row, { min: from, max: to }, asksRelative(need));
  return scoreOf(need, group, row, { missing, worst: worst.value, person: isExpired(row, need.at) });
}

/** What `cover` and `worstOver` find, without keeping it. */
function scoreRows(need: Need, group: RowGroup, rows: readonly Capability[], asked: Interval, sameTerms: boolean): Score | null {
  const found = { missing: 0, worst: -1, person: false };
  const touching = rows.filter(({ range }) => atMost(range!.base.min, asked.max) && atMost(asked.min, range!.base.max));
  const cuts = cutPoints(asked, touching);
  let first: Capability | undefined;
  let gaps = 0;
  let gapFrom: number | undefined;
  for (let i = 0; i < cuts.length - 1; i += 1) {
    const on = { min: cuts[i]!, max: cuts[i + 1]! };
    const [speaks] = hold(need, found, on, touching, sameTerms);
    first ??= speaks;
    // Neighbouring gaps are one, to the last bit.
    if (!speaks) gapFrom ??= on.min;
    else if (gapFrom !== undefined) {
      gaps += on.min - gapFrom;
      gapFrom = undefined;
    }
  }
  if (gapFrom !== undefined) gaps += asked.max - gapFrom;
  if (gaps > 0) found.missing = gaps / (asked.max - asked.min);
  return first ? scoreOf(need, group, first, found) : null;
}

/** The rows that hold on a part of the request, and what they say of it. */
function hold(
  need: Need,
  found: { worst: number; person: boolean },
  on: Interval,
  rows: readonly Capability[],
  sameTerms: boolean,
): Capability[] {
  const holding = holdingOn(on, rows);
  const relative = asksRelative(need);
  for (const row of holding) {
    const worst = worstOf(row, on, relative);
    found.worst = Math.max(found.worst, Number.isNaN(worst.value) ? Number.POSITIVE_INFINITY : worst.value);
    found.person ||= isExpired(row, need.at);
    found.person ||= row !== holding[0] && (sameTerms || termsOf(row) === termsOf(holding[0]!)) && disagree(holding[0]!, row, on);
  }
  return holding;
}

/** `person`: somebody has to look at it. */
function scoreOf(
  need: Need,
  group: RowGroup,
  first: Capability,
  { missing, worst, person }: { missing: number; worst: number; person: boolean },
): Score {
  const compared = compare(need.required, { absolute: worst, absoluteAt: 0, relative: worst, relativeAt: 0 }, first);
  const shortfall = missing + excessShare(compared);
  const verdict = shortfall > 0 ? 'near' : person || compared?.comparable === false ? 'review' : 'fits';
  return { group, verdict, shortfall, quality: compared?.comparable ? compared.u / compared.limit : worst };
}

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
  const { extent } = need;
  return ({ hull, floor }) => {
    let least = 0;
    if (hull !== null && extent.length > 0) {
      for (const { min, max } of extent) {
        const missing = Math.max(0, hull.min - min) + Math.max(0, max - hull.max);
        if (missing > 0 && max > min) least += Math.min(1, missing / (max - min));
      }
      least /= extent.length;
    }
    if (limit !== null && (limit.relative || limit.kind === floor.kind)) {
      const u = limit.relative ? floor.relative : floor.absolute;
      if (u > limit.value) least += 1 - limit.value / u;
    }
    return least > SLACK ? least - SLACK : 0;
  };
}
