/** Why a group of rows fits a need, or what is missing: coded data with numbers and units, put into words by the pages' messages. */
import type { Capability } from '../rules/capability.ts';
import type { Verdict } from '../rules/judgement.ts';
import type { Coverage } from '../rules/uncertainty/coverage-factor.ts';
import { type PressureReference, pressureReference } from '../rules/units/pressure-reference.ts';
import { fromBase, type Interval, type Unit } from '../rules/units/quantities.ts';
import { type Assessment, answering, assess, compareScores, type Need } from './matching.ts';
import { groupRows } from './row-groups.ts';
import { uncertaintyReasons } from './uncertainty-reasons.ts';

/** A number in `unit` (a code for `formatUnit`). */
export interface Amount {
  value: number;
  unit: string;
}

/** U that is asked for, at the k everything is compared at; `stated` where the need states it with another. */
export interface RequiredAmount extends Amount {
  stated?: { value: number } & Coverage;
}

export interface Span {
  min: number;
  max: number;
  unit: string;
}

/** What is added to a share of the full scale: so much, or a share of the reading. */
export type Plus = Amount & { ofReading: boolean };

export type Reason =
  /** Everything asked lies inside `has`, the rows' own ranges, in the visitor's unit. */
  | { code: 'covers'; asked: Span[]; has: Span[] }
  /** `has` are the rows' ranges; `missing` the parts of the request outside them. */
  | { code: 'range_short'; asked: Span[]; has: Span[]; missing: Span[] }
  | { code: 'range_not_stated' }
  /** The rows state pressure of the kind not asked for; `has` as they state it. */
  | { code: 'other_pressure'; reference: PressureReference; has: Span[] }
  /**
   * The worst U over the whole request, when none is required. `relative` in percent, null where it has no bound; `share` in percent where every
   * row states it as a share of the reading; `over`: of a range, of a point, or the same wherever one looks.
   */
  | { code: 'u_best'; u: Amount; at: Amount; relative: number | null; share: number | null; over: 'range' | 'point' | 'everywhere' }
  | { code: 'u_within'; u: Amount; required: RequiredAmount; at: Amount }
  /** `excess` = u / required; the need would be met from `relaxTo` on. */
  | { code: 'u_too_large'; u: Amount; required: RequiredAmount; at: Amount; excess: number; relaxTo: Amount }
  /**
   * U is a share (in percent) of a full scale, and of whose decides: of the span `asked` it is `u` and within what is required, of the row's own
   * `span` it is `own` and too large.
   */
  | { code: 'u_span_open'; share: number; plus: Plus | null; u: Amount; asked: Amount; own: Amount; span: Amount; required: RequiredAmount }
  /** A relative U is asked of an interval that holds zero, where the absolute U does not vanish. */
  | { code: 'u_unbounded'; required: RequiredAmount; at: Amount }
  /** The row states it with another k or level than U is compared at. */
  | ({ code: 'u_stated'; stated: Amount; u: Amount } & Coverage)
  /** The row states U of another quantity (an error in % over currents in A). */
  | { code: 'u_not_comparable'; u: Amount }
  | { code: 'tur'; tur: number; asked: number }
  /** `has`: as the rows state it, or as their instrument's name says. */
  | { code: 'designation_same'; has: string }
  | { code: 'designation_other'; has: string; asked: string }
  /** `has` is empty where none is stated. */
  | { code: 'designation_unclear'; has: string; asked: string }
  /** The rows hold for this class or type only, and the need names none. */
  | { code: 'designation_assumed'; has: string }
  | { code: 'parameter_inside'; parameter: string; asked: Span }
  | { code: 'parameter_outside'; parameter: string; asked: Span; has: Span[] }
  | { code: 'parameter_not_stated'; parameter: string; asked: Span }
  /** The rows hold for these values only, and the need says nothing about them. */
  | { code: 'parameter_assumed'; parameter: string; has: Span }
  | { code: 'rows_conflict'; rows: [string, string]; on: Span }
  | { code: 'conditions_mixed'; conditions: string[] }
  | { code: 'accreditation_expired' }
  /** An accuracy class that was asked and no row was held against. */
  | { code: 'class_not_judged'; asked: string };

/** A group that fits, wants a person's eye, or nearly fits, ready for a page. */
export interface Match {
  verdict: Verdict;
  /** 0 for fits and reviews; larger means more is missing. */
  shortfall: number;
  centreId: string;
  instrumentZh: string;
  instrumentEn: string;
  measurandZh: string;
  measurandEn: string | null;
  method: string;
  /** Ids of the rows that answer, in the order of the range. */
  capabilityIds: string[];
  /** Worst U over the request in base units of its kind, Infinity where it has no bound. */
  u: number;
  tur: number | null;
  reasons: Reason[];
}

/** All groups of `rows` that fit the need or miss it narrowly, best first. */
export function matchNeed(need: Need, rows: Iterable<Capability>): Match[] {
  return groupRows(rows)
    .map((group) => assess(need, group))
    .filter((a) => a !== null)
    .sort(compareScores)
    .map((a) => explain(need, a));
}

