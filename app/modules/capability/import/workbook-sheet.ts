/** One sheet of a workbook as rows of text. Formulas are never evaluated: what the spreadsheet last worked out stands beside them. */
import type { NumberShower } from './cell-number.ts';
import type { CellMark, TableRow } from './table.ts';
import { WorkbookError } from './workbook-error.ts';
import { walk } from './workbook-parts.server.ts';
import type { CellStyle } from './workbook-styles.ts';
import { raisedCell, type SharedText, TextRuns, unescaped } from './workbook-texts.ts';

export interface Bounds {
  rows: number;
  columns: number;
  /** Of one cell; what goes beyond is not kept. */
  letters: number;
}

/** Sheets that have anything in them, each with its columns to be looked at by a person. */
export const MOST_SHEETS = 40;
/** With those that have nothing. */
export const MOST_LISTED = 500;

/** What the sheets of a workbook share. */
export interface Book {
  texts: readonly SharedText[];
  styles: readonly CellStyle[];
  numbers: NumberShower;
}

export interface ReadSheet {
  rows: TableRow[];
  hiddenColumns: number[];
  /** Lines hidden by hand or by a filter. */
  hiddenLines: number;
  /** The line after which nothing more was read, when there are more than the bound. */
  endedAt?: number;
}

/** Cells a merge fills; titles over a thousand columns are no data. */
const MOST_MERGED = 50_000;

/** @throws WorkbookError when it is no well-formed XML */
export function readSheet(xml: string, book: Book, bounds: Bounds): ReadSheet {
  const rows: TableRow[] = [];
  const merges: string[] = [];
  const hiddenColumns = new Set<number>();
  const runs = new TextRuns();
  let hiddenLines = 0;
  let row: TableRow | undefined;
  let hidden = false;
  let line = 0;
  let cell = { column: 0, type: '', style: '', text: '', formula: false };
  let value = false;
  let endedAt: number | undefined;
  walk(xml, {
    open: (name, attributes) => {
      if (endedAt !== undefined) return;
      if (name === 'c') {
        const column = columnOf(attributes.r ?? '') || cell.column + 1;
        cell = { column, type: attributes.t ?? '', style: attributes.s ?? '', text: '', formula: false };
      } else if (name === 'v') value = true;
      else if (name === 'f') cell.formula = true;
      else if (name === 'row') {
        line = lineOf(attributes.r, line);
        cell.column = 0;
        hidden = isTrue(attributes.hidden);
        row = { line, cells: [] };
      } else if (name === 'is') runs.begin();
      else if (name === 'col' && isTrue(attributes.hidden)) hide(hiddenColumns, attributes, bounds.columns);
      else if (name === 'mergeCell' && merges.length < MOST_MERGED && attributes.ref) merges.push(attributes.ref);
      else if (cell.type === 'inlineStr') runs.open(name, attributes);
    },
    text: (piece) => {
      if (value) cell.text += piece;
      else if (cell.type === 'inlineStr') runs.text(piece);
    },
    close: (name) => {
      if (name === 'v') value = false;
      else if (name === 'c') {
        if (row && cell.column >= 1 && cell.column <= bounds.columns)
          take(row, cell, cell.type === 'inlineStr' ? runs.end() : undefined, book);
      } else if (name === 'row' && row) {
        if (row.cells.some((text) => text.trim())) {
          if (hidden) {
            hiddenLines += 1;
            mark(row, { column: -1, code: 'hidden', found: String(row.line) });
          }
          rows.push(row);
        }
        if (rows.length > bounds.rows) endedAt = line;
        row = undefined;
      } else if (cell.type === 'inlineStr') runs.close(name);
    },
  });
  fillMerged(rows, merges);
  return { rows, hiddenColumns: [...hiddenColumns].sort((a, b) => a - b), hiddenLines, ...(endedAt === undefined ? {} : { endedAt }) };
}

/** Lines go on: a number that is none, or has been, is that of the next. */
function lineOf(stated: string | undefined, before: number): number {
  const line = Number(stated);
  return Number.isSafeInteger(line) && line > before && line <= LAST_LINE ? line : before + 1;
}
/** More than any spreadsheet has. */
const LAST_LINE = 20_000_000;

const isTrue = (value: string | undefined) => value === '1' || value === 'true';

