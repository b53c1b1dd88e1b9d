/**
 * A need against the rows of a scope (metrology rules, "Matching a need with capabilities"): the request must lie inside the rows, U is judged over
 * the whole request, and what does not fit says by how much. Works on base-unit numbers only.
 */
import type { Capability, DeclaredRange } from '../rules/capability.ts';
import { cover, type Piece } from '../rules/coverage.ts';
import { type Designation, type Standing, standingOf } from '../rules/designation.ts';
import { compareJudgements, type Finding, isOutside, type Judgement, judge } from '../rules/judgement.ts';
import { sureExtent } from '../rules/stretches.ts';
import type { Coverage } from '../rules/uncertainty/coverage-factor.ts';
import { ofInstrument } from '../rules/uncertainty/full-scale.ts';
import { type ParameterValues, worstAbsolute, worstRelative } from '../rules/uncertainty/uncertainty.ts';
import { atMost, differenceKind, type Interval, type Unit } from '../rules/units/quantities.ts';
import { type RowGroup, sameTerms, statesRatio, termsOf } from './row-groups.ts';
import { outside, statedRanges } from './stated-parameters.ts';

/** A limit on U as the need states it, with another k than U is compared at. `limit` in base units, or as a fraction. */
export interface StatedLimit extends Coverage {
  limit: number;
}

/** What U₉₅ the visitor can accept: directly, or by the instrument's maximum permissible error and a ratio (3 after JJF 1094, 4 as a screen). */
export type Requirement =
  /** `limit` in base units of `unit`'s kind. */
  | { type: 'absolute'; limit: number; unit: Unit; stated?: StatedLimit }
  /** `limit` as a fraction of the value. */
  | { type: 'relative'; limit: number; stated?: StatedLimit }
  /** ±`mpe` in base units. */
  | { type: 'mpe'; mpe: number; unit: Unit; ratio: number }
  /** ±`mpe` as a fraction of the value. */
  | { type: 'mpe_relative'; mpe: number; ratio: number };

export interface Need {
  /** Keys of instruments (`nameKey` of the Chinese name); empty means any. */
  instruments: readonly string[];
  /** Keys of measurands; empty means any. */
  measurands: readonly string[];
  /** Class, type or size named with the instrument. */
  designation: Designation | null;
  /** Unit in which the visitor speaks; its kind selects rows. Null when no range is asked. */
  unit: Unit | null;
  /** Values to be measured in base units: intervals, of which a single point has min = max. Empty when no range is asked. */
  extent: readonly Interval[];
  /**
   * Of one interval whose low end was assumed, from where on it is asked for certain (base units): what rows leave out below is no miss, but
   * has to be asked about.
   */
  sureFrom?: number;
  required: Requirement | null;
  parameters: readonly { name: string; range: DeclaredRange }[];
  /** When the work would be done (UTC ms), for the validity of the accreditation. */
  at: number | null;
  /** What was asked and cannot be judged (an accuracy class nothing follows from), as it is said: no answer is a fit, each wants a person's look. */
  unjudged?: string;
}

/** What decides the order of groups. */
export interface Score extends Judgement {
  group: RowGroup;
}

/** The outcome of one group in numbers; `explain` turns it into reasons. */
export interface Assessment extends Score {
  pieces: Piece[];
  gaps: Interval[];
  conflicts: { a: string; b: string; on: Interval }[];
  mixedConditions: boolean;
  /** How the group's class or type stands to the one asked; null when none is. */
  designation: Standing | null;
  parametersOutside: { name: string; rows: Capability[] }[];
  parametersUnstated: string[];
  expired: boolean;
  /** Worst U over what is covered, base units of the kind of U. NaN when nothing is covered. */
  absolute: number;
  absoluteAt: number;
  /** Worst U/|x| as a fraction. */
  relative: number;
  relativeAt: number;
  /** U and limit on the same footing; null when no U is asked, `comparable: false` when the row states another kind of U. */
  compared: { comparable: boolean; relative: boolean; u: number; limit: number; at: number } | null;
  /** U as compared, were its share of the full scale one of the span asked for: it would be within the limit, which it is not as `compared`. */
  ofAskedSpan: number | null;
  /** MPE / U (= (USL − LSL) / 2U) when an MPE is given; null while it is open of which span U is a share. */
  tur: number | null;
}

/** The rows that answer, in the order of the range. */
export const answering = ({ pieces }: Assessment): Capability[] => [...new Set(pieces.flatMap((piece) => piece.rows))];

/** True when the group speaks of what is asked at all. A row without a range is considered only when its instrument was named. */
export function isCandidate(need: Need, group: RowGroup): boolean {
  if (need.instruments.length > 0 && !need.instruments.includes(group.instrument)) return false;
  if (need.measurands.length > 0 && !need.measurands.includes(group.measurand)) return false;
  if (isDirectForAlternating(need, group)) return false;
  if (need.unit === null) return true;
  return group.kind === null ? need.instruments.length > 0 : group.kind === need.unit.kind;
}

