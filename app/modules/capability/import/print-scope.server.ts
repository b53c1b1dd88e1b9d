/** A scope as the CNAS form prints it: what `judgeTable` reads back as the same rows. */
import { isDeepStrictEqual } from 'node:util';
import Papa from 'papaparse';
import type { SecondParameter } from '../capability.ts';
import { fieldKey } from '../fields.ts';
import { formatUnit } from '../quantities.ts';
import type { Uncertainty } from '../uncertainty.ts';
import { printUncertainty } from '../uncertainty-print.ts';
import { parseUncertainty } from '../uncertainty-text.ts';
import { parseUnit } from '../units.server.ts';
import type { StoredValues } from './compare-scope.ts';

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

/** Both ends zero: stated without a range. */
export const rangeOf = ({ rangeMin, rangeMax, unit }: StoredValues) =>
  rangeMin === 0 && rangeMax === 0 && unit === '1' ? NONE : span(rangeMin, rangeMax, unit);

/** Numbers in full, so that what is read back is the same double; the unit one stands in a column of its own. */
const span = (min: number, max: number, unit: string) => {
  const printed = formatUnit(unit);
  const name = printed.includes(' ') ? unit : printed;
  return (min === max ? `${min} ${name}` : `(${min}~${max}) ${name}`).trimEnd();
};

export const parametersOf = ({ secondParameters }: StoredValues) =>
  (secondParameters as SecondParameter[]).map(({ range }) => span(range.min, range.max, range.unit.code)).join(', ');

/** As it was written; where that says less than was understood (`%` of the full scale, by a remark), as it was understood. */
export function uncertaintyOf({ uncertainty, uncertaintyText, unit, rangeMin, rangeMax }: StoredValues): string {
  const own = parseUnit(unit);
  if (!own.ok) return uncertaintyText;
  const read = parseUncertainty(uncertaintyText, { unit: own.unit, range: { min: rangeMin, max: rangeMax }, parseUnit });
  return read.ok && isDeepStrictEqual(read.uncertainty, uncertainty) ? uncertaintyText : printUncertainty(uncertainty as Uncertainty);
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
  const lines = rows.map((row) => [
    fieldKey(row.fieldZh) === 'general' ? NONE : row.fieldZh,
    row.instrumentZh,
    row.instrumentEn || NONE,
    row.measurandZh || NONE,
    row.measurandEn || NONE,
    row.method || NONE,
    rangeOf(row),
    row.unit === '1' && !(row.rangeMin === 0 && row.rangeMax === 0) ? '1' : '',
    parametersOf(row),
    uncertaintyOf(row),
    String(row.coverageFactor),
    row.designation,
    row.conditionsZh,
    row.conditionsEn,
  ]);
  return printTable(HEADINGS, lines);
}
