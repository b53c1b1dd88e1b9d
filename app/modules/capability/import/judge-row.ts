/**
 * A row of somebody's scope, judged: **ok**, **review** (understood, but a person confirms what and why) or **reject** (why). Never a
 * silent guess: whatever is not fully understood says so.
 */
import type { SecondParameter } from '../capability.ts';
import { type Field, fieldKey } from '../fields.ts';
import { RATIO_KIND, toBase, type Unit } from '../quantities.ts';
import type { UncertaintyReject } from '../scanner.ts';
import { type Uncertainty, worstAbsolute } from '../uncertainty.ts';
import { parseUncertainty, type UncertaintyContext, type UncertaintyReview } from '../uncertainty-text.ts';
import type { ColumnField } from './columns.ts';
import { type Answers, CONFIRMED, type Question, unanswered } from './decisions.ts';
import { type RangeReject, type RangeReview, readRange } from './range-text.ts';

export type RowText = Partial<Record<ColumnField, string>>;

export interface ImportSettings {
  /** Coverage factor of rows that state none. */
  k: number;
  /** Field of rows that state none. */
  field: Field;
  /** What a person has decided about this row. */
  answers?: Answers;
}

export type NoteCode =
  | `range_${RangeReject}`
  | `uncertainty_${UncertaintyReject}`
  | RangeReview
  | UncertaintyReview
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

const lines = (text: string | undefined): string[] =>
  (text ?? '')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean);