/** Who names a frequency asks for an alternating quantity: rows of a direct one are no answer. */
const alternating = ({ name, range }: Need['parameters'][number]) => name === 'frequency' && range.base.max > 0;
const DIRECT = /(?<!交)直流|\bdc\b/;
export const isDirectForAlternating = (need: Need, { instrument, measurand }: Pick<RowGroup, 'instrument' | 'measurand'>): boolean =>
  need.parameters.some(alternating) && (DIRECT.test(measurand) || DIRECT.test(instrument));

/** A row of another class or type is no answer, one that states none wants a person's look. */
export const designationStanding = ({ designation }: Need, group: Pick<RowGroup, 'designation'>): Standing | null =>
  designation && standingOf(group.designation, designation);

/** The best the group can do for the need, or null when it is no candidate or nothing of the request is covered. */
export function assess(need: Need, group: RowGroup): Assessment | null {
  if (!isCandidate(need, group) || misses(sureExtent(need), group.hull)) return null;
  let best: Assessment | null = null;
  for (const rows of group.variants) best = better(best, assessRows(need, group, rows, false));
  if (group.variants.length > 1 && best?.verdict !== 'fits' && need.extent.length > 0) {
    const admitted = group.variants.filter((rows) => outside(need, rows).length === 0).flat();
    if (admitted.length > 0) best = better(best, assessRows(need, group, admitted, true));
  }
  return best;
}

/** Nothing of the request lies near the group's ranges: most candidates of a broad search end here. */
export function misses(extent: readonly Interval[], hull: Interval | null): boolean {
  if (hull === null || extent.length === 0) return false;
  for (const { min, max } of extent) if (atMost(hull.min, max) && atMost(min, hull.max)) return false;
  return true;
}

/** As judged; equal ones by their key. */
export const compareScores = (a: Score, b: Score): number =>
  compareJudgements(a, b) || (a.group.key < b.group.key ? -1 : a.group.key > b.group.key ? 1 : 0);

function better(a: Assessment | null, b: Assessment | null): Assessment | null {
  if (!a || !b) return a ?? b;
  return compareScores(b, a) < 0 ? b : a;
}

function assessRows(need: Need, group: RowGroup, rows: Capability[], mixed: boolean): Assessment | null {
  const parameters: ParameterValues = Object.fromEntries(need.parameters.map((p) => [p.name, p.range.base]));
  const parametersOutside = outside(need, rows).map((name) => ({ name, rows }));
  // Outside a table's cells no uncertainty is stated: the near miss then shows that of all cells.
  const used = parametersOutside.length > 0 ? {} : parameters;
  const parts =
    group.kind === null || need.extent.length === 0
      ? wholeRows(need, rows)
      : need.extent.map((interval) => cover(interval, rows, sameTerms, used));
  const pieces = parts.flatMap((p) => p.pieces);
  if (pieces.length === 0) return null;
  const gaps = parts.flatMap((p) => p.gaps);
  const worst = worstOver(pieces, used);
  const compared = compare(need.required, worst, pieces[0]!.rows[0]!);
  const ofAskedSpan = compared && withinByAskedSpan(need, group, pieces, used, compared);
  const standing = designationStanding(need, group);
  const assessment: Assessment = {
    group,
    verdict: 'fits',
    shortfall: 0,
    quality: 0,
    pieces,
    gaps,
    conflicts: parts.flatMap((p) => p.conflicts),
    designation: standing,
    mixedConditions: mixed && new Set(pieces.flatMap((p) => p.rows.map(termsOf))).size > 1,
    parametersOutside,
    parametersUnstated: need.parameters
      .filter((p) => pieces.some(({ rows: r }) => r.some((row) => statedRanges(row, p.name).length === 0)))
      .map((p) => p.name),
    expired: pieces.some(({ rows: r }) => r.some((row) => isExpired(row, need.at))),
    ...worst,
    compared,
    ofAskedSpan,
    tur: ofAskedSpan === null ? turOf(need.required, compared) : null,
  };
  const { conflicts, parametersUnstated, expired } = assessment;
  const sure = sureExtent(need);
  const certain = need.sureFrom === undefined ? gaps : gapsFrom(gaps, need.sureFrom);
  const finding: Finding = {
    missing: missingShare(sure, certain) + parametersOutside.length,
    u: ofAskedSpan ?? (compared?.comparable ? compared.u : worst.absolute),
    standing,
    comparable: compared?.comparable === true,
    person:
      conflicts.length > 0 ||
      ofAskedSpan !== null ||
      parametersUnstated.length > 0 ||
      expired ||
      (gaps.length > 0 && certain.length === 0) ||
      (group.kind === null && need.extent.length > 0),
  };
  judge(finding, compared?.limit, assessment);
  return assessment;
}

