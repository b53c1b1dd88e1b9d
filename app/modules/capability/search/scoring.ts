/**
 * The score of a group without building its whole assessment: most groups of a large scope are one row, and of thousands of candidates
 * only a page full is shown. Gives exactly what `assess` would (a property test holds the two together).
 */
import type { Capability } from '../rules/capability.ts';
import { disagree, holdingOn } from '../rules/coverage.ts';
import { addRow, type Finding, judge } from '../rules/judgement.ts';
import type { Measure } from '../rules/measure.ts';
import { clip, sureExtent, type Visitor, walk } from '../rules/stretches.ts';
import { largestAbsolute, worstRelative } from '../rules/uncertainty/uncertainty.ts';
import { atMost, differenceKind, type Interval } from '../rules/units/quantities.ts';
import {
  answering,
  assess,
  compareScores,
  designationStanding,
  isCandidate,
  isExpired,
  misses,
  type Need,
  type Score,
} from './matching.ts';
import { type Parts, partsOf, partsOfSome, type RowGroup, statesRatio, termsOf } from './row-groups.ts';
import { outsideOf, silentOn, statedBy } from './stated-parameters.ts';

/** A score that is written over by the next: of thousands a search keeps a page full, and the rest leaves nothing to be collected. */
export interface ScoreCard extends Score {
  /** The rows looked at; null where the group was assessed as a whole. */
  parts: Parts | null;
  /** Of the variants of the group, the one whose numbers said the score. */
  variant: number;
}

export const blankCard = (group: RowGroup): ScoreCard => ({
  group,
  verdict: 'near',
  shortfall: 0.5,
  quality: 0.5,
  parts: null,
  variant: 0,
});

/** As `assess`, but only what orders the group, written into `card`; false when it is no candidate or covers nothing of the request. */
export const score = (measure: Measure, group: RowGroup, card: ScoreCard): boolean =>
  isCandidate(measure.need, group) && !misses(sureExtent(measure.need), group.hull) && scoreCandidate(measure, group, card);

/** The same for a group that is known to be a candidate whose hull is not missed. */
export function scoreCandidate(measure: Measure, group: RowGroup, card: ScoreCard): boolean {
  const { need } = measure;
  const { variants, hull } = group;
  const asked = need.extent[0];
  card.parts = null;
  const parameters = need.parameters.length > 0;
  const numbered = hull !== null && need.extent.length < 2 && need.sureFrom === undefined;
  if (!numbered || (parameters && group.tabled) || (measure.limit && group.openShare)) return write(card, assess(need, group));
  const [rows] = variants;
  if (variants.length === 1 && rows!.length === 1) return scoreRow(measure, group, rows![0]!, asked ?? hull, card);
  if (!asked) return write(card, assess(need, group));
  if (parameters) return scoreStated(measure, group, asked, card);
  return scoreVariants(measure, group, asked, card);
}

function write(card: ScoreCard, from: Score | null): boolean {
  if (!from) return false;
  card.group = from.group;
  card.verdict = from.verdict;
  card.shortfall = from.shortfall;
  card.quality = from.quality;
  return true;
}

const worstOf = (row: Capability, covered: Interval, relative: boolean) =>
  relative && !statesRatio(row) ? worstRelative(row.uncertainty, covered).value : largestAbsolute(row.uncertainty, covered);

/** What is found of some rows on the way. */
interface Findings extends Finding {
  first: Capability | undefined;
}

/** For one score beside another: written over each time. */
const scratch = blankCard({} as RowGroup);
const findings: Findings = { first: undefined, missing: 0, u: -1, standing: null, comparable: false, person: false };
const part: Interval = { min: 0, max: 0 };

function begin(): Findings {
  findings.first = undefined;
  findings.missing = 0;
  findings.u = -1;
  findings.person = false;
  return findings;
}

function scoreRow(measure: Measure, group: RowGroup, row: Capability, asked: Interval, card: ScoreCard): boolean {
  const { need } = measure;
  const found = begin();
  const range = row.range!.base;
  const outside = clip(asked, range.min, range.max, part);
  if (outside < 0) return false;
  found.missing = outside;
  found.first = row;
  addRow(found, worstOf(row, part, measure.relative), isExpired(row, need.at));
  if (need.parameters.length > 0) addStated(found, statedBy(need, row));
  return conclude(measure, group, found, card);
}

function addStated(found: Findings, stated: number): void {
  found.missing += outsideOf(stated);
  found.person ||= silentOn(stated);
}

