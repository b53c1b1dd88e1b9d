/** What a file becomes before anybody says what its columns mean: sheets of lines of cells, as they are seen. */

/**
 * What a cell's text alone does not say. `day`: a spreadsheet made a day or a time of what was typed. `rounded`: the cell shows far less than it
 * holds. `format`: its number format was not understood. `uncalculated`: a formula that was never worked out. `hidden`: the line is hidden.
 * `struck`: the text is crossed out.
 */
export type MarkCode = 'day' | 'rounded' | 'format' | 'uncalculated' | 'hidden' | 'struck';

export interface CellMark {
  /** Index of the cell; −1 for the whole line. */
  column: number;
  code: MarkCode;
  /** What it shows, or what it holds. */
  found: string;
  /** What was most likely typed: `1-25`. */
  typed?: string;
}

/** A row of the file: the line it begins in, counted from 1, and its cells. */
export interface TableRow {
  line: number;
  cells: string[];
  /** Place of its sheet in the file; absent: the first. */
  sheet?: number;
  marks?: CellMark[];
  /** Cells that held numbers, printed with a point whatever the file's texts do. */
  numbers?: number[];
  /** Its first text is set in: it belongs to what stands above it. */
  indented?: true;
}

/** What is said about a whole sheet. `found`: columns, lines, a count. */
export interface SheetRemark {
  code: 'hidden_sheet' | 'hidden_lines' | 'hidden_columns' | 'broken_characters' | 'columns_missing' | 'sheet_too_long';
  found: string;
}

/** A table of a file before its columns have a meaning. */
export interface FileSheet {
  /** As the workbook names it; empty for a text. */
  name: string;
  hidden?: boolean;
  hiddenColumns?: readonly number[];
  remarks?: readonly SheetRemark[];
}

/** A, B, … AA: as spreadsheets name columns. */
export const columnLetters = (column: number): string =>
  column < 26 ? String.fromCharCode(65 + column) : columnLetters(Math.floor(column / 26) - 1) + String.fromCharCode(65 + (column % 26));
