/** A whole table judged: cells into rows, what merged cells leave blank taken from above, rows compared with one another. */
import { declaredRange, nameKey } from '../capability.ts';
import { disagree } from '../coverage.ts';
import { atMost, type Unit } from '../quantities.ts';
import { termsOf } from '../row-groups.ts';
import { type ColumnField, factorOfHeading, type ImportSheet, type Mapping, proposeMapping } from './columns.ts';
import { answersOf, CONFIRMED, type Decisions, NO_DECISIONS, rowKey } from './decisions.ts';
import { concluded, type ImportSettings, type Judged, judgeRow, type Note, type RowText, type ScopeRow } from './judge-row.ts';

/** A row of the file: the line it begins in, counted from 1, and its cells. */
export interface TableRow {
  line: number;
  cells: string[];
  /** Place of its sheet in the file; absent: the first. */
  sheet?: number;
}

export interface JudgedRow extends Judged {
  /** Known by in decisions. */
  key: string;
  sheet: number;
  line: number;
  text: RowText;
}

export interface JudgedTable {
  rows: JudgedRow[];
  /** Lines that state no capability: titles, headings of sections, repeated headings, empty ones. */
  passedOver: number;
}

/** What blank cells below a filled one mean, in this order: a new instrument begins with no measurand. */
const CARRIED: ColumnField[] = ['field', 'instrument', 'instrument_en', 'measurand', 'measurand_en', 'method'];

/** A dash says that there is none, where a blank cell means what stands above. */
const NOTHING = /^(?:[—–-]|\/|／)$/;

type ParseUnit = (text: string) => { ok: true; unit: Unit } | { ok: false };

/** One row by its key, complete with what stands above it and what was filled in. */
export type JudgeOne = (key: string, text: RowText, settings: ImportSettings) => Judged;

/** Every sheet that is read, one after the other; what blank cells mean ends with the sheet. */
export function judgeTable(
  table: readonly TableRow[],
  sheets: readonly ImportSheet[],
  settings: ImportSettings,
  parseUnit: ParseUnit,
  decisions: Decisions = NO_DECISIONS,
  judge: JudgeOne = (_, text, own) => judgeRow(text, own, parseUnit),
): JudgedTable {
  const judged = sheets.map(({ read, mapping }, sheet) =>
    read ? judgeSheet(linesOf(table, sheet), mapping, settings, decisions, judge) : { rows: [], passedOver: 0 },
  );
  return {
    rows: judgeTogether(
      judged.flatMap(({ rows }) => rows),
      decisions,
    ),
    passedOver: judged.reduce((sum, { passedOver }) => sum + passedOver, 0),
  };
}

/** The lines of one sheet. */
export const linesOf = (table: readonly TableRow[], sheet: number): readonly TableRow[] =>
  table.every((row) => (row.sheet ?? 0) === sheet) ? table : table.filter((row) => (row.sheet ?? 0) === sheet);

function judgeSheet(
  table: readonly TableRow[],
  mapping: Mapping,
  settings: ImportSettings,
  decisions: Decisions,
  judge: JudgeOne,
): JudgedTable {
  const fills = decisions.fills.map((fill) => ({ ...fill, rows: fill.rows && new Set(fill.rows) }));
  const rows: JudgedRow[] = [];
  let carried: RowText = {};
  let passedOver = 0;
  for (const [i, { line, cells, sheet = 0 }] of table.entries()) {
    if (i <= mapping.headings) continue;
    const key = rowKey({ sheet, line });
    const own = textOf(cells, mapping.columns);
    const corrected = decisions.rows[key]?.text;
    const text = { ...own, ...corrected };
    const filled = carry(text, carried);
    // A correction holds for the rows below where the cell does: what was blank here is theirs no more than before.
    const below = corrected ? carry({ ...own, ...only(corrected, own) }, carried) : filled;
    if (statesNothing(text) || repeatsHeadings(cells, table[mapping.headings]?.cells)) {
      passedOver += 1;
      // A line with the instrument alone names it for those below.
      if (text.instrument || text.instrument_en || text.field) carried = below;
      continue;
    }
    carried = below;
    const complete = withFills(filled, fills, key);
    rows.push({ key, sheet, line, text: complete, ...judge(key, complete, { ...settings, answers: answersOf(decisions, key) }) });
  }
  return { rows, passedOver };
}

const only = (text: RowText, has: RowText): RowText =>
  Object.fromEntries(Object.entries(text).filter(([column]) => has[column as ColumnField] !== undefined));

/** Empty cells for which something was said for the file or for this row; what was said last goes first. */
function withFills(text: RowText, fills: { column: ColumnField; value: string; rows: Set<string> | undefined }[], key: string): RowText {
  if (fills.length === 0) return text;
  const filled = { ...text };
  for (const { column, value, rows } of fills) if (!filled[column] && (!rows || rows.has(key))) filled[column] = value;
  return filled;
}

