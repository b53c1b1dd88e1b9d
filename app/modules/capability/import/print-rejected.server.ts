/** The rows of an import that were not taken, as a file to correct and bring again: their own columns, then line and reasons. */
import type { Actor } from '#app/core/actor.ts';
import type { ColumnField, ImportSheet } from './columns.ts';
import { rowKey } from './decisions.ts';
import { fieldOfHeading, headingOf } from './heading-words.ts';
import { linesOf, type TableRow } from './judge-table.ts';
import { besideScope, type ImportDeps, openWork } from './open-work.server.ts';
import { printTable } from './print-scope.server.ts';
import type { ReviewRow } from './review-rows.ts';
import { centreOf, requireManager } from './scope-access.server.ts';

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

/** @returns its name and text, or null where every row was taken. @throws Problem not_found, forbidden */
export async function printRejected(
  { db, clock, imports }: ImportDeps,
  actor: Actor,
  id: string,
  words: RejectedWords,
): Promise<{ name: string; csv: string } | null> {
  requireManager(actor);
  const { work, rows } = await db.read(async (q) => {
    const centre = await centreOf(q, actor);
    const opened = await openWork(q, imports, centre.id, id);
    const { difference } = await besideScope(q, opened, centre.id, clock());
    return { work: opened, rows: difference.rows.filter(({ state }) => state !== 'ok') };
  });
  if (rows.length === 0) return null;
  const { lines, sheets } = work.facts;
  const places = [...new Set(rows.map(({ sheet }) => sheet))];
  const columns = columnsOf(places, sheets, lines);
  const cellsByKey = new Map<string, string[]>(lines.map((line) => [rowKey(line), line.cells]));
  const several = places.length > 1;
  const printed = rows.map((row) => [
    ...columns.map(({ field, at }) => {
      if (field === 'skip') return cellsByKey.get(row.key)?.[at.get(row.sheet) ?? -1] ?? '';
      return row.text[field] || (CARRIED.has(field) ? NONE : '');
    }),
    ...(several ? [sheets[row.sheet]?.name ?? ''] : []),
    String(row.line),
    words.resultOf(row),
    words.reasonsOf(row),
  ]);
  const headings = [...columns.map(({ heading }) => heading), ...(several ? [words.sheet] : []), words.line, words.result, words.reasons];
  return { name: nameOf(work.fileName), csv: printTable(headings, printed) };
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
