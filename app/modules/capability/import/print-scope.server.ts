/** A scope as the CNAS form prints it: what `judgeTable` reads back as the same rows. */
import { isDeepStrictEqual } from 'node:util';
import Papa from 'papaparse';
import type { SecondParameter } from '../rules/capability.ts';
import { fieldKey } from '../rules/fields.ts';
import type { Uncertainty } from '../rules/uncertainty/uncertainty.ts';
import { exactly, type PrintUnit, printUncertainty } from '../rules/uncertainty/uncertainty-print.ts';
import { formatUnit } from '../rules/units/quantities.ts';
import { parseUnit } from '../rules/units/units.server.ts';
import type { StoredValues } from './compare-scope.ts';
import { coverageText } from './coverage-factor.ts';
import { judgeRow, type RowText } from './judge-row.ts';

const HEADINGS = [
  '专业',
  '测量仪器名称',
  '英文名称',
  '被测量',
  '被测量英文',
  '规范名称及代号',
  '测量范围',
  '单位',
  '频率',
  '扩展不确定度',
  'k',
  '等级',
  '说明',
  '英文说明',
];

/** A blank cell would mean what stands above. */
const NONE = '—';

const usual: PrintUnit = (code) => {
  const printed = formatUnit(code);
  return printed.includes(' ') ? code : printed;
};

/** Both ends zero: stated without a range. */
const isStatedWithout = ({ rangeMin, rangeMax, unit }: StoredValues) => rangeMin === 0 && rangeMax === 0 && unit === '1';
export const rangeOf = (values: StoredValues, name: PrintUnit = usual) =>
  isStatedWithout(values) ? NONE : span(values.rangeMin, values.rangeMax, values.unit === '1' ? '' : name(values.unit));

/** Numbers in full, so that what is read back is the same double; the unit one stands in a column of its own. */
const span = (min: number, max: number, unit: string) =>
  (min === max && min >= 0 && unit !== '' ? `${min} ${unit}` : `(${min === max ? min : `${min}~${max}`}) ${unit}`).trimEnd();

export const parametersOf = ({ secondParameters }: StoredValues, name: PrintUnit = usual) =>
  (secondParameters as SecondParameter[]).map(({ range }) => span(range.min, range.max, name(range.unit.code))).join(', ');

/** The row as a person would write it: as it was written where that says all and leaves nothing to ask, else as it was understood. */
export function rowTextOf(values: StoredValues): RowText {
  const own = parseUnit(values.unit);
  const form = values.uncertainty as Uncertainty;
  const write = (name: PrintUnit, uncertainty: string): RowText => ({
    field: fieldKey(values.fieldZh),
    instrument: values.instrumentZh,
    instrument_en: values.instrumentEn,
    measurand: values.measurandZh,
    measurand_en: values.measurandEn,
    method: values.method,
    range: rangeOf(values, name),
    parameter: parametersOf(values, name),
    unit: values.unit === '1' && !isStatedWithout(values) ? '1' : '',
    uncertainty,
    k: coverageText({ k: values.coverageFactor, confidence: values.confidence, factor: values.comparisonFactor }),
    designation: values.designation,
    conditions: values.conditionsZh,
    conditions_en: values.conditionsEn,
  });
  const unit = own.ok ? own.unit : undefined;
  const written = write(usual, values.uncertaintyText);
  if (readsBack(written, values)) return written;
  const understood = write(usual, printUncertainty(form, unit));
  return readsBack(understood, values) ? understood : write(exactly, printUncertainty(form, unit, exactly));
}

export const uncertaintyOf = (values: StoredValues): string => rowTextOf(values).uncertainty ?? '';

/** What a row is asked or told about however exactly it is written. */
const UNAVOIDABLE: ReadonlySet<string> = new Set(['method_missing', 'range_not_stated', 'uncertainty_large', 'instrument_missing']);

function readsBack({ field, ...text }: RowText, values: StoredValues): boolean {
  const { notes, rows } = judgeRow(text, { k: 2, field: fieldKey(field ?? '') }, parseUnit);
  const [row] = rows;
  return (
    row !== undefined &&
    rows.length === 1 &&
    notes.every(({ code }) => UNAVOIDABLE.has(code)) &&
    row.min === values.rangeMin &&
    row.max === values.rangeMax &&
    row.unit.code === values.unit &&
    row.k === values.coverageFactor &&
    row.confidence === values.confidence &&
    row.comparisonFactor === values.comparisonFactor &&
    row.designation === values.designation &&
    row.conditionsZh === values.conditionsZh &&
    isDeepStrictEqual(row.uncertainty, values.uncertainty) &&
    isDeepStrictEqual(row.parameters, values.secondParameters)
  );
}

/** What a spreadsheet would take for a formula is quoted, as text; a quote of its own is quoted too. */
const tame = (text: string) => (/^'*[=+\-@\t\r]/.test(text) ? `'${text}` : text);

/** UTF-8 with its mark, for spreadsheets. */
export const printTable = (headings: readonly string[], lines: readonly (readonly string[])[]): string =>
  `\ufeff${Papa.unparse(
    [headings, ...lines].map((line) => line.map(tame)),
    { newline: '\r\n' },
  )}\r\n`;

/** One row per stored row. */
export function printScope(rows: readonly StoredValues[]): string {
  const lines = rows.map((values) => {
    const text = rowTextOf(values);
    return [
      fieldKey(values.fieldZh) === 'general' ? NONE : values.fieldZh,
      values.instrumentZh,
      values.instrumentEn || NONE,
      values.measurandZh || NONE,
      values.measurandEn || NONE,
      values.method || NONE,
      text.range,
      text.unit,
      text.parameter,
      // A file full of semicolons would be taken for one separated by them.
      text.uncertainty?.replaceAll('; ', '；'),
      text.k,
      values.designation,
      values.conditionsZh,
      values.conditionsEn,
    ].map((cell) => cell ?? '');
  });
  return printTable(HEADINGS, lines);
}