function hide(columns: Set<number>, { min, max }: Readonly<Record<string, string>>, most: number): void {
  for (let column = Math.max(1, Number(min)); column <= Math.min(Number(max), most); column += 1) columns.add(column - 1);
}

export function mark(row: TableRow, one: CellMark): void {
  row.marks ??= [];
  row.marks.push(one);
}

type Cell = { column: number; type: string; style: string; text: string; formula: boolean };

function take(row: TableRow, cell: Cell, inline: SharedText | undefined, book: Book): void {
  const column = cell.column - 1;
  // Two cells of one name: which of them is seen, nobody knows.
  if (row.cells[column]) throw new WorkbookError('broken_excel', row.line);
  const style = book.styles[Number(cell.style || 0)];
  const written = inline ?? (cell.type === 's' && cell.text !== '' ? sharedText(book, cell.text, row.line) : undefined);
  const said = (one: Omit<CellMark, 'column'>) => mark(row, { column, ...one });
  let text = '';
  if (written) {
    text = written.text.trim();
    if (written.struck && text) said({ code: 'struck', found: text.slice(0, 40) });
  } else if (cell.text === '') {
    if (cell.formula && cell.type !== 'str') said({ code: 'uncalculated', found: '' });
  } else if (isNumber(cell)) {
    const shown = book.numbers.show(numberOf(cell), style?.format ?? 'General');
    text = shown.text;
    if (shown.mark) said(shown.mark);
    if (shown.mark?.code !== 'day') {
      row.numbers ??= [];
      row.numbers.push(column);
    }
  } else text = plainText(cell);
  if (style?.raised) text = raisedCell(text);
  if (style?.struck && text && !written?.struck) said({ code: 'struck', found: text.slice(0, 40) });
  if (text === '') return;
  if (!row.cells.some(Boolean) && (style?.indented || /^(?: {2}|[\u00a0\u3000])/.test(written?.text ?? ''))) row.indented = true;
  while (row.cells.length < column) row.cells.push('');
  row.cells[column] = text;
  if (cell.type === 'd') said({ code: 'day', found: text });
}

/** @throws WorkbookError where the text a cell points to is not there: its number is no value */
function sharedText({ texts }: Book, index: string, line: number): SharedText {
  const text = /^\s*\d+\s*$/.test(index) ? texts[Number(index)] : undefined;
  if (!text) throw new WorkbookError('broken_excel', line);
  return text;
}

/** A number, or a day written out (`2009-05-01`) as the strict form of the standard does. */
const numberOf = ({ type, text }: Cell): number =>
  type === 'd' ? Math.round((Date.parse(/T/.test(text) ? `${text}Z` : text) / 86_400_000 + 25_569) * 1e6) / 1e6 : Number(text);

const isNumber = (cell: Cell) => ['', 'n', 'd'].includes(cell.type) && !Number.isNaN(numberOf(cell));

function plainText({ type, text }: Cell): string {
  if (type === 'b') return text === '1' || text === 'true' ? 'TRUE' : 'FALSE';
  return unescaped(text).trim();
}

const columnOf = (reference: string): number =>
  [...reference.replace(/[^A-Z]/gi, '').toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);

/** Every cell of a merge says what its first one does. */
export function fillMerged(rows: TableRow[], merges: readonly string[]): void {
  const byLine = new Map(rows.map((row) => [row.line, row]));
  let left = MOST_MERGED;
  for (const reference of merges) {
    const [, first, top, , bottom] = /^\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})$/i.exec(reference) ?? [];
    if (!first || !top || !bottom) continue;
    // Of several columns only the first is filled: a title over all of them stays one cell.
    const at = columnOf(first) - 1;
    const from = byLine.get(Number(top));
    const text = from?.cells[at] ?? '';
    for (let line = Number(top) + 1; line <= Number(bottom) && left > 0; line += 1, left -= 1) {
      const row = byLine.get(line);
      if (!row || !text || row.cells[at]) continue;
      while (row.cells.length < at) row.cells.push('');
      row.cells[at] = text;
      for (const one of from?.marks ?? []) if (one.column === at) mark(row, one);
      if (from?.numbers?.includes(at)) row.numbers = [...(row.numbers ?? []), at];
    }
  }
}