/** Judges one row by itself; what it shares with other rows is `judgeTogether`'s. */
export function judgeRow(text: RowText, settings: ImportSettings, parseUnit: ParseUnit): Judged {
  const notes: Note[] = [];
  const { answers = unanswered } = settings;
  const note = (weight: Note['weight'], code: NoteCode, column: ColumnField, found = '') => {
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
  const k = factorOf(text, settings.k, note);
  const rows = splitLines(text, note).flatMap((line) => {
    const read = readLine(line, parseUnit, note);
    if (!read) return [];
    return {
      field,
      instrumentZh,
      instrumentEn: text.instrument_en ?? '',
      measurandZh: text.measurand || text.measurand_en || '',
      measurandEn: text.measurand_en ?? '',
      method: text.method ?? '',
      ...read,
      k,
      confidence: null,
      comparisonFactor: 1,
      designation: text.designation ?? '',
      conditionsZh: text.conditions ?? '',
      conditionsEn: text.conditions_en ?? '',
    };
  });
  return concluded(notes, rows, answers);
}

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

type TakeNote = (weight: Note['weight'], code: NoteCode, column: ColumnField, found?: string) => void;

function checkTexts(text: RowText, note: TakeNote): void {
  for (const [column, value] of Object.entries(text) as [ColumnField, string][]) {
    if (BAD.test(value)) note('reject', 'bad_character', column, value.replace(new RegExp(BAD, 'g'), '\u25af'));
    if (value.length > (LONGEST[column] ?? LONGEST_CELL)) note('reject', 'text_too_long', column, value);
  }
}

function fieldOf(text: string | undefined, otherwise: Field, note: TakeNote): Field {
  if (!text) return otherwise;
  const key = fieldKey(text);
  if (key === 'general') note('review', 'field_unknown', 'field', text);
  return key === 'general' ? otherwise : key;
}

/** Few spaces at each place: with any number, a cell of spaces is looked at from every one of them to every other. */
const FACTOR = /[,，;；]?\s{0,4}[（(]?\s{0,4}k\s{0,4}=\s{0,4}(\d+(?:\.\d+)?)\s{0,4}[）)]?/i;

/** From its column, from the text of U (`U=1 µm (k=2)`), or what was said for the whole file. */
function factorOf(text: RowText, otherwise: number, note: TakeNote): number {
  const stated = text.k || FACTOR.exec((text.uncertainty ?? '').normalize('NFKC'))?.[1];
  if (!stated) return otherwise;
  const k = Number(stated.normalize('NFKC').replace(/^k\s*=\s*/i, ''));
  if (Number.isFinite(k) && k >= 1 && k <= 5) return k;
  note('reject', 'k_unreadable', 'k', stated);
  return otherwise;
}

/** A cell may hold several lines, one below the other: ranges with their uncertainties side by side, or one uncertainty for all. */
function splitLines(text: RowText, note: TakeNote): RowText[] {
  const ranges = rangeLines(text, note);
  const uncertainties = lines(text.uncertainty);
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

/** The ranges of a row, one a line: from their own column, or lower and upper ends side by side. */
function rangeLines(text: RowText, note: TakeNote): string[] | undefined {
  if (text.range) return lines(text.range);
  const [low, high] = [lines(text.range_min), lines(text.range_max)];
  if (low.length === 0 && high.length === 0) return [];
  if (low.length === high.length) return low.map((end, i) => `${end}~${high[i]}`);
  note('reject', 'lines_differ', 'range_max', `${low.length} / ${high.length}`);
  return undefined;
}

type ReadLine = Pick<ScopeRow, 'min' | 'max' | 'unit' | 'parameters' | 'uncertainty' | 'uncertaintyText'>;

function readLine(text: RowText, parseUnit: ParseUnit, note: TakeNote): ReadLine | undefined {
  const column = text.unit ? parseUnit(text.unit) : undefined;
  if (column && !column.ok) {
    note('reject', 'range_unit_unknown', 'unit', text.unit);
    return undefined;
  }
  const written = text.range ?? '';
  if (NO_RANGE.test(written)) return withoutRange(text, parseUnit, note);
  // A second parameter in a column of its own stands where it would stand behind the range.
  const range = readRange(text.parameter ? `${written}, ${text.parameter}` : written, {
    parseUnit,
    ...(column?.ok ? { unit: column.unit } : {}),
  });
  if (!range.ok) {
    note('reject', `range_${range.reason}`, 'range', range.found || written);
    return undefined;
  }
  for (const review of range.reviews) note('review', review, 'range', written);
  const read = readUncertainty(text, { unit: range.unit, range: { min: range.min, max: range.max }, parseUnit }, note);
  if (!read) return undefined;
  checkSize(read.uncertainty, range, note, read.uncertaintyText);
  const { min, max, unit, parameters } = range;
  return { min, max, unit, parameters, ...read };
}

/** A dash where the range would stand: a capability that has none, such as a limit of detection. */
const NO_RANGE = /^\s*(?:[—–-]+|\/|／|不适用|n\/a)\s*$/i;

function withoutRange(text: RowText, parseUnit: ParseUnit, note: TakeNote): ReadLine | undefined {
  const one = parseUnit('1');
  if (!one.ok) return undefined;
  note('review', 'range_not_stated', 'range', text.range);
  const read = readUncertainty(text, { unit: one.unit, parseUnit }, note);
  return read && { min: 0, max: 0, unit: one.unit, parameters: [], ...read };
}

function readUncertainty(
  text: RowText,
  context: UncertaintyContext,
  note: TakeNote,
): Pick<ReadLine, 'uncertainty' | 'uncertaintyText'> | undefined {
  const uncertaintyText = (text.uncertainty ?? '').normalize('NFC').replace(FACTOR, '').trim();
  const read = parseUncertainty(uncertaintyText.replace(/^\s*±\s*/, ''), context);
  if (!read.ok) {
    note('reject', `uncertainty_${read.reason}`, 'uncertainty', read.found || uncertaintyText);
    return undefined;
  }
  for (const review of read.reviews) note('review', review, 'uncertainty', uncertaintyText);
  return { uncertainty: read.uncertainty, uncertaintyText };
}

/** A U of nothing is none; one larger than what it is measured over is a slip of the unit more often than not. */
function checkSize(form: Uncertainty, { min, max, unit }: { min: number; max: number; unit: Unit }, note: TakeNote, text: string): void {
  const over = { min: toBase(min, unit), max: toBase(max, unit) };
  const { value } = worstAbsolute(form, over);
  if (value === 0) note('reject', 'uncertainty_zero', 'uncertainty', text);
  const size = Math.max(Math.abs(over.min - unit.offset), Math.abs(over.max - unit.offset));
  if (size > 0 && value > size && unit.kind !== RATIO_KIND) note('review', 'uncertainty_large', 'uncertainty', text);
}
