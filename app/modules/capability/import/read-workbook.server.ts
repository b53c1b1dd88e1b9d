/**
 * An .xlsx workbook as rows of text, streamed out of its container with a bound on everything: a workbook of a few kilobytes can unfold
 * to gigabytes. Formulas are never evaluated: what the spreadsheet last worked out stands beside them.
 */
import { SaxesParser } from 'saxes';
import yauzl from 'yauzl';
import { proposeMapping } from './columns.ts';
import type { TableRow } from './judge-table.ts';

export class WorkbookError extends Error {
  readonly reason: 'broken_excel' | 'excel_bomb' | 'too_many_rows' | 'not_a_table';
  readonly line: number | undefined;

  constructor(reason: WorkbookError['reason'], line?: number) {
    super(reason);
    this.reason = reason;
    this.line = line;
  }
}

export interface Bounds {
  rows: number;
  columns: number;
}

/** Unfolded, all parts read together. */
const MOST_UNFOLDED = 80 * 1024 * 1024;
const MOST_PARTS = 500;
const MOST_SHEETS = 12;
/** Cells a merge fills; titles over a thousand columns are no data. */
const MOST_MERGED = 50_000;

/** The sheet whose headings say most, of the first dozen. @throws WorkbookError */
export async function readWorkbook(bytes: Uint8Array, bounds: Bounds): Promise<TableRow[]> {
  const parts = await unfold(Buffer.from(bytes));
  const names = [...parts.keys()].filter((name) => /^xl\/worksheets\/[^/]+\.xml$/i.test(name)).sort(byNumber);
  if (names.length === 0) throw new WorkbookError('not_a_table');
  const strings = sharedStrings(parts.get('xl/sharedStrings.xml'));
  let best: { rows: TableRow[]; known: number } | undefined;
  for (const name of names.slice(0, MOST_SHEETS)) {
    const rows = readSheet(parts.get(name) as string, strings, bounds);
    const known = proposeMapping(rows.map((row) => row.cells)).columns.filter((field) => field !== 'skip').length;
    if (!best || known > best.known || (known === best.known && rows.length > best.rows.length)) best = { rows, known };
  }
  return best?.rows ?? [];
}

/** sheet2 before sheet10. */
const byNumber = (a: string, b: string) => Number(/\d+/.exec(a)?.[0] ?? 0) - Number(/\d+/.exec(b)?.[0] ?? 0);

/** The parts of the container that are read, as text. */
function unfold(bytes: Buffer): Promise<Map<string, string>> {
  return new Promise((resolve, reject) => {
    const broken = () => reject(new WorkbookError('broken_excel'));
    yauzl.fromBuffer(bytes, { lazyEntries: true, validateEntrySizes: true }, (error, zip) => {
      if (error || !zip) return broken();
      const parts = new Map<string, string>();
      let left = MOST_UNFOLDED;
      let count = 0;
      zip.on('error', broken);
      zip.on('end', () => resolve(parts));
      zip.on('entry', (entry: yauzl.Entry) => {
        count += 1;
        if (count > MOST_PARTS) return reject(new WorkbookError('excel_bomb'));
        if (!/^xl\/(worksheets\/[^/]+|sharedStrings)\.xml$/i.test(entry.fileName)) return zip.readEntry();
        if (entry.uncompressedSize > left) return reject(new WorkbookError('excel_bomb'));
        zip.openReadStream(entry, (failed, stream) => {
          if (failed || !stream) return broken();
          const chunks: Buffer[] = [];
          stream.on('data', (chunk: Buffer) => {
            left -= chunk.length;
            if (left < 0) {
              stream.destroy();
              reject(new WorkbookError('excel_bomb'));
            } else chunks.push(chunk);
          });
          stream.on('error', broken);
          stream.on('end', () => {
            parts.set(entry.fileName, Buffer.concat(chunks).toString('utf8'));
            zip.readEntry();
          });
        });
      });
      zip.readEntry();
    });
  });
}

type Attributes = Record<string, string>;

