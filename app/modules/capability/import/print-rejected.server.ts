/** The rows of an import that were not taken, as a file to correct and bring again: their own columns, then line and reasons. */

import type { Actor } from '#app/core/actor.ts';
import { apart } from '#app/core/apart.ts';
import { Problem } from '#app/core/problem.ts';
import { centreOf } from '#app/modules/centres/centre-access.server.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import type { ColumnField, ImportSheet } from './columns.ts';
import { rowKey } from './decisions.ts';
import { fieldOfHeading, headingOf } from './heading-words.ts';
import { linesOf, type TableRow } from './judge-table.ts';
import { besideScope, type ImportDeps, openWork } from './open-work.server.ts';
import { printTable } from './print-scope.server.ts';
import type { ReviewRow } from './review-rows.ts';

/** What the added columns say. */
export interface RejectedWords {
  sheet: string;
  line: string;
  result: string;
  reasons: string;
  resultOf(row: ReviewRow): string;
  reasonsOf(row: ReviewRow): string;
}

/** A blank cell would mean what stands above. */
const NONE = '—';
const CARRIED: ReadonlySet<ColumnField> = new Set(['field', 'instrument', 'instrument_en', 'measurand', 'measurand_en', 'method']);

/** The columns of the file, and so many of its rows. */
interface UntakenRows {
  fileName: string;
  /** Of the import and the scope beside it: rows of another state are not put into the same file. */
  signature: string;
  headings: string[];
  /** Names of its sheets, where rows come from several. */
  sheets: string[] | null;
  rows: { cells: string[]; sheet: number; row: ReviewRow }[];
  count: number;
}

/** Handed from thread to thread in one go. */
const PART = 500;

/** Rows that were not taken, from the `from`th on. @throws Problem not_found, forbidden */
export const untakenRows = apart(
  'import.untaken-rows',
  async ({ db, clock, imports }: ImportDeps, actor: Actor, id: string, from: number): Promise<UntakenRows> => {
    requireRight(actor, 'scope.state');
    const { work, rows, signature } = await db.read(async (q) => {
      const centre = await centreOf(q, actor);
      const opened = await openWork(q, imports, centre.id, id);
      const { difference, signature: seen } = await besideScope(q, opened, centre.id, clock());
      return { work: opened, rows: difference.rows.filter(({ state }) => state !== 'ok'), signature: `${opened.revision} ${seen}` };
    });
    const { lines, sheets } = work.facts;
    const places = [...new Set(rows.map(({ sheet }) => sheet))];
    const columns = columnsOf(places, sheets, lines);
    const part = rows.slice(from, from + PART);
    const wanted = new Set(part.map(({ key }) => key));
    const cellsByKey = new Map(lines.filter((line) => wanted.has(rowKey(line))).map((line) => [rowKey(line), line.cells]));
    return {
      fileName: work.fileName,
      signature,
      headings: columns.map(({ heading }) => heading),
      sheets: places.length > 1 ? sheets.map(({ name }) => name) : null,
      rows: part.map((row) => ({
        sheet: row.sheet,
        row,
        cells: columns.map(({ field, at }) => {
          if (field === 'skip') return cellsByKey.get(row.key)?.[at.get(row.sheet) ?? -1] ?? '';
          return row.text[field] || (CARRIED.has(field) ? NONE : '');
        }),
      })),
      count: rows.length,
    };
  },
);

/**
 * @returns its name and text, or null where every row was taken
 * @throws Problem not_found, forbidden; stale when the import changed while it was read
 */
export async function printRejected(
  deps: ImportDeps,
  actor: Actor,
  id: string,
  words: RejectedWords,
): Promise<{ name: string; csv: string } | null> {
  const first = await untakenRows(deps, actor, id, 0);
  if (first.count === 0) return null;
  const { sheets } = first;
  const printed: string[][] = [];
  for (let part = first; ; part = await untakenRows(deps, actor, id, printed.length)) {
    if (part.signature !== first.signature) throw new Problem('stale');
    for (const { cells, sheet, row } of part.rows)
      printed.push([...cells, ...(sheets ? [sheets[sheet] ?? ''] : []), String(row.line), words.resultOf(row), words.reasonsOf(row)]);
    if (printed.length >= first.count) break;
  }
  const headings = [...first.headings, ...(sheets ? [words.sheet] : []), words.line, words.result, words.reasons];
  return { name: nameOf(first.fileName), csv: printTable(headings, printed) };
}

interface Column {
  field: ColumnField;
  heading: string;
  /** Its place in the sheets that have it. */
  at: Map<number, number>;
}

/** The columns of the first sheet in their order, then what others have besides; columns of one meaning are one. */
function columnsOf(places: readonly number[], sheets: readonly ImportSheet[], lines: readonly TableRow[]): Column[] {
  const columns = new Map<string, Column>();
  for (const sheet of places) {
    const { headings, columns: fields } = sheets[sheet]!.mapping;
    const named = linesOf(lines, sheet)[headings]?.cells ?? [];
    for (const [i, field] of fields.entries()) {
      const own = named[i]?.trim() ?? '';
      // A heading somebody had to explain is put so that it explains itself.
      const heading = field !== 'skip' && fieldOfHeading(own) !== field ? headingOf(field) : own;
      const key = field === 'skip' ? `skip ${heading || i}` : field;
      const known = columns.get(key);
      if (known) known.at.set(sheet, i);
      else columns.set(key, { field, heading, at: new Map([[sheet, i]]) });
    }
  }
  return [...columns.values()];
}

/** `scope.xlsx` → `scope-rest.csv`; quotes and letters no header carries are left out. */
const nameOf = (fileName: string): string =>
  `${
    fileName
      .replace(/\.[^.]*$/, '')
      .replace(/[^\w.-]+/g, '-')
      .replace(/^-+|-+$/g, '') || 'scope'
  }-rest.csv`;
