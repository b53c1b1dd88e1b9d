/** A file of unknown making as a table: told by what is in it, not by its name. Comma, tab or semicolon, or a workbook. */
import type { FileSheet, TableRow } from './table.ts';
import { type Decoded, decodeText } from './text-encoding.ts';
import { rowsOfText } from './text-rows.server.ts';
import { WorkbookError } from './workbook-error.ts';

export const MOST_BYTES = 8 * 1024 * 1024;
/** Twenty thousand, and titles and headings above them. */
export const MOST_ROWS = 20_050;
/** With those that stand below one another in a cell. */
const MOST_LINES = 2 * MOST_ROWS;
const MOST_COLUMNS = 60;
const MOST_CELL = 4000;
/** Letters of all cells together: a workbook may say one text a million times. */
const MOST_TEXT = 2 * MOST_BYTES;

export type FileRefusal =
  | 'empty'
  | 'too_large'
  | 'too_many_rows'
  | 'too_many_columns'
  | 'too_many_sheets'
  | 'encoding_unknown'
  | 'old_excel'
  | 'web_page'
  | 'locked_excel'
  | 'not_a_table'
  | 'broken_excel'
  | 'excel_bomb';
/** `line`: where in the file, counted from 1. */
export type FileResult =
  | { ok: true; rows: TableRow[]; sheets: FileSheet[]; encoding: string }
  | { ok: false; reason: FileRefusal; line?: number };

const startsWith = (bytes: Uint8Array, ...magic: number[]) => magic.every((byte, i) => bytes[i] === byte);

export const isZip = (bytes: Uint8Array) => startsWith(bytes, 0x50, 0x4b, 0x03, 0x04);

export async function readFile(bytes: Uint8Array): Promise<FileResult> {
  if (bytes.length === 0) return { ok: false, reason: 'empty' };
  if (bytes.length > MOST_BYTES) return { ok: false, reason: 'too_large' };
  if (isZip(bytes)) return fromWorkbook(bytes);
  // The container of Excel 97, and of a workbook with a password.
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) return { ok: false, reason: isLocked(bytes) ? 'locked_excel' : 'old_excel' };
  // Excel 2 to 5, without a container.
  if (bytes[0] === 0x09 && [0x00, 0x02, 0x04, 0x08].includes(bytes[1] ?? -1) && bytes.includes(0))
    return { ok: false, reason: 'old_excel' };
  if (isKnownBinary(bytes)) return { ok: false, reason: 'not_a_table' };
  const text = decodeText(bytes);
  if (!text) return { ok: false, reason: 'encoding_unknown' };
  // What web pages and old programs call .xls, and the XML of Excel 2003.
  return MARKUP.test(text.text.slice(0, 4000)) ? { ok: false, reason: 'web_page' } : fromText(text);
}

/** Pasted from a spreadsheet, or typed. */
export function readPasted(text: string): FileResult {
  if (text.trim() === '') return { ok: false, reason: 'empty' };
  if (text.length > MOST_BYTES) return { ok: false, reason: 'too_large' };
  return text.includes('\u0000') ? { ok: false, reason: 'encoding_unknown' } : fromText({ text, encoding: 'utf-8', brokenLines: [] });
}

const MARKUP = /^\s*(?:<!DOCTYPE|<html|<\?xml|<table|<meta|MIME-Version:)/i;

async function fromWorkbook(bytes: Uint8Array): Promise<FileResult> {
  // Loaded when the first workbook comes: most processes never see one.
  const { readWorkbook } = await import('./read-workbook.server.ts');
  try {
    const { rows, sheets } = await readWorkbook(bytes, { rows: MOST_ROWS, columns: MOST_COLUMNS, letters: MOST_CELL });
    return checked(rows, sheets, 'xlsx');
  } catch (error) {
    if (error instanceof WorkbookError) return { ok: false, reason: error.reason, ...(error.line ? { line: error.line } : {}) };
    throw error;
  }
}

const isLocked = (bytes: Uint8Array) =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(Buffer.from('EncryptedPackage', 'utf16le'));

const isKnownBinary = (bytes: Uint8Array) =>
  [
    [0x25, 0x50, 0x44, 0x46],
    [0x89, 0x50, 0x4e, 0x47],
    [0xff, 0xd8, 0xff],
    [0x47, 0x49, 0x46, 0x38],
    [0x7f, 0x45, 0x4c, 0x46],
    [0x4d, 0x5a],
    [0x1f, 0x8b],
    [0x52, 0x61, 0x72, 0x21],
    [0x37, 0x7a, 0xbc, 0xaf],
  ].some((magic) => startsWith(bytes, ...magic));

function fromText({ text, encoding, brokenLines }: Decoded): FileResult {
  const { rows, ended } = rowsOfText(text, MOST_ROWS);
  if (ended !== undefined) return { ok: false, reason: 'too_many_rows', line: ended };
  const remarks = brokenLines.length > 0 ? [{ code: 'broken_characters' as const, found: brokenLines.join(', ') }] : [];
  return checked(rows, [{ name: '', remarks }], encoding);
}

function checked(rows: TableRow[], sheets: FileSheet[], encoding: string): FileResult {
  if (rows.length === 0) return { ok: false, reason: 'empty' };
  const wide = rows.find((row) => row.cells.length > MOST_COLUMNS && row.cells.slice(MOST_COLUMNS).some(Boolean));
  if (wide) return { ok: false, reason: 'too_many_columns', line: wide.line };
  const kept = rows.some(isLarge)
    ? rows.map((row) => ({ ...row, cells: row.cells.slice(0, MOST_COLUMNS).map((cell) => cell.slice(0, MOST_CELL)) }))
    : rows;
  let lines = 0;
  for (const row of kept) {
    lines += linesIn(row);
    if (lines > MOST_LINES) return { ok: false, reason: 'too_many_rows', line: row.line };
  }
  let letters = 0;
  for (const { cells } of kept) for (const cell of cells) letters += cell.length;
  return letters > MOST_TEXT ? { ok: false, reason: 'excel_bomb' } : { ok: true, encoding, sheets, rows: kept };
}

/** Of the cell that has most: each line is read as a row of its own. */
const linesIn = ({ cells }: TableRow) =>
  cells.reduce((most, cell) => (cell.includes('\n') ? Math.max(most, cell.split('\n').length) : most), 1);

const isLarge = ({ cells }: TableRow) => cells.length > MOST_COLUMNS || cells.some((cell) => cell.length > MOST_CELL);
