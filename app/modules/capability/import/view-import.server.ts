import type { Actor } from '#app/core/actor.ts';
import { apart } from '#app/core/apart.ts';
import { accreditationsOf } from '#app/modules/centres/accreditation/accreditations-of.server.ts';
import { centreOf } from '#app/modules/centres/centre-access.server.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import { FILLED_COLUMNS } from './change-decisions.ts';
import { type ColumnField, type ImportSheet, missingColumns } from './columns.ts';
import type { StoredRow, StoredValues } from './compare-scope.ts';
import { markOf } from './correct-row.server.ts';
import type { FileDifference, Outcome } from './file-difference.ts';
import { judgeUnder } from './judge-import.server.ts';
import type { Note, ScopeRow } from './judge-row.ts';
import { linesOf, type TableRow } from './judge-table.ts';
import type { KeptImport } from './kept-imports.server.ts';
import { besideScope, type ImportDeps, openWork } from './open-work.server.ts';
import { type AskedQuestion, questionIn, questionsOf, type ReviewRow } from './review-rows.ts';
import { sectionsOf } from './sections.ts';
import { isWhole, wholeness } from './wholeness.ts';

export const ROW_FILTERS = ['all', 'ok', 'review', 'reject', 'left', 'added', 'changed', 'same', 'missing'] as const;
export type RowFilter = (typeof ROW_FILTERS)[number];

export interface ImportLook {
  filter: RowFilter;
  page: number;
  /** Key of a question: only the rows that raise it. */
  question?: string | null;
  /** Key of the row that is open for correction. */
  open?: string | null;
}

const ROWS_SHOWN = 50;
const SAMPLES = 3;
const EXAMPLES = 3;
/** Sections offered to choose from. */
const MOST_SECTIONS = 200;

/** Everything the page of an import shows. @throws Problem not_found, forbidden */
export const viewImport = apart('import.view', viewNow);

async function viewNow({ db, clock, imports }: ImportDeps, actor: Actor, id: string, look: ImportLook) {
  requireRight(actor, 'scope.state');
  return db.read(async (q) => {
    const centre = await centreOf(q, actor);
    const work = await openWork(q, imports, centre.id, id);
    const now = clock();
    const { difference, signature } = await besideScope(q, work, centre.id, now);
    const { facts, judged, fileName, encoding, accreditationId } = work;
    const { rows, missing } = difference;
    const questions = questionsOf(rows);
    const whole = wholeness(rows, { ...facts, encoding });
    const { filter, question = null, open = null } = look;
    const chosen = chosenRows(difference, filter, question);
    const all = filter === 'missing' ? missing.length : chosen.length;
    const pages = Math.max(1, Math.ceil(all / ROWS_SHOWN));
    const page = Math.min(Math.max(1, look.page), pages);
    const part = <T>(list: readonly T[]) => list.slice((page - 1) * ROWS_SHOWN, page * ROWS_SHOWN);
    const changes = changesByRow(difference);
    const shown = (row: ReviewRow) => ({
      ...row,
      outcome: difference.outcomes.get(row.key) ?? null,
      changes: changes.get(row.key) ?? [],
      /** Its own answers, which go before those of the file. */
      own: facts.decisions.rows[row.key]?.answers ?? {},
      opened: row.key === open ? { mark: markOf(row), columns: columnsOf(facts.sheets[row.sheet], row) } : null,
    });
    const asked = questions.map((one) => questionView(one, judged.byKey, work));
    return {
      id,
      fileName,
      encoding,
      remarks: facts.sheets.map(({ name, read, decimal, remarks = [] }) => ({ name, read, decimal, remarks })),
      lines: facts.lines.length,
      sheets: facts.sheets.map((sheet, at) => sheetView(sheet, linesOf(facts.lines, at), rows, at)),
      k: facts.settings.k,
      field: facts.settings.field,
      accreditationId,
      accreditations: await accreditationsOf(q, centre.id, now),
      counts: { ...countsOf(difference), passedOver: judged.passedOver },
      questions: asked,
      fills: facts.decisions.fills.map(({ column, value, rows: keys }) => ({ column, value, rows: keys?.length ?? null })),
      fillable: {
        columns: FILLED_COLUMNS.map((column) => ({ column, lacking: rows.filter(({ text }) => !text[column]).length })),
        sections: sectionsOf(
          facts.lines,
          facts.sheets.map(({ mapping }) => mapping),
          judged.byKey,
        ).slice(0, MOST_SECTIONS),
      },
      /** What confirming would do. */
      outcome: { signature, waiting: difference.waiting.length, whole, mayRemove: missing.length > 0 && isWhole(whole) },
      examplesChanged: difference.changed
        .slice(0, EXAMPLES)
        .map(({ key, before, values }) => ({ line: judged.byKey.get(key)!.line, before, values })),
      filter,
      question: asked.find(({ key }) => key === question) ?? null,
      page,
      pages,
      rows: filter === 'missing' ? [] : part(chosen).map(shown),
      missing: filter === 'missing' ? part(missing) : [],
    };
  });
}

