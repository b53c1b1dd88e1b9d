/** A whole table judged: cells into rows, what merged cells leave blank taken from above. */
import type { Unit } from '../rules/units/quantities.ts';
import { beginsAsRange, LONGEST_CELL, nameOf, textOf, withFrequency } from './cell-text.ts';
import {
  type ColumnField,
  factorOfHeading,
  headingPaths,
  type ImportSheet,
  type Mapping,
  missingColumns,
  proposeMapping,
} from './columns.ts';
import { type Answers, answersOf, type Decisions, NO_DECISIONS, rowKey } from './decisions.ts';
import { concluded, type ImportSettings, type Judged, judgeRow, type Note, type RowText } from './judge-row.ts';
import { decimalHabit } from './number-habit.ts';
import { hasMarks, marksOf } from './row-marks.ts';
import { judgeTogether } from './rows-together.ts';
import { headingRows, headingsAt, readHeadings, type SheetHeadings, titleAbove } from './sheet-headings.ts';
import { isAside, onlyText, partTitle } from './sheet-lines.ts';
import type { FileSheet, SheetRemark, TableRow } from './table.ts';

export type { TableRow } from './table.ts';

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

/** A type without what it is of. */
const TYPE_ALONE = /^(?:(?:type|typ|class|klasse)\s?[A-Z0-9]{1,3}|[A-Z]\s?型)$/i;
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
  const k = factorOfFile(table, sheets);
  const judged = sheets.map((sheet, i) =>
    sheet.read ? judgeSheet(linesOf(table, i), sheet, { settings, parseUnit, decisions, judge, fileK: k }) : { rows: [], passedOver: 0 },
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

/** What all sheets of a file are judged by; `fileK`: the coverage factor its headings state. */
interface Judging {
  settings: ImportSettings;
  parseUnit: ParseUnit;
  decisions: Decisions;
  judge: JudgeOne;
  fileK: number | null;
}

function judgeSheet(
  table: readonly TableRow[],
  { mapping, decimal }: ImportSheet,
  { settings, parseUnit, decisions, judge, fileK }: Judging,
): JudgedTable {
  const fills = decisions.fills.map((fill) => ({ ...fill, rows: fill.rows && new Set(fill.rows) }));
  const rows: JudgedRow[] = [];
  const first = headingRows(table, mapping);
  let headings = readHeadings(first, mapping.columns, parseUnit);
  let carried: RowText = titleAbove(table, mapping);
  let family = '';
  let passedOver = 0;
  const written = { ...settings, ...(decimal ? { decimal } : {}) };
  for (const [i, line] of table.entries()) {
    if (i <= mapping.headings) continue;
    const later = headingsAt(table, i, headings, first, parseUnit);
    const alone = later ? undefined : onlyText(line.cells);
    const part = alone && (isAside(alone.text) ? 'aside' : partTitle(alone.text, followingOf(table, i, headings, first, parseUnit)));
    const key = rowKey(line);
    if (later || (part && !decisions.rows[key]?.text)) {
      passedOver += 1;
      if (later) headings = later;
      else if (part !== 'aside') [carried, family] = [{ ...part }, ''];
      continue;
    }
    const corrected = decisions.rows[key]?.text;
    const own = withFrequency(textOf(line, headings, decimal), parseUnit);
    // `Type J` alone names no instrument: it is one of those the line above names.
    if (own.instrument && (line.indented || TYPE_ALONE.test(own.instrument)) && family) own.instrument = `${family} – ${own.instrument}`;
    else if (own.instrument) family = familyOf(line, headings);
    const text = { ...own, ...corrected };
    const filled = carry(text, carried);
    // A correction holds for the rows below where the cell does: what was blank here is theirs no more than before.
    const below = corrected ? carry({ ...own, ...only(corrected, own) }, carried) : filled;
    if (statesNothing(text) && !line.marks?.some(({ code }) => code === 'uncalculated')) {
      passedOver += 1;
      // A line with the instrument alone names it for those below; what printing left does not.
      const name = text.instrument ?? text.instrument_en ?? text.field;
      if (name !== undefined && !isAside(name)) carried = below;
      continue;
    }
    carried = below;
    const complete = withFills(filled, fills, key);
    if (headings.k !== null && headings.k !== fileK && !complete.k) complete.k = String(headings.k);
    const answers = answersOf(decisions, key);
    const marked = hasMarks(complete, line.marks) ? marksOf(complete, line.marks ?? [], headings.columns, corrected, answers) : undefined;
    const judged = judge(key, marked?.text ?? complete, { ...written, answers });
    rows.push({
      key,
      sheet: line.sheet ?? 0,
      line: line.line,
      text: complete,
      ...(marked?.notes.length ? withMarks(judged, marked.notes, answers) : judged),
    });
  }
  return { rows, passedOver };
}

/** What lines set in below it belong to: the first line of its instrument. */
const familyOf = ({ cells }: TableRow, { columns }: SheetHeadings) =>
  nameOf(cells[columns.indexOf('instrument')]?.trim().split('\n')[0] ?? '');

/** What comes after a line that stands alone, over others that do. */
function followingOf(
  table: readonly TableRow[],
  at: number,
  now: SheetHeadings,
  first: readonly (readonly string[])[],
  parseUnit: ParseUnit,
) {
  const next = table[at + 1];
  if (!next) return { headings: false, instrument: false, indented: false };
  const names = now.columns.flatMap((field, i) => (field === 'instrument' || field === 'instrument_en' ? [i] : []));
  return {
    headings: headingsAt(table, at + 1, now, first, parseUnit) !== undefined,
    instrument: names.some((i) => next.cells[i]?.trim() && !beginsAsRange(next.cells[i])),
    indented: next.indented === true,
  };
}

/** What is said of a cell goes before what its text then fails at. */
function withMarks(judged: Judged, notes: readonly Note[], answers: Answers): Judged {
  const open = notes.filter(({ weight, question }) => weight === 'reject' && !(question && answers(question.key)));
  const others = judged.notes.filter(({ column }) => !open.some((note) => note.column === column));
  return concluded([...judged.decided.map(({ note }) => note), ...notes, ...others], judged.rows, answers);
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

/** What a file says before anybody has corrected it. `files`: its sheets; those whose columns are all known are read, else the one known best. */
export function proposeSettings(
  table: readonly TableRow[],
  files: readonly FileSheet[] = [{ name: '' }],
): { sheets: ImportSheet[]; k: number } {
  const proposed = files.map(({ name, hidden = false, hiddenColumns, remarks = [] }, sheet) => {
    const lines = linesOf(table, sheet);
    const mapping = proposeMapping(
      lines.map((row) => row.cells),
      hiddenColumns,
    );
    const complete = missingColumns(mapping.columns).length === 0;
    const known = mapping.columns.filter((field) => field !== 'skip').length;
    return {
      name,
      hidden,
      mapping,
      lines,
      complete: complete && !hidden,
      worth: known * 100_000 + lines.length - (hidden ? 1e7 : 0),
      remarks,
    };
  });
  const best = proposed.reduce((most, { worth }, i) => (worth > proposed[most]!.worth ? i : most), 0);
  const some = proposed.some(({ complete }) => complete);
  const chosen = proposed.map(({ complete }, i) => (some ? complete : i === best));
  const decimal = decimalHabit(proposed.flatMap(({ lines, mapping }, i) => (chosen[i] ? [...measuredTexts(lines, mapping)] : [])));
  const sheets = proposed.map(({ name, mapping, remarks, hidden, complete }, i): ImportSheet => {
    const unknown = !chosen[i] && !hidden && !complete && mapping.headings >= 0;
    const said: SheetRemark[] = unknown ? [...remarks, { code: 'columns_missing', found: '' }] : [...remarks];
    return { name, read: chosen[i]!, mapping, ...(decimal ? { decimal } : {}), ...(said.length > 0 ? { remarks: said } : {}) };
  });
  return { sheets, k: factorOfFile(table, sheets) ?? 2 };
}

/** The coverage factor the headings state, of the first sheet that does. */
function factorOfFile(table: readonly TableRow[], sheets: readonly ImportSheet[]): number | null {
  for (const [sheet, { read, mapping }] of sheets.entries()) {
    const at = mapping.columns.indexOf('uncertainty');
    if (!read || at < 0 || mapping.headings < 0) continue;
    const k = factorOfHeading((headingPaths(headingRows(linesOf(table, sheet), mapping), mapping.columns.length)[at] ?? []).join(' '));
    if (k !== null) return k;
  }
  return null;
}

const MEASURED: readonly ColumnField[] = ['range', 'range_min', 'range_max', 'parameter', 'uncertainty'];

/** Texts with numbers in them, but for those a workbook held as numbers. */
function* measuredTexts(lines: readonly TableRow[], { headings, columns }: Mapping): Generator<string> {
  const looked = columns.flatMap((field, i) => (MEASURED.includes(field) ? [i] : []));
  for (const [i, { cells, numbers }] of lines.entries())
    if (i > headings)
      for (const column of looked)
        if (cells[column] && cells[column].length <= LONGEST_CELL && !numbers?.includes(column)) yield cells[column];
}

const statesNothing = (text: RowText) => !text.range && !text.range_min && !text.range_max && !text.uncertainty;

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