/** See `Assessment.ofAskedSpan`. Only an interval is the range of an instrument. */
function withinByAskedSpan(
  { extent: [asked, ...others], required }: Need,
  group: RowGroup,
  pieces: readonly Piece[],
  parameters: ParameterValues,
  { comparable, u, limit }: NonNullable<Assessment['compared']>,
): number | null {
  if (!group.openShare || !comparable || atMost(u, limit) || !asked || others.length > 0 || atMost(asked.max, asked.min)) return null;
  const worst = worstOver(
    pieces.map((piece) => ({ ...piece, rows: piece.rows.map((row) => ofInstrument(row, asked)) })),
    parameters,
  );
  const compared = compare(required, worst, pieces[0]!.rows[0]!);
  return compared && atMost(compared.u, compared.limit) ? compared.u : null;
}

/** Under an accreditation that does not count when the work would be done. */
export const isExpired = ({ accreditation }: Capability, at: number | null): boolean =>
  accreditation !== null && isOutside(accreditation.validFrom, accreditation.validUntil, at);

/** Without a range asked, the row of the smallest U over its own range speaks for the group. */
function wholeRows(need: Need, rows: Capability[]) {
  const alone = rows.map((row) => ({ pieces: [{ ...(row.range?.base ?? { min: 0, max: 0 }), rows: [row] }], gaps: [], conflicts: [] }));
  const rated = alone.map((part) => {
    const worst = worstOver(part.pieces);
    const compared = compare(need.required, worst, part.pieces[0]!.rows[0]!);
    return { part, size: compared?.comparable ? compared.u : worst.absolute };
  });
  return [rated.reduce((a, b) => (b.size < a.size ? b : a)).part];
}

/** What of the gaps lies above a value. */
const gapsFrom = (gaps: readonly Interval[], from: number): Interval[] =>
  gaps.filter(({ max }) => !atMost(max, from)).map(({ min, max }) => ({ min: Math.max(min, from), max }));

/** Share of the request that no row covers, 0..1; several intervals and points weigh alike. */
function missingShare(extent: readonly Interval[], gaps: Interval[]): number {
  if (gaps.length === 0 || extent.length === 0) return 0;
  const shares = extent.map(({ min, max }) => {
    const inside = gaps.filter((gap) => gap.min >= min && gap.max <= max);
    return min === max ? Math.min(1, inside.length) : inside.reduce((sum, gap) => sum + (gap.max - gap.min), 0) / (max - min);
  });
  return shares.reduce((a, b) => a + b, 0) / shares.length;
}

function worstOver(pieces: readonly Piece[], parameters?: ParameterValues) {
  const worst = { absolute: -1, absoluteAt: Number.NaN, relative: -1, relativeAt: Number.NaN };
  for (const piece of pieces) {
    for (const row of piece.rows) {
      const absolute = worstAbsolute(row.uncertainty, piece, parameters);
      // U in % of a result that is not the variable (a ratio error over currents) is relative already.
      const relative = statesRatio(row) ? absolute : worstRelative(row.uncertainty, piece, parameters);
      // No single cell of a table holds under all stated parameters: nothing is promised there.
      if (Number.isNaN(absolute.value)) return { absolute: Infinity, absoluteAt: piece.min, relative: Infinity, relativeAt: piece.min };
      if (absolute.value > worst.absolute) Object.assign(worst, { absolute: absolute.value, absoluteAt: absolute.at });
      if (relative.value > worst.relative) Object.assign(worst, { relative: relative.value, relativeAt: relative.at });
    }
  }
  return worst;
}

/** U and the requirement on one footing. */
export function compare(
  required: Requirement | null,
  worst: Pick<Assessment, 'absolute' | 'absoluteAt' | 'relative' | 'relativeAt'>,
  row: Capability,
): Assessment['compared'] {
  if (!required) return null;
  if (required.type === 'relative' || required.type === 'mpe_relative') {
    const limit = required.type === 'relative' ? required.limit : required.mpe / required.ratio;
    return { comparable: true, relative: true, u: worst.relative, limit, at: worst.relativeAt };
  }
  const limit = required.type === 'absolute' ? required.limit : required.mpe / required.ratio;
  const comparable = differenceKind(row.uncertaintyUnit) === differenceKind(required.unit);
  return { comparable, relative: false, u: worst.absolute, limit, at: worst.absoluteAt };
}

function turOf(required: Requirement | null, compared: Assessment['compared']): number | null {
  if (!compared?.comparable || !required || !('mpe' in required)) return null;
  return required.mpe / compared.u;
}