/** Nothing is called a fit for what could not be judged. */
export const shownVerdict = ({ unjudged }: Need, verdict: Verdict): Verdict =>
  unjudged !== undefined && verdict === 'fits' ? 'review' : verdict;

/** The assessment as a match. */
export function explain(need: Need, assessment: Assessment): Match {
  const rows = answering(assessment);
  const first = rows[0]!;
  return {
    verdict: shownVerdict(need, assessment.verdict),
    shortfall: assessment.shortfall,
    centreId: assessment.group.centreId,
    instrumentZh: first.instrumentZh,
    instrumentEn: first.instrumentEn,
    measurandZh: first.measurandZh,
    measurandEn: first.measurandEn,
    method: first.method,
    capabilityIds: rows.map((row) => row.id),
    u: assessment.absolute,
    tur: assessment.tur,
    reasons: [
      ...rangeReasons(need, assessment, rows),
      ...uncertaintyReasons(need, assessment, first),
      ...designationReasons(need, assessment, first),
      ...parameterReasons(need, assessment, rows),
      ...warnings(need, assessment, rows),
      ...(need.unjudged === undefined ? [] : [{ code: 'class_not_judged' as const, asked: need.unjudged }]),
    ],
  };
}

function span({ min, max }: Interval, unit: Unit): Span {
  return { min: fromBase(min, unit), max: fromBase(max, unit), unit: unit.code };
}

/** Ranges that touch or overlap shown as one. */
function merged(intervals: Interval[]): Interval[] {
  const out: Interval[] = [];
  for (const { min, max } of [...intervals].sort((a, b) => a.min - b.min)) {
    const last = out.at(-1);
    if (last && min - last.max <= 1e-9 * Math.abs(last.max)) last.max = Math.max(last.max, max);
    else out.push({ min, max });
  }
  return out;
}

function rangeReasons(need: Need, { gaps, group }: Assessment, rows: Capability[]): Reason[] {
  if (group.kind === null) return [{ code: 'range_not_stated' }];
  const unit = need.unit ?? rows[0]!.range!.unit;
  const has = merged(rows.map((row) => row.range!.base)).map((i) => span(i, unit));
  const asked = need.extent.map((i) => span(i, unit));
  if (gaps.length > 0) return [{ code: 'range_short', asked, has, missing: gaps.map((i) => span(i, unit)) }];
  return [{ code: 'covers', asked, has }];
}

/** For rows a need for the other kind of pressure is held against. */
export function otherPressure(rows: readonly Capability[]): Reason {
  const unit = rows[0]!.range!.unit;
  return {
    code: 'other_pressure',
    reference: pressureReference(unit)!,
    has: merged(rows.map((row) => row.range!.base)).map((i) => span(i, unit)),
  };
}

function designationReasons(need: Need, { designation, group }: Assessment, first: Capability): Reason[] {
  const has = group.designation?.text ?? '';
  const asked = need.designation?.text ?? '';
  if (designation === null) return first.designation === '' ? [] : [{ code: 'designation_assumed', has }];
  return designation === 'same' ? [{ code: 'designation_same', has }] : [{ code: `designation_${designation}`, has, asked }];
}

function parameterReasons(need: Need, a: Assessment, rows: Capability[]): Reason[] {
  const reasons: Reason[] = need.parameters.map(({ name, range }) => {
    const asked = span(range.base, range.unit);
    const out = a.parametersOutside.find((p) => p.name === name);
    if (out) return { code: 'parameter_outside', parameter: name, asked, has: statedSpans(out.rows, name, range.unit) };
    return a.parametersUnstated.includes(name)
      ? { code: 'parameter_not_stated', parameter: name, asked }
      : { code: 'parameter_inside', parameter: name, asked };
  });
  const assumed = new Map<string, Reason>();
  for (const { name, range } of rows.flatMap((row) => row.parameters)) {
    if (need.parameters.some((p) => p.name === name)) continue;
    assumed.set(`${name}:${range.base.min}:${range.base.max}`, {
      code: 'parameter_assumed',
      parameter: name,
      has: span(range.base, range.unit),
    });
  }
  return [...reasons, ...assumed.values()];
}

function statedSpans(rows: Capability[], name: string, unit: Unit): Span[] {
  const own = rows.flatMap((row) => row.parameters.filter((p) => p.name === name).map((p) => p.range.base));
  const cells = rows.flatMap(({ uncertainty }) =>
    uncertainty.form === 'table' ? uncertainty.cells.flatMap((cell) => cell.when.filter((w) => w.parameter === name)) : [],
  );
  return merged([...own, ...cells]).map((i) => span(i, unit));
}

function warnings(need: Need, a: Assessment, rows: Capability[]): Reason[] {
  const unit = need.unit ?? rows[0]!.range?.unit;
  const reasons: Reason[] = unit ? a.conflicts.map((c) => ({ code: 'rows_conflict', rows: [c.a, c.b], on: span(c.on, unit) })) : [];
  if (a.mixedConditions) reasons.push({ code: 'conditions_mixed', conditions: [...new Set(rows.map((row) => row.conditions))] });
  if (a.expired) reasons.push({ code: 'accreditation_expired' });
  return reasons;
}
