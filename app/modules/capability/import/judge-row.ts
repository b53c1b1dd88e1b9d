/**
 * A row of somebody's scope, judged: **ok**, **review** (understood, but a person confirms what and why) or **reject** (why). Never a
 * silent guess: whatever is not fully understood says so.
 */
import type { SecondParameter } from '../capability.ts';
import { type DoubtCode, Doubts } from '../doubts.ts';
import { type Field, fieldKey } from '../fields.ts';
import type { Unit } from '../quantities.ts';
import type { UncertaintyReject } from '../scanner.ts';
import type { Uncertainty } from '../uncertainty.ts';
import type { ColumnField } from './columns.ts';
import { type Answers, CONFIRMED, type Question, unanswered } from './decisions.ts';
import { type RangeReject, readRange } from './range-text.ts';
import { NO_RANGE, readLine } from './read-line.ts';

export type RowText = Partial<Record<ColumnField, string>>;

export interface ImportSettings {
  /** Coverage factor of rows that state none. */
  k: number;
  /** Field of rows that state none. */
  field: Field;
  /** How the file writes decimals, where it tells. */
  decimal?: 'comma' | 'point';
  /** What a person has decided about this row. */
  answers?: Answers;
}

export type NoteCode =
  | `range_${RangeReject}`
  | `uncertainty_${UncertaintyReject}`
  | DoubtCode
  | 'range_not_stated'
  | 'instrument_missing'
  | 'text_too_long'
  | 'bad_character'
  | 'uncertainty_missing'
  | 'uncertainty_zero'
  | 'uncertainty_large'
  | 'lines_differ'
  | 'k_unreadable'
  | 'method_missing'
  | 'field_unknown'
  | 'cell_day'
  | 'cell_error'
  | 'cell_uncalculated'
  | 'cell_rounded'
  | 'cell_format'
  | 'cell_struck'
  | 'line_hidden'
  | 'repeats_line'
  | 'overlaps_line';

/** Why a row is not simply ok. `found`: the text, or the number of the other line. */
export interface Note {
  code: NoteCode;
  weight: 'review' | 'reject';
  column: ColumnField;
  found: string;
  /** What a person may decide about it. A `reject` with a question has no reading before it is answered; a `review` has the one shown. */
  question?: Question;
}

/** What is stored of a row: texts as they stood, numbers as they were understood. */
export interface ScopeRow {
  field: Field;
  instrumentZh: string;
  instrumentEn: string;
  measurandZh: string;
  measurandEn: string;
  method: string;
  min: number;
  max: number;
  unit: Unit;
  parameters: SecondParameter[];
  uncertainty: Uncertainty;
  uncertaintyText: string;
  /** As stated; 1 for a standard uncertainty. */
  k: number;
  /** As stated, a fraction; null when none is. */
  confidence: number | null;
  /** Times U as stated is U₉₅ (k = 2). */
  comparisonFactor: number;
  /** Class, type, size or characteristic it holds for, as printed. */
  designation: string;
  conditionsZh: string;
  conditionsEn: string;
}

export type RowStatus = 'ok' | 'review' | 'reject';
export interface Judged {
  status: RowStatus;
  notes: Note[];
  /** Doubts a person has decided, with the answer. */
  decided: { note: Note; answer: string }[];
  /** One, or as many as lines stand in the row's cells; none of a rejected row. */
  rows: ScopeRow[];
}

type ParseUnit = (text: string) => { ok: true; unit: Unit } | { ok: false };

const LONGEST: Partial<Record<ColumnField, number>> = {
  instrument: 120,
  instrument_en: 160,
  measurand: 120,
  measurand_en: 160,
  method: 120,
};
const LONGEST_CELL = 500;
/** No text a scope has: control characters, and those that turn the direction of reading. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const BAD = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069\ufffd]/;

/** What browsers draw stays as it is in the row; what nobody sees gets a sign. */
const drawn = (bad: string) => (bad === '\ufffd' ? bad : '\u25af');

const lines = (text: string | undefined): string[] =>
  (text ?? '')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean);

/** Judges one row by itself; what it shares with other rows is `judgeTogether`'s. */
export function judgeRow(text: RowText, settings: ImportSettings, parseUnit: ParseUnit): Judged {
  const notes: Note[] = [];
  const { answers = unanswered } = settings;
  const note: TakeNote = (weight, code, column, found = '') => {
    if (notes.some((known) => known.code === code && known.column === column)) return;
    const question: Question | undefined = weight === 'review' ? { key: `${code}|${column}`, choices: [CONFIRMED] } : undefined;
    notes.push({ code, weight, column, found: found.slice(0, 60), ...(question ? { question } : {}) });
  };
  checkTexts(text, note);
  // What is longer than any cell is not read into.
  if (notes.some(({ code }) => code === 'text_too_long')) return concluded(notes, [], answers);
  const instrumentZh = text.instrument || text.instrument_en || '';
  if (!instrumentZh) note('reject', 'instrument_missing', 'instrument');
  if (!text.method) note('review', 'method_missing', 'method');
  const field = fieldOf(text.field, settings.field, note);
  const doubts = { range: new Doubts(answers), uncertainty: new Doubts(answers), k: new Doubts(answers) };
  const rows = splitLines(text, parseUnit, note).flatMap((line) =>
    readLine(line, settings, parseUnit, note, (column) => doubts[column]).map(({ conditions, designation, ...read }) => ({
      field,
      instrumentZh,
      instrumentEn: text.instrument_en ?? '',
      measurandZh: text.measurand || text.measurand_en || '',
      measurandEn: text.measurand_en ?? '',
      method: text.method ?? '',
      ...read,
      designation: joined(' ', text.designation, designation),
      conditionsZh: joined('; ', text.conditions, conditions),
      conditionsEn: text.conditions_en ?? '',
    })),
  );
  for (const column of ['range', 'uncertainty', 'k'] as const) {
    for (const { code, key, choices, weight, found } of doubts[column].all)
      if (!notes.some((known) => known.question?.key === key))
        notes.push({ code, weight, column, found: found.slice(0, 60), question: { key, choices } });
  }
  return concluded(notes, rows, answers);
}

