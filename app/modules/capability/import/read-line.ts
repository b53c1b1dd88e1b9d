/** One line of a row: its range, its uncertainty and its coverage factor, with everything they leave open. */
import type { SecondParameter } from '../rules/capability.ts';
import type { Doubts } from '../rules/doubts.ts';
import { type Hint, hintsOf } from '../rules/instrument-hints.ts';
import { type Uncertainty, worstAbsolute } from '../rules/uncertainty/uncertainty.ts';
import { parseUncertainty, type UncertaintyContext } from '../rules/uncertainty/uncertainty-text.ts';
import { RATIO_KIND, toBase, type Unit } from '../rules/units/quantities.ts';
import { readSign } from '../rules/units/unit-signs.ts';
import { coverageOf } from './coverage-factor.ts';
import type { ImportSettings, RowText, TakeNote } from './judge-row.ts';
import { readRange } from './range-text.ts';

export interface ReadLine {
  min: number;
  max: number;
  unit: Unit;
  parameters: SecondParameter[];
  uncertainty: Uncertainty;
  uncertaintyText: string;
  /** As stated; 1 for a standard uncertainty. */
  k: number;
  /** As stated, a fraction; null when none is. */
  confidence: number | null;
  /** Times U as stated is U₉₅ (k = 2). */
  comparisonFactor: number;
  /** Class, type, size or characteristic it holds for, as printed. */
  designation: string;
  /** Words of the range that are a condition. */
  conditions: string;
}

type ParseUnit = (text: string) => { ok: true; unit: Unit } | { ok: false };

/** A level of confidence from a column of its own, as it would stand behind U: 95 %, 95, 0.95. Undefined for what is none. */
function levelText(cell: string | undefined): string | undefined {
  if (!cell || NO_RANGE.test(cell)) return '';
  const [, percent, share] = /^(?:(\d{2}(?:[.,]\d{1,2})?)\s{0,2}%?|(0[.,]\d{2,4}))$/.exec(cell.normalize('NFKC').trim()) ?? [];
  const said = (percent ? `${percent} %` : share)?.replace(',', '.');
  return said && ` (p=${said})`;
}

/** A dash where the range would stand: a capability that has none, such as a limit of detection. */
export const NO_RANGE = /^\s*(?:[—–-]+|\/|／|不适用|n\/a)\s*$/i;

/** `doubtsOf`: where the questions of a column are collected. As many results as points are listed; none when the line cannot be read. */
export function readLine(
  text: RowText,
  settings: ImportSettings,
  parseUnit: ParseUnit,
  note: TakeNote,
  doubtsOf: (column: 'range' | 'uncertainty' | 'k') => Doubts,
): ReadLine[] {
  const hints = lazily(() => hintsOf([text.instrument, text.instrument_en, text.measurand, text.measurand_en].filter(Boolean).join(' ')));
  const decimal = settings.decimal ?? decimalOf(text);
  const context = { parseUnit, hints, decimal };
  const level = levelText(text.confidence);
  if (level === undefined) note('reject', 'k_unreadable', 'confidence', text.confidence);
  const coverage = coverageOf(`${text.uncertainty ?? ''}${level ?? ''}`, text.k, settings.k, doubtsOf('k'));
  if (coverage.unreadable !== undefined) note('reject', 'k_unreadable', 'k', coverage.unreadable);
  const { k, confidence, factor: comparisonFactor } = coverage;
  const uncertaintyText = coverage.rest.normalize('NFC').trim();
  const u = (of: Omit<UncertaintyContext, keyof typeof context>) => {
    const read = parseUncertainty(uncertaintyText, { ...context, ...of, remarks: text.conditions, doubts: doubtsOf('uncertainty') });
    if (!read.ok) note('reject', `uncertainty_${read.reason}`, 'uncertainty', read.found || uncertaintyText);
    return read.ok ? { uncertainty: read.uncertainty, uncertaintyText, k, confidence, comparisonFactor } : undefined;
  };
  const written = text.range ?? '';
  if (NO_RANGE.test(written)) {
    const one = parseUnit('1');
    if (!one.ok) return [];
    note('review', 'range_not_stated', 'range', written);
    const read = u({ unit: one.unit });
    return read ? [{ min: 0, max: 0, unit: one.unit, parameters: [], designation: '', conditions: '', ...read }] : [];
  }
  const column = columnUnit(text.unit, context, doubtsOf('range'));
  if (column === null) {
    note('reject', 'range_unit_unknown', 'unit', text.unit);
    return [];
  }
  // A second parameter in a column of its own stands where it would stand behind the range.
  const range = readRange(text.parameter ? `${written}, ${text.parameter}` : written, {
    ...context,
    doubts: doubtsOf('range'),
    ...(column ? { unit: column } : {}),
  });
  if (!range.ok) {
    note('reject', `range_${range.reason}`, 'range', range.found || written);
    return [];
  }
  const { unit, parameters, designation, conditions } = range;
  const ends = range.points ? range.points.map((point) => ({ min: point, max: point })) : [{ min: range.min, max: range.max }];
  return ends.flatMap((end) => {
    const read = u({ unit, range: end });
    if (!read) return [];
    checkSize(read.uncertainty, { ...end, unit }, note, uncertaintyText);
    checkMeasure(read.uncertainty, text, doubtsOf('range'), note);
    return [{ ...end, unit, parameters, designation, conditions, ...read }];
  });
}

