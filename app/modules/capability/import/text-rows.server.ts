/** A text as rows of cells: separated by what makes most sense of it. */
import Papa from 'papaparse';
import { proposeMapping } from './columns.ts';
import type { TableRow } from './table.ts';

const SEPARATORS = ['\t', ',', ';', '|'];
/** So much of a text shows how it is separated. */
const LOOKED_AT = 64 * 1024;
const LINES_LOOKED_AT = 200;

/** `ended`: the line after which nothing more was read, when there are more rows than `most`. */
export function rowsOfText(written: string, most: number): { rows: TableRow[]; ended?: number } {
  const text = written.replace(/^\ufeff/, '');
  // Excel names the separator in a first line of its own.
  const [named, separator] = /^"?sep=(.)"?\r?\n/i.exec(text) ?? [];
  const rows: TableRow[] = [];
  let line = named ? 2 : 1;
  let from = 0;
  let ended: number | undefined;
  let within = false;
  const body = text.slice(named?.length ?? 0);
  Papa.parse<string[]>(body, {
    delimiter: separator ?? separatorOf(body),
    step: ({ data, meta }, parser) => {
      const cells = data.map((cell) => cell.trim().replace(/\r\n?/g, '\n'));
      if (cells.some(Boolean))
        rows.push({ line, cells, ...(isIndented(data) || (within && SET_IN.test(data[0] ?? '')) ? { indented: true } : {}) });
      // `Gauge pressure`, below it in the cell ` Pneumatic`: what is set in like that further down belongs there too.
      if (cells[0]) within = /\n[ \u00a0]\S/.test(data[0] ?? '') || (within && SET_IN.test(data[0] ?? ''));
      if (rows.length > most) {
        ended = line;
        parser.abort();
      }
      for (; from < meta.cursor; from += 1) if (body.charCodeAt(from) === 10) line += 1;
    },
  });
  return ended === undefined ? { rows } : { rows, ended };
}

const SET_IN = /^[ \u00a0]\S/;
const isIndented = (cells: readonly string[]) => /^(?:[ \u00a0]{2}|[\t\u3000])\s*\S/.test(cells.find((cell) => cell.trim()) ?? '');

/** The one that gives headings their meaning; else the one that gives most lines the same number of cells. */
function separatorOf(text: string): string {
  const beginning = text.length > LOOKED_AT ? text.slice(0, text.lastIndexOf('\n', LOOKED_AT) + 1 || LOOKED_AT) : text;
  let best = { separator: ',', known: 0, even: 0 };
  for (const separator of SEPARATORS) {
    const { data } = Papa.parse<string[]>(beginning, { delimiter: separator, preview: LINES_LOOKED_AT, skipEmptyLines: true });
    const { columns } = proposeMapping(data);
    const known = columns.filter((field) => field !== 'skip').length;
    const even = evenness(data);
    if (known > best.known || (known === best.known && even > best.even)) best = { separator, known, even };
  }
  return best.separator;
}

/** Share of lines with the most usual number of cells, if that is more than one. */
function evenness(rows: readonly string[][]): number {
  const counts = new Map<number, number>();
  for (const { length } of rows) if (length > 1) counts.set(length, (counts.get(length) ?? 0) + 1);
  return rows.length === 0 ? 0 : Math.max(0, ...counts.values()) / rows.length;
}
