/** A file of unknown making as a table: told by what is in it, not by its name. Comma, tab or semicolon, or a workbook. */
import Papa from 'papaparse';
import type { TableRow } from './judge-table.ts';

export const MOST_BYTES = 8 * 1024 * 1024;
/** Twenty thousand, and titles and headings above them. */
export const MOST_ROWS = 20_050;
const MOST_COLUMNS = 60;
const MOST_CELL = 4000;

export type FileRefusal =
  | 'empty'
  | 'too_large'
  | 'too_many_rows'
  | 'too_many_columns'
  | 'encoding_unknown'
  | 'old_excel'
  | 'locked_excel'
  | 'not_a_table'
  | 'broken_excel'
  | 'excel_bomb';
/** `line`: where in the file, counted from 1. */
export type FileResult = { ok: true; rows: TableRow[]; encoding: string } | { ok: false; reason: FileRefusal; line?: number };

const startsWith = (bytes: Uint8Array, ...magic: number[]) => magic.every((byte, i) => bytes[i] === byte);

export async function readFile(bytes: Uint8Array): Promise<FileResult> {
  if (bytes.length === 0) return { ok: false, reason: 'empty' };
  if (bytes.length > MOST_BYTES) return { ok: false, reason: 'too_large' };
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04)) return fromWorkbook(bytes);
  // The container of Excel 97, and of a workbook with a password.
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) return { ok: false, reason: isLocked(bytes) ? 'locked_excel' : 'old_excel' };
  if (isKnownBinary(bytes)) return { ok: false, reason: 'not_a_table' };
  const text = decode(bytes);
  return text ? fromText(text.text, text.encoding) : { ok: false, reason: 'encoding_unknown' };
}

/** Pasted from a spreadsheet, or typed. */
export function readPasted(text: string): FileResult {
  if (text.trim() === '') return { ok: false, reason: 'empty' };
  if (text.length > MOST_BYTES) return { ok: false, reason: 'too_large' };
  return text.includes('\u0000') ? { ok: false, reason: 'encoding_unknown' } : fromText(text, 'utf-8');
}

async function fromWorkbook(bytes: Uint8Array): Promise<FileResult> {
  // Loaded when the first workbook comes: most processes never see one.
  const { readWorkbook, WorkbookError } = await import('./read-workbook.server.ts');
  try {
    return checked(await readWorkbook(bytes, { rows: MOST_ROWS, columns: MOST_COLUMNS }), 'xlsx');
  } catch (error) {
    if (error instanceof WorkbookError) return { ok: false, reason: error.reason, ...(error.line ? { line: error.line } : {}) };
    throw error;
  }
}

const isLocked = (bytes: Uint8Array) => Buffer.from(bytes.subarray(0, 16384)).includes(Buffer.from('EncryptedPackage', 'utf16le'));

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

/** By its mark, else UTF-8, else GB18030 as Chinese spreadsheets save it; a wrong byte is not passed over. */
function decode(bytes: Uint8Array): { text: string; encoding: string } | undefined {
  const marked = startsWith(bytes, 0xff, 0xfe) ? 'utf-16le' : startsWith(bytes, 0xfe, 0xff) ? 'utf-16be' : undefined;
  for (const encoding of marked ? [marked] : ['utf-8', ...(looksLikeUtf16(bytes) ? ['utf-16le'] : []), 'gb18030'])
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      if (!text.includes('\u0000')) return { text, encoding };
    } catch {
      // The next one.
    }
  return undefined;
}

/** Every other byte of Latin text is zero. */
function looksLikeUtf16(bytes: Uint8Array): boolean {
  let zeros = 0;
  const length = Math.min(bytes.length, 400);
  for (let i = 1; i < length; i += 2) if (bytes[i] === 0) zeros += 1;
  return zeros > length / 8;
}

function fromText(text: string, encoding: string): FileResult {
  const rows: TableRow[] = [];
  let line = 1;
  let from = 0;
  let refusal: FileResult | undefined;
  // An empty last line would count as one of another width when the separator is guessed.
  Papa.parse<string[]>(text.trimEnd(), {
    delimitersToGuess: ['\t', ',', ';', '|'],
    step: ({ data, meta }, parser) => {
      const cells = data.map((cell) => cell.trim());
      if (cells.some(Boolean)) rows.push({ line, cells });
      if (rows.length > MOST_ROWS) {
        refusal = { ok: false, reason: 'too_many_rows', line };
        parser.abort();
      }
      for (; from < meta.cursor; from += 1) if (text.charCodeAt(from) === 10) line += 1;
    },
  });
  return refusal ?? checked(rows, encoding);
}

function checked(rows: TableRow[], encoding: string): FileResult {
  if (rows.length === 0) return { ok: false, reason: 'empty' };
  const wide = rows.find((row) => row.cells.length > MOST_COLUMNS && row.cells.slice(MOST_COLUMNS).some(Boolean));
  if (wide) return { ok: false, reason: 'too_many_columns', line: wide.line };
  return {
    ok: true,
    encoding,
    rows: rows.map(({ line, cells }) => ({ line, cells: cells.slice(0, MOST_COLUMNS).map((cell) => cell.slice(0, MOST_CELL)) })),
  };
}