/** Walks a part; what is no well-formed XML, or brings entities of its own along, is broken. */
function walk(
  xml: string,
  on: { open?(name: string, attributes: Attributes): void; text?(text: string): void; close?(name: string): void },
): void {
  const parser = new SaxesParser();
  parser.on('error', () => {
    throw new WorkbookError('broken_excel');
  });
  parser.on('doctype', () => {
    throw new WorkbookError('broken_excel');
  });
  // Prefixes differ between makers: x:row is row.
  const local = (name: string) => name.slice(name.indexOf(':') + 1);
  parser.on('opentag', ({ name, attributes }) => on.open?.(local(name), attributes as Attributes));
  parser.on('text', (text) => on.text?.(text));
  parser.on('closetag', ({ name }) => on.close?.(local(name)));
  parser.write(xml.replace(/^\ufeff/, '')).close();
}

/** Texts cells point to; the readings (phonetic) some carry are left out. */
function sharedStrings(xml: string | undefined): string[] {
  const strings: string[] = [];
  if (xml === undefined) return strings;
  let text = '';
  let within = false;
  let reading = 0;
  walk(xml, {
    open: (name) => {
      if (name === 'si') text = '';
      else if (name === 'rPh') reading += 1;
      else if (name === 't') within = true;
    },
    text: (piece) => {
      if (within && reading === 0) text += piece;
    },
    close: (name) => {
      if (name === 't') within = false;
      else if (name === 'rPh') reading -= 1;
      else if (name === 'si') strings.push(text);
    },
  });
  return strings;
}

function readSheet(xml: string, strings: readonly string[], bounds: Bounds): TableRow[] {
  const rows: TableRow[] = [];
  const merges: string[] = [];
  let row: TableRow | undefined;
  let line = 0;
  let column = 0;
  let type = '';
  let text = '';
  let within = false;
  walk(xml, {
    open: (name, attributes) => {
      if (name === 'row') {
        line = Number(attributes.r) || line + 1;
        column = 0;
        row = { line, cells: [] };
      } else if (name === 'c') {
        column = attributes.r ? columnOf(attributes.r) : column + 1;
        type = attributes.t ?? '';
        text = '';
      } else if (name === 'v' || name === 't') within = true;
      else if (name === 'mergeCell' && merges.length < MOST_MERGED && attributes.ref) merges.push(attributes.ref);
    },
    text: (piece) => {
      if (within) text += piece;
    },
    close: (name) => {
      if (name === 'v' || name === 't') within = false;
      else if (name === 'c' && row && column >= 1 && column <= bounds.columns) {
        while (row.cells.length < column - 1) row.cells.push('');
        row.cells[column - 1] = cellText(type, text, strings);
      } else if (name === 'row' && row) {
        if (row.cells.some((cell) => cell.trim())) rows.push(row);
        if (rows.length > bounds.rows) throw new WorkbookError('too_many_rows', line);
        row = undefined;
      }
    },
  });
  fillMerged(rows, merges);
  return rows;
}

function cellText(type: string, text: string, strings: readonly string[]): string {
  if (type === 's') return (strings[Number(text)] ?? '').trim();
  if (type === 'b') return text === '1' ? 'TRUE' : 'FALSE';
  if (type === 'str' || type === 'inlineStr' || type === 'e' || type === 'd') return text.trim();
  // A number as a double keeps it: 0.1 is written 0.10000000000000001.
  const number = Number(text);
  return text === '' || Number.isNaN(number) ? text : String(Number(number.toPrecision(15)));
}

const columnOf = (reference: string): number =>
  [...reference.replace(/[^A-Z]/gi, '').toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);

/** Every cell of a merge says what its first one does. */
function fillMerged(rows: TableRow[], merges: readonly string[]): void {
  const byLine = new Map(rows.map((row) => [row.line, row]));
  let left = MOST_MERGED;
  for (const reference of merges) {
    const [, first, top, last, bottom] = /^([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})$/.exec(reference) ?? [];
    if (!first || !top || !last || !bottom) continue;
    // A title over several columns stays one cell.
    const at = columnOf(first) - 1;
    if (columnOf(last) - 1 !== at) continue;
    const text = byLine.get(Number(top))?.cells[at] ?? '';
    for (let line = Number(top) + 1; line <= Number(bottom) && left > 0; line += 1, left -= 1) {
      const row = byLine.get(line);
      if (!row || !text) continue;
      while (row.cells.length < at) row.cells.push('');
      row.cells[at] ||= text;
    }
  }
}
