/** The cells of a line as the texts of a row: with what their headings say, and what stands in several columns put together. */
import type { ColumnField } from './columns.ts';
import type { RowText } from './judge-row.ts';
import type { DecimalHabit } from './number-habit.ts';
import type { RangeContext } from './range-reader.ts';
import { readRange } from './range-text.ts';
import type { SheetHeadings } from './sheet-headings.ts';
import type { TableRow } from './table.ts';

const NAMES = new Set<ColumnField>(['instrument', 'instrument_en', 'measurand', 'measurand_en']);
/** A number, an interval or several lines of them, with nothing that could be a unit. */
const BARE =
  /^\s*(?:U\s?(?:rel|95)?\s{0,2}=)?\s*(?:±|\+\/-|<|≤)?\s*[(（]?\s*[-−+]?\d[\d\s.,]*(?:(?:[eE]|\s?[×x]\s?10)[-−+^⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹\d]+)?\s*(?:(?:[~～–—-]|to|bis|至)\s*[-−+]?\d[\d\s.,]*)?[)）]?\s*$/i;

/** Spaces are told apart from nothing only: a thousand of them are one. */
const isBare = (line: string) => BARE.test(line.replace(/\s+/g, ' '));

const RANGE = /^(?:[(（]?\s*[-−+±]?\s*\d|up to\b|bis\b|[<>≤≥±])/i;

export const beginsAsRange = (text: string): boolean => RANGE.test(text.trim());

/** An export marks a text that begins like a formula with an apostrophe: the text is what stands behind it. */
const MARK = /^'(?='*[=+\-@])/;

export function textOf({ cells, numbers }: TableRow, headings: SheetHeadings, decimal: DecimalHabit | undefined): RowText {
  const text: RowText = {};
  const long: RowText = {};
  const { columns } = headings;
  for (let i = 0; i < columns.length; i += 1) {
    const field = columns[i] as ColumnField;
    if (field === 'skip') continue;
    const cell = cells[i]?.trim().replace(MARK, '');
    if (!cell) continue;
    if (cell.length > LONGEST_CELL) {
      long[field] = cell;
      continue;
    }
    // Numbers of a workbook are written as the file's texts are, so that both are read alike.
    text[field] = decimal === 'comma' && numbers?.includes(i) ? cell.replace('.', ',') : NAMES.has(field) ? nameOf(cell) : cell;
  }
  // `Parameter/Range`: the instrument on a line of its own, its ranges below it in the same column.
  if (text.instrument && !text.range && !columns.includes('range') && beginsAsRange(text.instrument)) {
    text.range = text.instrument;
    delete text.instrument;
  }
  splitName(text, 'instrument', 'instrument_en');
  splitName(text, 'measurand', 'measurand_en');
  if (text.method?.includes('\n')) text.method = text.method.split(/\s*\n\s*/).join('; ');
  withCondition(text);
  withUnits(text, headings);
  return Object.assign(text, long);
}

/** `Conditions / method` in one column: where a frequency alone stands in it, it is what the row holds for. */
export function withFrequency(text: RowText, parseUnit: RangeContext['parseUnit']): RowText {
  if (!text.method || text.parameter || !/Hz\s*$/i.test(text.method) || !beginsAsRange(text.method)) return text;
  const read = readRange(text.method, { parseUnit });
  const { method, ...others } = text;
  return read.ok && read.unit.kind === 'T-1' && read.parameters.length === 0 ? { ...others, parameter: method } : text;
}

/** The names of a row as they are read from a cell. */
export const namesOf = (text: RowText): RowText =>
  Object.fromEntries(Object.entries(text).map(([column, said]) => [column, NAMES.has(column as ColumnField) ? nameOf(said) : said]));

/** Letters a cell of a row may have: what is longer is refused for it, and is not read into before. */
export const LONGEST_CELL = 500;

/** Without marks of footnotes, trailing dashes and what says that it goes on from the page before. */
export const nameOf = (cell: string) =>
  cell.length > LONGEST_CELL
    ? cell
    : cell
        .replace(/\s*[-–—:：]\s*$/, '')
        .replace(/\s*[(（](?:cont(?:inued|\.|’d|'d)?|续|續|Fortsetzung|suite)[)）]\s*$/i, '')
        .replace(/\s*[-–—:：]\s*$/, '')
        .replace(/(?<=\p{Script=Han}|[)）]|\p{L}{3})\s?[⁰¹²³⁴⁵⁶⁷⁸⁹]+(?:[,，]\s?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)*(?=\s|$)/gu, '')
        .trim() || cell;

/** Two languages in one cell, one below the other. */
function splitName(text: RowText, here: 'instrument' | 'measurand', english: 'instrument_en' | 'measurand_en'): void {
  const lines = text[here]?.includes('\n') ? text[here].split(/\s*\n\s*/).filter(Boolean) : undefined;
  if (!lines) return;
  const han = lines.filter((line) => /\p{Script=Han}/u.test(line));
  const latin = lines.filter((line) => !/\p{Script=Han}/u.test(line));
  const split = han.length > 0 && latin.length > 0 && text[english] === undefined;
  text[here] = (split ? han.join('') : lines.join(' ')).trim();
  if (split) text[english] = latin.join(' ');
}

/** `Parameter` and `Specifications` of the KCDB: a quantity goes with the range, anything else is a condition. */
function withCondition(text: RowText): void {
  const { parameter_name: name, parameter } = text;
  if (name === undefined) return;
  if (parameter !== undefined && /^\s*[(±+\-−≤<]?\s*\d/.test(parameter)) return;
  const said = [name, parameter].filter(Boolean).join(': ');
  text.conditions = text.conditions ? `${text.conditions}; ${said}` : said;
  delete text.parameter;
}

const YES = /^(?:yes|y|true|1|是|relative|相对|ja|oui)$/i;

function withUnits(text: RowText, { units, relative }: SheetHeadings): void {
  const unit = units.range ?? units.range_max ?? units.range_min;
  if (unit && !text.unit && (text.range || text.range_min || text.range_max)) text.unit = unit;
  if (units.parameter && text.parameter)
    text.parameter = eachLine(text.parameter, (line) => (isBare(line) ? `${line} ${units.parameter}` : line));
  if (!text.uncertainty) return;
  const own = text.uncertainty_unit ?? units.uncertainty;
  const isRelative = text.uncertainty_relative === undefined ? relative : YES.test(text.uncertainty_relative.trim());
  text.uncertainty = eachLine(text.uncertainty, (line) => {
    const with_ = own && own !== '1' && isBare(line) ? withUnit(line, own) : line;
    return isRelative && !/=/.test(with_) ? `Urel=${with_.replace(/^\s*(?:±|\+\/-)\s*/, '')}` : with_;
  });
}

/** `1.0~2.6` and µm: the interval in brackets, as it is written. */
const withUnit = (line: string, unit: string) =>
  /^\s*\d[\d.,\s]*(?:[~～–—]|to\b|bis\b)/i.test(line) ? `(${line.trim()}) ${unit}` : `${line} ${unit}`;

const eachLine = (text: string, change: (line: string) => string) =>
  text.includes('\n')
    ? text
        .split('\n')
        .map((line) => (line.trim() ? change(line) : line))
        .join('\n')
    : change(text);