/**
 * Where second parameters are asked: the best of the variants, each of which states one set of them. Rows of several variants that all
 * hold there may fit together: then the whole is assessed.
 */
function scoreStated(measure: Measure, group: RowGroup, asked: Interval, card: ScoreCard): boolean {
  const { need } = measure;
  const parts = partsOf(group);
  const other = scratch;
  const admitted: number[] = [];
  let silent = 0;
  let any = false;
  for (let i = 0; i < group.variants.length; i += 1) {
    const stated = statedBy(need, group.variants[i]![0]!);
    if (outsideOf(stated) === 0) {
      admitted.push(i);
      if (silentOn(stated)) silent += 1;
    }
    if (!scoreParts(measure, group, parts[i]!, asked, true, other, stated)) continue;
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
  if (!scoreParts(measure, group, together, asked, false, other, silent > 0 ? 1 : 0)) return any;
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
function scoreVariants(measure: Measure, group: RowGroup, asked: Interval, card: ScoreCard): boolean {
  const parts = partsOf(group);
  const count = group.variants.length;
  let any = scoreParts(measure, group, parts[0]!, asked, true, card, 0);
  if (count === 1) return any;
  const other = scratch;
  for (let i = 1; i < parts.length; i += 1) {
    if (i === count && any && card.verdict === 'fits') break;
    if (!scoreParts(measure, group, parts[i]!, asked, i < count, other, 0)) continue;
    if (!any || compareScores(other, card) < 0) {
      write(card, other);
      card.parts = other.parts;
    }
    any = true;
  }
  return any;
}

/** What `cover` and `worstOver` find, without keeping it. `stated`: see `statedBy`. */
function scoreParts(
  measure: Measure,
  group: RowGroup,
  parts: Parts,
  asked: Interval,
  sameTerms: boolean,
  card: ScoreCard,
  stated: number,
): boolean {
  const found = begin();
  if (asked.min === asked.max) hold(measure, found, asked, holdingAt(asked, parts.rows), sameTerms, null);
  else walkRows(measure, found, parts, asked, sameTerms);
  addStated(found, stated);
  card.parts = parts;
  return found.first !== undefined && conclude(measure, group, found, card);
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

/** The rows of one group after the other, as a request comes to their parts. */
class RowsVisitor implements Visitor {
  measure!: Measure;
  parts!: Parts;
  sameTerms = false;
  gaps = 0;

  hold(stretch: number, from: number, to: number): boolean {
    const rows = this.parts.telling[stretch]!;
    if (rows.length === 0) return false;
    part.min = from;
    part.max = to;
    hold(this.measure, findings, part, rows, this.sameTerms, this.parts.terms[stretch]!);
    return true;
  }

  gap(from: number, to: number): void {
    this.gaps += to - from;
  }
}
const visitor = new RowsVisitor();

function walkRows(measure: Measure, found: Findings, parts: Parts, asked: Interval, sameTerms: boolean): void {
  visitor.measure = measure;
  visitor.parts = parts;
  visitor.sameTerms = sameTerms;
  visitor.gaps = 0;
  walk(parts.bounds, 0, parts.bounds.length - 1, asked, visitor);
  if (visitor.gaps > 0) found.missing = visitor.gaps / (asked.max - asked.min);
}

/** What the rows that hold on a part of the request say of it. `terms`: numbers of their conditions, where they are known. */
function hold(
  { need, relative }: Measure,
  found: Findings,
  on: Interval,
  holding: readonly Capability[],
  sameTerms: boolean,
  terms: readonly number[] | null,
): void {
  const first = holding[0]!;
  found.first ??= first;
  for (let i = 0; i < holding.length; i += 1) {
    const row = holding[i]!;
    addRow(found, worstOf(row, on, relative), isExpired(row, need.at));
    if (found.person || i === 0) continue;
    const comparable = sameTerms || (terms ? terms[i] === terms[0] : termsOf(row) === termsOf(first));
    found.person = comparable && disagree(first, row, on);
  }
}

/** As `compare` and what `assess` makes of it, without an object for each group. */
function conclude({ need, limit }: Measure, group: RowGroup, found: Findings, card: ScoreCard): boolean {
  found.comparable = limit !== null && (limit.relative || differenceKind(found.first!.uncertaintyUnit) === limit.kind);
  found.standing = designationStanding(need, group);
  card.group = group;
  judge(found, limit?.value, card);
  return true;
}
