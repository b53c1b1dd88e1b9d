/** What cells show beyond their text, as reasons a row is looked at: days made of ranges, broken formulas, what is hidden or crossed out. */
import type { ColumnField } from './columns.ts';
import { type Answers, CONFIRMED, type Question } from './decisions.ts';
import type { Note, RowText } from './judge-row.ts';
import type { CellMark } from './table.ts';

/** Columns with numbers: a day there is none. */
const NUMBERS = new Set<ColumnField>(['range', 'range_min', 'range_max', 'parameter', 'uncertainty', 'k', 'unit']);
const ERROR = /^(?:#(?:REF|N\/A|VALUE|DIV\/0|NAME|NUM|NULL|SPILL|CALC)[!?]?|#{3,})$/i;
/** Days as spreadsheets print them into a text: 25-Jan, Jan-25, 1月25日. */
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAY_TEXT =
  /^(?:(\d{1,2})-([A-Za-z]{3})|([A-Za-z]{3})-(\d{1,2})|(\d{1,2})月(\d{1,2})日|\d{4}[-/]\d{1,2}[-/]\d{1,2}|\d{4}年\d{1,2}月(?:\d{1,2}日)?|\d{1,2}\/\d{1,2}\/\d{4})$/;

/** The answer that takes `1-25` for what was typed where the sheet shows 25 January. */
const AS_TYPED = 'as_typed';

/** Reasons, and the texts as they are read when a person has said what was typed. */
export function marksOf(
  text: RowText,
  marks: readonly CellMark[],
  columns: readonly ColumnField[],
  corrected: RowText | undefined,
  answers: Answers,
): { text: RowText; notes: Note[] } {
  const notes: Note[] = [];
  const read = { ...text };
  for (const mark of marks) {
    const field = mark.column < 0 ? 'skip' : (columns[mark.column] ?? 'skip');
    if (mark.column >= 0 && (field === 'skip' || corrected?.[field] !== undefined)) continue;
    const note = noteOf(mark, field, text);
    if (note) add(notes, note);
  }
  for (const [field, cell] of Object.entries(text) as [ColumnField, string][]) {
    if (ERROR.test(cell)) add(notes, { code: 'cell_error', weight: 'reject', column: field, found: cell });
    else if (NUMBERS.has(field) && DAY_TEXT.test(cell)) add(notes, dayNote(field, cell, typedOf(cell)));
  }
  for (const { question, column, found } of notes)
    if (question && answers(question.key) === AS_TYPED && question.choices.includes(AS_TYPED))
      read[column] = marks.find((one) => columns[one.column] === column && one.code === 'day')?.typed ?? typedOf(found) ?? found;
  return { text: read, notes };
}

/** One reason a column and kind. */
function add(notes: Note[], note: Note): void {
  if (!notes.some(({ code, column }) => code === note.code && column === note.column)) notes.push(note);
}

function noteOf({ code, found, typed }: CellMark, field: ColumnField, text: RowText): Note | undefined {
  if (code === 'day') return NUMBERS.has(field) ? dayNote(field, found, typed) : undefined;
  // Filled from elsewhere, it is missed no more.
  if (code === 'uncalculated') return text[field] ? undefined : { code: 'cell_uncalculated', weight: 'reject', column: field, found };
  if ((code === 'rounded' || code === 'format') && !NUMBERS.has(field)) return undefined;
  const said = code === 'hidden' ? 'line_hidden' : (`cell_${code}` as const);
  return { code: said, weight: 'review', column: field, found, question: { key: `${said}|${field}`, choices: [CONFIRMED] } };
}

function dayNote(column: ColumnField, found: string, typed: string | undefined): Note {
  const question: Question | undefined = typed && column === 'range' ? { key: 'cell_day|range', choices: [AS_TYPED] } : undefined;
  return { code: 'cell_day', weight: 'reject', column, found, ...(question ? { question } : {}) };
}

/** `25-Jan` was 1-25: the two numbers in rising order, whichever of them was taken for the month. */
function typedOf(text: string): string | undefined {
  const [, day, month, name, year, m, d] = DAY_TEXT.exec(text) ?? [];
  const number = (word: string) => MONTHS.indexOf(word.toLowerCase()) + 1;
  const ends =
    day && month ? [number(month), Number(day)] : name && year ? [number(name), Number(year)] : m && d ? [Number(m), Number(d)] : [];
  return ends.length === 2 && ends[0] !== 0 ? ends.sort((a, b) => a - b).join('-') : undefined;
}

/** Whether a line needs looking at so closely: few do. */
export const hasMarks = (text: RowText, marks: readonly CellMark[] | undefined): boolean =>
  marks !== undefined || (Object.values(text) as string[]).some((cell) => cell.length < 16 && (cell[0] === '#' || DAY_TEXT.test(cell)));