function columnUnit(
  text: string | undefined,
  context: { parseUnit: ParseUnit; hints: () => ReadonlySet<Hint> },
  doubts: Doubts,
): Unit | null | undefined {
  if (!text) return undefined;
  const code = readSign(text, { ...context, doubts });
  const found = context.parseUnit(code ?? text);
  return found.ok ? found.unit : null;
}

function lazily<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** A decimal point elsewhere in the row tells what its commas are; a comma alone tells nothing. */
function decimalOf({
  range = '',
  range_min = '',
  range_max = '',
  uncertainty = '',
  parameter = '',
}: RowText): 'comma' | 'point' | undefined {
  const all = `${range} ${range_min} ${range_max} ${uncertainty} ${parameter}`;
  if (!all.includes(',')) return undefined;
  // 1.000,5 says of itself which is which.
  if (/\d\.\d{3},\d/.test(all)) return 'comma';
  return /(?:^|[^\d.,])(?:0\.\d|\d+\.\d{1,2}(?!\d)|\d+\.\d{4})/.test(all) && !/(?:^|\D)\d{1,3},\d{1,2}(?!\d)/.test(all)
    ? 'point'
    : undefined;
}

/** Where U runs with a size that is stated by its sides, it matters by which measure; a formula that names the diagonal is of no side. */
function checkMeasure(form: Uncertainty, text: RowText, doubts: Doubts, note: TakeNote): void {
  const sized = doubts.all.find(({ code }) => code === 'size_by_sides');
  if (!sized || form.form === 'constant' || form.form === 'full_scale') return;
  sized.weight = 'reject';
  const answer = doubts.answerTo(sized.key);
  if (answer !== undefined && answer !== 'diagonal' && /diagonal|对角线/i.test(`${text.uncertainty} ${text.conditions ?? ''}`))
    note('reject', 'uncertainty_undefined_variable', 'uncertainty', text.uncertainty);
}

/** A U of nothing is none; one larger than what it is measured over is a slip of the unit more often than not. */
function checkSize(form: Uncertainty, { min, max, unit }: { min: number; max: number; unit: Unit }, note: TakeNote, text: string): void {
  const over = { min: toBase(min, unit), max: toBase(max, unit) };
  const { value } = worstAbsolute(form, over);
  if (value === 0) note('reject', 'uncertainty_zero', 'uncertainty', text);
  const size = Math.max(Math.abs(over.min - unit.offset), Math.abs(over.max - unit.offset));
  if (size > 0 && value > size && unit.kind !== RATIO_KIND) note('review', 'uncertainty_large', 'uncertainty', text);
}
