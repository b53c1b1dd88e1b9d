/** What the headings of a sheet say beside which column is which: units, a coverage factor, that U is relative. */
import type { Unit } from '../rules/units/quantities.ts';
import { type ColumnField, factorOfHeading, headingPaths, isHeadingRow, type Mapping, proposeMapping } from './columns.ts';
import type { RowText } from './judge-row.ts';
import { isAside, onlyText, partTitle } from './sheet-lines.ts';
import type { TableRow } from './table.ts';

type ParseUnit = (text: string) => { ok: true; unit: Unit } | { ok: false };

/** Fields whose numbers may leave their unit to the heading. */
const MEASURED = ['range', 'range_min', 'range_max', 'parameter', 'uncertainty'] as const;
type Measured = (typeof MEASURED)[number];

export interface SheetHeadings {
  columns: readonly ColumnField[];
  units: Partial<Record<Measured, string>>;
  k: number | null;
  /** The heading of U says that all of them are relative. */
  relative: boolean;
}

/** `rows`: the heading rows, from the top. */
export function readHeadings(rows: readonly (readonly string[])[], columns: readonly ColumnField[], parseUnit: ParseUnit): SheetHeadings {
  const paths = headingPaths(rows, columns.length);
  const found: SheetHeadings = { columns, units: {}, k: null, relative: false };
  for (const [i, field] of columns.entries()) {
    const heading = (paths[i] ?? []).join(' / ').normalize('NFKC');
    if (!isMeasured(field)) continue;
    const unit = unitOfHeading(heading, parseUnit);
    if (unit) found.units[field] = unit;
    if (field !== 'uncertainty') continue;
    found.k = factorOfHeading(heading);
    found.relative = /u\s?_?rel\b|relative|相对|相對/i.test(heading) && !/absolute|绝对/i.test(heading);
  }
  return found;
}

const isMeasured = (field: ColumnField): field is Measured => (MEASURED as readonly string[]).includes(field);

/** Letters that stand for themselves in a heading before they stand for a unit: U, k, Q, L of a length. */
const UNITS_OF_ONE_LETTER = /^(?:[mgsAVWNKJ]|%|°|Ω)$/;
const NO_UNITS = /^(?:min|max|to|from|cmc|bmc|u|urel|rel|note|see|zh|en|si|in|a|no|und|et)$/i;

/** `Range (mm)`, `U [µm]`, `扩展不确定度 U/μm`, `Messbereich in mm`, `CMC, ± µm`. */
function unitOfHeading(heading: string, parseUnit: ParseUnit): string | undefined {
  const candidates = [
    ...[...heading.matchAll(/[([【]([^()[\]【】]{1,24})[)\]】]/g)].map(([, inside]) => inside as string),
    ...[...heading.matchAll(/(?:\/|,|\bin\b|±)\s{0,4}([^\s/,(]{1,12}(?:\/[^\s/,(]{1,8})?)\s{0,4}(?=$|[(（]|\s\/)/g)].map(
      ([, after]) => after as string,
    ),
  ];
  for (const candidate of candidates) {
    const text = candidate.replace(/^(?:单位|單位|unit|einheit)\s{0,2}[::]?\s{0,2}|^(?:in\s|±|\+\/-)\s{0,2}/i, '').trim();
    if (text === '' || /[=\d]{2}|=/.test(text) || NO_UNITS.test(text) || (text.length === 1 && !UNITS_OF_ONE_LETTER.test(text))) continue;
    if (parseUnit(text).ok) return text;
  }
  return undefined;
}

/** The field named by the title that stands right above the headings. */
export function titleAbove(table: readonly TableRow[], { headings, above = 0 }: Mapping): RowText {
  const alone = headings > above ? onlyText(table[headings - above - 1]!.cells) : undefined;
  return (alone && !isAside(alone.text) && partTitle(alone.text, { headings: true, instrument: false, indented: false })) || {};
}

export const headingRows = (table: readonly TableRow[], { headings, above = 0 }: Mapping) =>
  headings < 0 ? [] : table.slice(Math.max(0, headings - above), headings + 1).map(({ cells }) => cells);

/** What holds from a line on that says the headings once more, the same ones or those of another part; undefined for any other line. */
export function headingsAt(
  table: readonly TableRow[],
  at: number,
  now: SheetHeadings,
  first: readonly (readonly string[])[],
  parseUnit: ParseUnit,
): SheetHeadings | undefined {
  const cells = table[at]?.cells;
  if (!cells || cells.length < 2) return undefined;
  if (first.some((row) => sameCells(row, cells))) return now;
  if (!saysHeadings(cells, now.columns)) return undefined;
  // Headings in two lines: the first of them was seen a line ago.
  const before = table[at - 1]?.cells;
  const rows = before && saysHeadings(before, now.columns) && !first.some((row) => sameCells(row, before)) ? [before, cells] : [cells];
  const { columns } = proposeMapping(rows);
  return readHeadings(rows, columns, parseUnit);
}

/** Where a range would stand, headings have no digits. */
function saysHeadings(cells: readonly string[], columns: readonly ColumnField[]): boolean {
  const range = columns.findIndex((field) => field === 'range' || field === 'range_min');
  return !/\d/.test(cells[range] ?? '') && isHeadingRow(cells);
}

const sameCells = (one: readonly string[], other: readonly string[]) =>
  one.some((cell) => cell.trim()) &&
  Array.from({ length: Math.max(one.length, other.length) }, (_, i) => i).every((i) => (one[i] ?? '').trim() === (other[i] ?? '').trim());