const joined = (between: string, ...texts: (string | undefined)[]) => [...new Set(texts.filter(Boolean))].join(between);

/** What the notes come to. */
export function concluded(all: readonly Note[], rows: ScopeRow[], answers: Answers): Judged {
  const notes: Note[] = [];
  const decided: Judged['decided'] = [];
  for (const note of all) {
    const answer = note.question && answers(note.question.key);
    if (answer !== undefined && note.question!.choices.includes(answer)) decided.push({ note, answer });
    else notes.push(note);
  }
  const rejected = notes.some((one) => one.weight === 'reject');
  return { status: rejected ? 'reject' : notes.length > 0 ? 'review' : 'ok', notes, decided, rows: rejected ? [] : rows };
}

export type TakeNote = (weight: Note['weight'], code: NoteCode, column: ColumnField, found?: string) => void;

function checkTexts(text: RowText, note: TakeNote): void {
  for (const [column, value] of Object.entries(text) as [ColumnField, string][]) {
    if (BAD.test(value)) note('reject', 'bad_character', column, value.replace(new RegExp(BAD, 'g'), drawn));
    if (value.length > (LONGEST[column] ?? LONGEST_CELL)) note('reject', 'text_too_long', column, value);
  }
}

function fieldOf(text: string | undefined, otherwise: Field, note: TakeNote): Field {
  if (!text) return otherwise;
  const key = fieldKey(text);
  if (key === 'general') note('review', 'field_unknown', 'field', text);
  return key === 'general' ? otherwise : key;
}

/** A cell may hold several lines, one below the other: ranges with their uncertainties side by side, or one uncertainty for all. */
function splitLines(text: RowText, parseUnit: ParseUnit, note: TakeNote): RowText[] {
  const uncertainties = lines(text.uncertainty);
  const ranges = withConditions(rangeLines(text, note), uncertainties.length, parseUnit);
  const parameters = lines(text.parameter).filter((line) => !NO_RANGE.test(line));
  if (!ranges) return [];
  if (uncertainties.length === 0) {
    note('reject', 'uncertainty_missing', 'uncertainty');
    return [];
  }
  const count = Math.max(ranges.length, 1);
  const fits = (list: string[]) => list.length === count || list.length <= 1;
  if (!fits(uncertainties) || !fits(parameters)) {
    note(
      'reject',
      'lines_differ',
      fits(uncertainties) ? 'parameter' : 'uncertainty',
      `${count} / ${Math.max(uncertainties.length, parameters.length)}`,
    );
    return [];
  }
  const at = (list: string[], i: number) => list[list.length === 1 ? 0 : i] ?? '';
  return Array.from({ length: count }, (_, i) => ({
    ...text,
    range: at(ranges, i),
    uncertainty: at(uncertainties, i),
    parameter: at(parameters, i),
  }));
}

/** A line of another quantity is no range of its own: `20 mV to 2 V`, below it `40 Hz to 20 kHz`. Where each has its own U, it is. */
function withConditions(ranges: string[] | undefined, uncertainties: number, parseUnit: ParseUnit): string[] | undefined {
  if (!ranges || ranges.length < 2 || uncertainties === ranges.length) return ranges;
  const kindOf = (line: string) => {
    const read = readRange(line, { parseUnit });
    return read.ok ? read.unit.kind : null;
  };
  const [first, ...others] = ranges as [string, ...string[]];
  const kind = kindOf(first);
  const joined = [first];
  for (const line of others) {
    const own = kindOf(line);
    if (kind !== null && own !== null && own !== kind) joined.push(`${joined.pop()}, ${line}`);
    else joined.push(line);
  }
  return joined;
}

/** The ranges of a row, one a line: from their own column, or lower and upper ends side by side. */
function rangeLines(text: RowText, note: TakeNote): string[] | undefined {
  if (text.range) return lines(text.range);
  const [low, high] = [lines(text.range_min), lines(text.range_max)];
  if (low.length === 0 && high.length === 0) return [];
  if (low.length === high.length) return low.map((end, i) => `${end}~${high[i]}`);
  note('reject', 'lines_differ', 'range_max', `${low.length} / ${high.length}`);
  return undefined;
}