/** What a file says before anybody has corrected it. `names`: of its sheets. */
export function proposeSettings(table: readonly TableRow[], names: readonly string[] = ['']): { sheets: ImportSheet[]; k: number } {
  let k: number | null = null;
  const sheets = names.map((name, sheet) => {
    const lines = linesOf(table, sheet);
    const mapping = proposeMapping(lines.map((row) => row.cells));
    const headings = lines[mapping.headings]?.cells ?? [];
    k ??= factorOfHeading(headings[mapping.columns.indexOf('uncertainty')] ?? '');
    return { name, read: true, mapping };
  });
  return { sheets, k: k ?? 2 };
}

/** An export marks a text that begins like a formula with an apostrophe: the text is what stands behind it. */
const MARK = /^'(?='*[=+\-@])/;

function textOf(cells: readonly string[], columns: readonly ColumnField[]): RowText {
  const text: RowText = {};
  for (const [i, field] of columns.entries()) {
    const cell = cells[i]?.trim().replace(MARK, '');
    if (field !== 'skip' && cell) text[field] = cell;
  }
  return text;
}

const statesNothing = (text: RowText) => !text.range && !text.range_min && !text.range_max && !text.uncertainty;

const repeatsHeadings = (cells: readonly string[], headings: readonly string[] | undefined) =>
  headings !== undefined && cells.length > 1 && cells.every((cell, i) => cell.trim() === (headings[i] ?? '').trim());

function carry(text: RowText, above: RowText): RowText {
  const filled = { ...text };
  let same = true;
  for (const field of CARRIED) {
    const own = text[field] !== undefined && NOTHING.test(text[field]) ? '' : text[field];
    const before = above[field];
    if (own === '') filled[field] = '';
    if (own === undefined && same && before !== undefined) filled[field] = before;
    if (own !== undefined && own !== before && (field === 'instrument' || field === 'instrument_en' || field === 'measurand')) same = false;
  }
  return filled;
}

/** Rows that say the same thing twice, or two things of one stretch, are looked at by a person. What is left out says nothing. */
function judgeTogether(rows: JudgedRow[], decisions: Decisions): JudgedRow[] {
  const groups = new Map<string, { at: number; row: ScopeRow }[]>();
  for (const [at, judged] of rows.entries())
    for (const row of decisions.rows[judged.key]?.leave ? [] : judged.rows) {
      const key = groupOf(row);
      const group = groups.get(key) ?? [];
      groups.set(key, group);
      group.push({ at, row });
    }
  const notes = new Map<number, Note>();
  for (const group of groups.values()) compareGroup(group, rows, notes);
  return rows.map((judged, at) => {
    const note = notes.get(at);
    if (!note) return judged;
    const together = concluded(
      [...judged.decided.map((one) => one.note), ...judged.notes, note],
      judged.rows,
      answersOf(decisions, judged.key),
    );
    return { ...judged, ...together };
  });
}

const groupOf = (row: ScopeRow) =>
  [
    nameKey(row.instrumentZh),
    nameKey(row.measurandZh),
    nameKey(row.method),
    row.unit.kind,
    termsOf({ conditions: row.conditionsZh, parameters: row.parameters }),
  ].join('\u0000');

function compareGroup(group: { at: number; row: ScopeRow }[], rows: JudgedRow[], notes: Map<number, Note>): void {
  if (group.length < 2) return;
  const ranged = group
    .map(({ at, row }) => ({ at, row, base: declaredRange(row.min, row.max, row.unit)!.base }))
    .sort((a, b) => a.base.min - b.base.min || a.base.max - b.base.max || a.at - b.at);
  for (const [i, one] of ranged.entries()) {
    for (const next of ranged.slice(i + 1, i + 1 + MOST_NEIGHBOURS)) {
      const same = one.base.min === next.base.min && one.base.max === next.base.max;
      const on = { min: next.base.min, max: Math.min(one.base.max, next.base.max) };
      if (!same && atMost(on.max, on.min)) break;
      if (one.at === next.at || !(same || disagree(one.row, next.row, on))) continue;
      const [first, second] = one.at < next.at ? [one, next] : [next, one];
      const note: Note = {
        code: same ? 'repeats_line' : 'overlaps_line',
        weight: 'review',
        column: 'range',
        found: String(rows[first.at]!.line),
        question: { key: `${same ? 'repeats_line' : 'overlaps_line'}|range`, choices: [CONFIRMED] },
      };
      if (same || !notes.has(second.at)) notes.set(second.at, note);
    }
  }
}

/** Rows of one group compared with so many that begin next: of hundreds that overlap, naming one is enough. */
const MOST_NEIGHBOURS = 8;
