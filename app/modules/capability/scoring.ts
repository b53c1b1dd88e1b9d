/**
 * The score of a group without building its whole assessment: most groups of a large scope are one row, and of thousands of candidates
 * only a page full is shown. Gives exactly what `assess` would (a property test holds the two together).
 */
import type { Capability } from './capability.ts';
import { assess, compare, excessShare, isCandidate, misses, type Need, outdated, type Score, statesRatio } from './matching.ts';
import { atMost, type Interval } from './quantities.ts';
import type { RowGroup } from './row-groups.ts';
import { worstAbsolute, worstRelative } from './uncertainty.ts';

/** As `assess`, but only what orders the group; null when it is no candidate or covers nothing of the request. */
export function score(need: Need, group: RowGroup): Score | null {
  if (!isCandidate(need, group) || misses(need.extent, group.hull)) return null;
  const [rows] = group.variants;
  const alone =
    group.variants.length === 1 && rows!.length === 1 && group.hull !== null && need.parameters.length === 0 && need.extent.length <= 1;
  return alone ? scoreRow(need, group, rows![0]!, need.extent[0] ?? group.hull!) : assess(need, group);
}

function scoreRow(need: Need, group: RowGroup, row: Capability, asked: Interval): Score | null {
  const range = row.range!.base;
  const from = atMost(range.min, asked.min) ? asked.min : range.min;
  const to = atMost(asked.max, range.max) ? asked.max : range.max;
  const point = asked.min === asked.max;
  if (!point && atMost(to, from)) return null;
  const missing = point ? 0 : (from - asked.min + (asked.max - to)) / (asked.max - asked.min);
  const covered = { min: from, max: to };
  const { required } = need;
  const relativeAsked = required?.type === 'relative' || required?.type === 'mpe_relative';
  const worst = relativeAsked && !statesRatio(row) ? worstRelative(row.uncertainty, covered) : worstAbsolute(row.uncertainty, covered);
  const compared = compare(required, { absolute: worst.value, absoluteAt: worst.at, relative: worst.value, relativeAt: worst.at }, row);
  const shortfall = missing + excessShare(compared);
  const expired = need.at !== null && row.accreditation !== null && outdated(row.accreditation, need.at);
  const verdict = shortfall > 0 ? 'near' : expired || compared?.comparable === false ? 'review' : 'fits';
  return { group, verdict, shortfall, quality: compared?.comparable ? compared.u / compared.limit : worst.value };
}
