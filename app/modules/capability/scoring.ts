/**
 * The score of a group without building its whole assessment: most groups of a large scope are one row, and of thousands of candidates
 * only a page full is shown. Gives exactly what `assess` would (a property test holds the two together).
 */
import type { Capability } from './capability.ts';
import { disagree, holdingOn } from './coverage.ts';
import { answering } from './match-reasons.ts';
import {
  assess,
  compare,
  compareScores,
  designationStanding,
  excessShare,
  isCandidate,
  misses,
  type Need,
  outdated,
  type Score,
  statedBy,
} from './matching.ts';
import { atMost, differenceKind, type Interval } from './quantities.ts';
import { type Parts, partsOf, partsOfSome, type RowGroup, statesRatio, termsOf } from './row-groups.ts';
import { largestAbsolute, worstRelative } from './uncertainty.ts';

/** A score that is written over by the next: of thousands a search keeps a page full, and the rest leaves nothing to be collected. */
export interface ScoreCard extends Score {
  /** The rows looked at; null where the group was assessed as a whole. */
  parts: Parts | null;
}

export const blankCard = (group: RowGroup): ScoreCard => ({ group, verdict: 'near', shortfall: 0.5, quality: 0.5, parts: null });

/** As `assess`, but only what orders the group, written into `card`; false when it is no candidate or covers nothing of the request. */
export const score = (need: Need, group: RowGroup, card: ScoreCard): boolean =>
  isCandidate(need, group) && !misses(need.extent, group.hull) && scoreCandidate(need, group, card);

/** The same for a group that is known to be a candidate whose hull is not missed. */
export function scoreCandidate(need: Need, group: RowGroup, card: ScoreCard): boolean {
  const { variants, hull } = group;
  const asked = need.extent[0];
  card.parts = null;
  const parameters = need.parameters.length > 0;
  if (hull === null || need.extent.length > 1 || (parameters && group.tabled)) return write(card, assess(need, group));
  const [rows] = variants;
  if (variants.length === 1 && rows!.length === 1) return scoreRow(need, group, rows![0]!, asked ?? hull, card);
  if (!asked) return write(card, assess(need, group));
  if (parameters) return scoreStated(need, group, asked, card);
  return scoreVariants(need, group, asked, card);
}

function write(card: ScoreCard, from: Score | null): boolean {
  if (!from) return false;
  card.group = from.group;
  card.verdict = from.verdict;
  card.shortfall = from.shortfall;
  card.quality = from.quality;
  return true;
}

const asksRelative = ({ required }: Need) => required?.type === 'relative' || required?.type === 'mpe_relative';

const worstOf = (row: Capability, covered: Interval, relative: boolean) =>
  relative && !statesRatio(row) ? worstRelative(row.uncertainty, covered).value : largestAbsolute(row.uncertainty, covered);

const isExpired = ({ accreditation }: Capability, at: number | null) =>
  at !== null && accreditation !== null && outdated(accreditation, at);

/** What is found of some rows on the way; `person`: somebody has to look at it. */
interface Findings {
  first: Capability | undefined;
  missing: number;
  worst: number;
  person: boolean;
}

/** For one score beside another: written over each time. */
const scratch = blankCard({} as RowGroup);
const findings: Findings = { first: undefined, missing: 0, worst: -1, person: false };
const part: Interval = { min: 0, max: 0 };

function begin(): Findings {
  findings.first = undefined;
  findings.missing = 0;
  findings.worst = -1;
  findings.person = false;
  return findings;
}

function scoreRow(need: Need, group: RowGroup, row: Capability, asked: Interval, card: ScoreCard): boolean {
  const found = begin();
  const range = row.range!.base;
  part.min = atMost(range.min, asked.min) ? asked.min : range.min;
  part.max = atMost(asked.max, range.max) ? asked.max : range.max;
  const point = asked.min === asked.max;
  if (!point && atMost(part.max, part.min)) return false;
  if (!point) found.missing = (part.min - asked.min + (asked.max - part.max)) / (asked.max - asked.min);
  found.first = row;
  found.worst = worstOf(row, part, asksRelative(need));
  found.person = isExpired(row, need.at);
  if (need.parameters.length > 0) addStated(found, statedBy(need, row));
  return conclude(need, group, found, card);
}

function addStated(found: Findings, { outside, unstated }: ReturnType<typeof statedBy>): void {
  found.missing += outside;
  found.person ||= unstated;
}

/**
 * Where second parameters are asked: the best of the variants, each of which states one set of them. Rows of several variants that all
 * hold there may fit together: then the whole is assessed.
 */
function scoreStated(need: Need, group: RowGroup, asked: Interval, card: ScoreCard): boolean {
  const parts = partsOf(group);
  const other = scratch;
  const admitted: number[] = [];
  let silent = 0;
  let any = false;
  for (const [i, rows] of group.variants.entries()) {
    const stated = statedBy(need, rows[0]!);
    if (stated.outside === 0) {
      admitted.push(i);
      if (stated.unstated) silent += 1;
    }
    if (!scoreParts(need, group, parts[i]!, asked, true, other, stated)) continue;
    if (!any || compareScores(other, card) < 0) {
      write(card, other);
      card.parts = other.parts;
    }
    any = true;
  }
  if (admitted.length < 2 || (any && card.verdict === 'fits')) return any;
  // Where some rows are silent on a parameter and others are not, which of them answer decides.
  if (silent > 0 && silent < admitted.length) return write(card, assess(need, group)) && wholly(card);
  const together = partsOfSome(group, admitted);
  if (!scoreParts(need, group, together, asked, false, other, { outside: 0, unstated: silent > 0 })) return any;
  if (any && compareScores(other, card) >= 0) return true;
  write(card, other);
  card.parts = other.parts;
  return true;
}

