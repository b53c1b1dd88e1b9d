/** What the columns of a scope mean: proposed from their headings, put right by a person. */
import { fieldOfHeading, fieldOfPath, plainHeading } from './heading-words.ts';
import type { SheetRemark } from './table.ts';

/** `skip` is a column nothing is taken from. */
export const COLUMN_FIELDS = [
  'skip',
  'field',
  'instrument',
  'instrument_en',
  'measurand',
  'measurand_en',
  'method',
  'range',
  'range_min',
  'range_max',
  'unit',
  'parameter',
  'parameter_name',
  'uncertainty',
  'uncertainty_unit',
  'uncertainty_relative',
  'k',
  'confidence',
  'designation',
  'conditions',
  'conditions_en',
] as const;
export type ColumnField = (typeof COLUMN_FIELDS)[number];

/** A table of a file: a sheet of a workbook, or the whole of a text. */
export interface ImportSheet {
  /** As the workbook names it; empty for a text. */
  name: string;
  /** False: its rows are passed over. */
  read: boolean;
  mapping: Mapping;
  /** How the file's texts write decimals, when they show it. */
  decimal?: 'comma' | 'point';
  remarks?: readonly SheetRemark[];
}

export interface Mapping {
  /** Index of the row with the headings, the last of them when several belong together; −1 when there is none. */
  headings: number;
  /** So many rows above it belong to the headings. */
  above?: number;
  /** One per column. A meaning is given to one column at most. */
  columns: ColumnField[];
}

/** How far down headings are looked for: titles and addresses stand above them. */
const MOST_ABOVE = 30;
/** Rows of headings one above the other. */
const MOST_DEEP = 3;

/** The rows that read most like headings, and what they say of each column. A hidden column has a meaning only when no other claims it. */
export function proposeMapping(rows: readonly (readonly string[])[], hidden: readonly number[] = []): Mapping {
  const width = rows.slice(0, 500).reduce((most, row) => Math.max(most, row.length), 0);
  let best: Mapping = { headings: -1, columns: Array.from({ length: width }, () => 'skip') };
  let known = 1;
  // The first headings that say everything hold for what follows; further down others may have more columns.
  for (let at = 0; at < Math.min(rows.length, MOST_ABOVE) && missingColumns(best.columns).length > 0; at += 1)
    for (let deep = 1; deep <= MOST_DEEP && at + deep <= rows.length; deep += 1) {
      const above = rows.slice(at, at + deep);
      // A title over everything is no heading.
      if (deep > 1 && above.some((row) => row.filter((cell) => cell.trim()).length < 2)) break;
      const columns = once(fieldsOfHeadings(headingPaths(above, width)), hidden);
      const count = worthOf(columns);
      if (count <= known || columns.filter((field) => field !== 'skip').length < 2) continue;
      known = count;
      best = { headings: at + deep - 1, columns, ...(deep > 1 ? { above: deep - 1 } : {}) };
    }
  const below = best.headings < 0 ? undefined : rows[best.headings + 1];
  // The same headings once more, in another language.
  if (below && isHeadingRow(below) && best.headings + 1 < rows.length)
    return { ...best, headings: best.headings + 1, above: (best.above ?? 0) + 1, columns: filledFrom(best.columns, below) };
  return best;
}

/** Columns known, those without which nothing can be read counting most. */
const worthOf = (columns: readonly ColumnField[]) =>
  columns.filter((field) => field !== 'skip').length +
  (columns.includes('uncertainty') ? 1 : 0) +
  (missingColumns(columns).length === 0 ? 1 : 0);

function filledFrom(columns: readonly ColumnField[], below: readonly string[]): ColumnField[] {
  const own = fieldsOfHeadings(headingPaths([below], columns.length));
  return once(columns.map((field, i) => (field === 'skip' && !columns.includes(own[i] as ColumnField) ? (own[i] as ColumnField) : field)));
}

/**
 * The headings above each column, from the top. One that stands over several columns is written over the first of them only; it reaches as far
 * right as there are others below it and none beside it.
 */
export function headingPaths(rows: readonly (readonly string[])[], width: number): string[][] {
  return Array.from({ length: width }, (_, column) => {
    const path: string[] = [];
    for (const [level, row] of rows.entries()) {
      const own = row[column]?.trim();
      if (own) path.push(own);
      else if (rows.slice(level + 1).some((below) => below[column]?.trim())) {
        const over = row.slice(0, column).findLast((cell) => cell.trim());
        if (over) path.push(over.trim());
      }
    }
    return path;
  });
}

const fieldsOfHeadings = (paths: readonly (readonly string[])[]): ColumnField[] => paths.map((path) => fieldOfPath(path));

/** A row within a table that says what the columns are once more: every cell is a heading, and none is a value. */
export function isHeadingRow(cells: readonly string[]): boolean {
  const filled = cells.filter((cell) => cell.trim());
  if (filled.length < 2) return false;
  const known = filled.filter((cell) => fieldOfHeading(cell) !== 'skip').length;
  return known >= 3 && known * 2 > filled.length
    ? filled.every((cell) => plainHeading(cell) !== '')
    : known >= 2 && known === filled.length;
}

/** The first column keeps a meaning that several claim; a hidden one gives way. */
function once(columns: readonly ColumnField[], hidden: readonly number[] = []): ColumnField[] {
  const taken = new Set<ColumnField>();
  const kept: ColumnField[] = columns.map(() => 'skip');
  const order = [...columns.keys()].sort((a, b) => Number(hidden.includes(a)) - Number(hidden.includes(b)) || a - b);
  for (const at of order) {
    const field = columns[at] as ColumnField;
    if (field === 'skip' || taken.has(field)) continue;
    taken.add(field);
    kept[at] = field;
  }
  return kept;
}

/** What is still needed before rows can be judged. */
export function missingColumns(columns: readonly ColumnField[]): ColumnField[] {
  const has = (field: ColumnField) => columns.includes(field);
  const missing: ColumnField[] = [];
  if (!has('instrument') && !has('instrument_en')) missing.push('instrument');
  if (!has('range') && !(has('range_min') && has('range_max'))) missing.push('range');
  if (!has('uncertainty')) missing.push('uncertainty');
  return missing;
}

/** The coverage factor a heading states: `扩展不确定度(k=2)`, `coverage factor k = 2,0`. */
export const factorOfHeading = (heading: string): number | null => {
  const text = heading.normalize('NFKC');
  const [, k] =
    /(?:^|[^\p{L}])k\s{0,4}[=≈:]\s{0,4}(\d+(?:[.,]\d+)?)/iu.exec(text) ??
    /coverage factor\s{0,4}(?:of\s{0,4})?(\d(?:\.\d+)?)/i.exec(text) ??
    [];
  return k === undefined ? null : Number(k.replace(',', '.'));
};
