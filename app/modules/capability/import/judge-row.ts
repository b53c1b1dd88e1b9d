/**
 * A row of somebody's scope, judged: **ok**, **review** (understood, but a person confirms what and why) or **reject** (why). Never a
 * silent guess: whatever is not fully understood says so.
 */
import { type DoubtCode, Doubts } from '../rules/doubts.ts';
import { type Field, fieldKey } from '../rules/fields.ts';
import type { UncertaintyReject } from '../rules/scanner.ts';
import type { Unit } from '../rules/units/quantities.ts';
import { LONGEST_CELL } from './cell-text.ts';
import type { ColumnField } from './columns.ts';
import { type Answers, CONFIRMED, type Question, unanswered } from './decisions.ts';
import type { RangeReject } from './range-text.ts';
import { type ReadLine, readLine } from './read-line.ts';
import { splitLines } from './row-lines.ts';

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
export interface ScopeRow extends Omit<ReadLine, 'conditions'> {
  field: Field;
  instrumentZh: string;
  instrumentEn: string;
  measurandZh: string;
  measurandEn: string;
  method: string;
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
/** No text a scope has: control characters, halves of letters, and those that turn the direction of reading. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const BAD = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069\ufffd\p{Cs}]/u;

/** What browsers draw stays as it is in the row; what nobody sees gets a sign. */
const drawn = (bad: string) => (bad === '\ufffd' ? bad : '\u25af');

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
    if (BAD.test(value)) note('reject', 'bad_character', column, value.replace(new RegExp(BAD, 'gu'), drawn));
    if (value.length > (LONGEST[column] ?? LONGEST_CELL)) note('reject', 'text_too_long', column, value);
  }
}

function fieldOf(text: string | undefined, otherwise: Field, note: TakeNote): Field {
  if (!text) return otherwise;
  const key = fieldKey(text);
  if (key === 'general') note('review', 'field_unknown', 'field', text);
  return key === 'general' ? otherwise : key;
}