/** The card says what the assessment of the whole group said: no parts stand behind it. */
function wholly(card: ScoreCard): true {
  card.parts = null;
  return true;
}

/** The best of the variants alone and, where none fits alone, of all their rows together. */
function scoreVariants(need: Need, group: RowGroup, asked: Interval, card: ScoreCard): boolean {
  const parts = partsOf(group);
  const count = group.variants.length;
  let any = scoreParts(need, group, parts[0]!, asked, true, card);
  if (count === 1) return any;
  const other = scratch;
  for (let i = 1; i < parts.length; i += 1) {
    if (i === count && any && card.verdict === 'fits') break;
    if (!scoreParts(need, group, parts[i]!, asked, i < count, other)) continue;
    if (!any || compareScores(other, card) < 0) {
      write(card, other);
      card.parts = other.parts;
    }
    any = true;
  }
  return any;
}

/** What `cover` and `worstOver` find, without keeping it. */
function scoreParts(
  need: Need,
  group: RowGroup,
  parts: Parts,
  asked: Interval,
  sameTerms: boolean,
  card: ScoreCard,
  stated?: ReturnType<typeof statedBy>,
): boolean {
  const found = begin();
  if (asked.min === asked.max) hold(need, found, asked, holdingAt(asked, parts.rows), sameTerms);
  else walk(need, found, parts, asked, sameTerms);
  if (stated) addStated(found, stated);
  card.parts = parts;
  return found.first !== undefined && conclude(need, group, found, card);
}

const holdingAt = (at: Interval, rows: readonly Capability[]) =>
  holdingOn(
    at,
    rows.filter(({ range }) => atMost(range!.base.min, at.max) && atMost(at.min, range!.base.max)),
  );

/** The rows behind a score, as `answering` gives them. */
export function rowsBehind(need: Need, { group, parts }: ScoreCard): Capability[] {
  const [asked] = need.extent;
  const [rows] = group.variants;
  if (group.variants.length === 1 && rows!.length === 1) return rows!;
  if (!parts || !asked) return answering(assess(need, group)!);
  if (asked.min === asked.max) return holdingAt(asked, parts.rows);
  const { bounds, holding } = parts;
  return [...new Set(holding.flatMap((held, i) => (atMost(bounds[i + 1]!, asked.min) || atMost(asked.max, bounds[i]!) ? [] : held)))];
}

/** Part after part of the request; neighbouring gaps are one, to the last bit. */
function walk(need: Need, found: Findings, { bounds, telling }: Parts, asked: Interval, sameTerms: boolean): void {
  let gaps = 0;
  let reached = asked.min;
  let gapFrom = Number.NaN;
  let i = 0;
  while (i < bounds.length && atMost(bounds[i]!, asked.min)) i += 1;
  for (; !atMost(asked.max, reached); i += 1) {
    const end = i < bounds.length && !atMost(asked.max, bounds[i]!) ? bounds[i]! : asked.max;
    const rows = i > 0 && i < bounds.length ? telling[i - 1]! : undefined;
    if (rows === undefined || rows.length === 0) {
      if (Number.isNaN(gapFrom)) gapFrom = reached;
    } else {
      if (!Number.isNaN(gapFrom)) gaps += reached - gapFrom;
      gapFrom = Number.NaN;
      part.min = reached;
      part.max = end;
      hold(need, found, part, rows, sameTerms);
    }
    reached = end;
  }
  if (!Number.isNaN(gapFrom)) gaps += asked.max - gapFrom;
  if (gaps > 0) found.missing = gaps / (asked.max - asked.min);
}

/** What the rows that hold on a part of the request say of it. */
function hold(need: Need, found: Findings, on: Interval, holding: readonly Capability[], sameTerms: boolean): void {
  const [first] = holding;
  const relative = asksRelative(need);
  found.first ??= first;
  for (const row of holding) {
    const worst = worstOf(row, on, relative);
    found.worst = Math.max(found.worst, Number.isNaN(worst) ? Number.POSITIVE_INFINITY : worst);
    found.person ||= isExpired(row, need.at);
    found.person ||= row !== first && (sameTerms || termsOf(row) === termsOf(first!)) && disagree(first!, row, on);
  }
}

function conclude(need: Need, group: RowGroup, { first, missing, worst, person }: Findings, card: ScoreCard): boolean {
  const compared = compare(need.required, { absolute: worst, absoluteAt: 0, relative: worst, relativeAt: 0 }, first!);
  const designation = designationStanding(need, group);
  const shortfall = missing + (designation === 'other' ? 1 : 0) + excessShare(compared);
  card.group = group;
  card.verdict = shortfall > 0 ? 'near' : person || designation === 'unclear' || compared?.comparable === false ? 'review' : 'fits';
  card.shortfall = shortfall;
  card.quality = compared?.comparable ? compared.u / compared.limit : worst;
  return true;
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