export type ImportView = Awaited<ReturnType<typeof viewImport>>;

export interface Change {
  before: StoredRow;
  values: StoredValues;
}

function changesByRow({ changed }: FileDifference): Map<string, Change[]> {
  const changes = new Map<string, Change[]>();
  for (const { key, before, values } of changed) if (!changes.get(key)?.push({ before, values })) changes.set(key, [{ before, values }]);
  return changes;
}

function chosenRows({ rows, outcomes }: FileDifference, filter: RowFilter, question: string | null): readonly ReviewRow[] {
  if (question !== null) return rows.filter((row) => row.state !== 'left' && questionIn(row, question));
  if (filter === 'all' || filter === 'missing') return rows;
  if (filter === 'added' || filter === 'changed' || filter === 'same') return rows.filter(({ key }) => outcomes.get(key) === filter);
  return rows.filter(({ state }) => state === filter);
}

function countsOf({ rows, outcomes, missing }: FileDifference): Record<RowFilter, number> {
  const counts = { all: rows.length, ok: 0, review: 0, reject: 0, left: 0, added: 0, changed: 0, same: 0, missing: missing.length };
  for (const { state } of rows) counts[state] += 1;
  for (const outcome of outcomes.values()) counts[outcome satisfies Outcome] += 1;
  return counts;
}

function sheetView({ name, read, mapping }: ImportSheet, lines: readonly TableRow[], rows: readonly ReviewRow[], at: number) {
  const headings = lines[mapping.headings]?.cells ?? [];
  const samples = lines.slice(mapping.headings + 1, mapping.headings + 1 + SAMPLES);
  return {
    name,
    read,
    lines: lines.length,
    rows: rows.filter(({ sheet }) => sheet === at).length,
    headingsLine: lines[mapping.headings]?.line ?? null,
    missing: missingColumns(mapping.columns),
    mapping: mapping.columns.map((field, i) => ({
      field,
      heading: headings[i] ?? '',
      samples: samples.map(({ cells }) => cells[i] ?? '').filter(Boolean),
    })),
  };
}

/** What a row may need corrected: the columns of its sheet, and those no row does without. */
function columnsOf(sheet: ImportSheet | undefined, { text }: ReviewRow): ColumnField[] {
  const mapped = (sheet?.mapping.columns ?? []).filter((column) => column !== 'skip');
  const ends = mapped.includes('range_min') ? [] : (['range'] as const);
  const needed: ColumnField[] = ['instrument', 'method', ...ends, 'uncertainty'];
  return [...new Set([...mapped, ...needed, ...(Object.keys(text) as ColumnField[])])];
}

export interface QuestionView extends Omit<AskedQuestion, 'open' | 'decided'> {
  open: number;
  /** What was said for every row. */
  fileAnswer: string | null;
  decided: { answer: string; rows: number }[];
  /** A few rows that wait, and what each choice would make of them. */
  examples: { row: ReviewRow; note: Note; under: { choice: string; rows: ScopeRow[] }[] }[];
}

/** Rows that were written differently tell more than the first few. */
function questionView(
  { open, decided, ...question }: AskedQuestion,
  byKey: ReadonlyMap<string, ReviewRow>,
  { facts, memory }: KeptImport,
): QuestionView {
  const examples: QuestionView['examples'] = [];
  const written = new Set<string>();
  for (const key of open) {
    if (examples.length === EXAMPLES) break;
    const row = byKey.get(key)!;
    const note = questionIn(row, question.key)!;
    const said = note.found || [row.text.instrument, row.text.range, row.text.uncertainty].join(' ');
    if (written.has(said)) continue;
    written.add(said);
    const under = question.plain
      ? []
      : question.choices.map((choice) => ({ choice, rows: judgeUnder(facts, row, { [question.key]: choice }, memory).rows }));
    examples.push({ row, note, under });
  }
  return {
    ...question,
    open: open.length,
    fileAnswer: facts.decisions.answers[question.key] ?? null,
    decided: decided.map(({ answer, rows }) => ({ answer, rows: rows.length })),
    examples,
  };
}
