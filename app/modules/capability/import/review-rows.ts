/** The rows of an import as a person works on them: what state each is in, and what is asked of how many. */
import { CONFIRMED, type Decisions } from './decisions.ts';
import type { Note } from './judge-row.ts';
import type { JudgedRow } from './judge-table.ts';

/**
 * ok: goes into the scope; review: waits for an answer; reject: not understood; left: kept out on purpose. A row that is left out stays
 * out whatever it says.
 */
export type RowState = 'ok' | 'review' | 'reject' | 'left';

export interface ReviewRow extends JudgedRow {
  state: RowState;
  /** Its cells were corrected. */
  corrected: boolean;
  /** A question is open, but under one of its readings the row is what the scope says already: nothing has to be decided. */
  settled: boolean;
}

export const reviewRow = (row: JudgedRow, decisions: Decisions): ReviewRow => {
  const { leave, text } = decisions.rows[row.key] ?? {};
  return { ...row, state: leave ? 'left' : stateOf(row), corrected: text !== undefined, settled: false };
};

/** A reject that has a question waits for its answer; one that has none can only be corrected. */
function stateOf({ status, notes }: JudgedRow): RowState {
  if (status === 'ok') return 'ok';
  return notes.some(({ weight, question }) => weight === 'reject' && !question) ? 'reject' : 'review';
}

/** What was chosen, and for which rows. */
export interface DecidedRows {
  answer: string;
  rows: string[];
}

export interface AskedQuestion {
  key: string;
  /** As the first row raises it. */
  note: Note;
  choices: string[];
  /** It only asks whether what was understood is right. */
  plain: boolean;
  /** Rows that wait for the answer. */
  open: string[];
  decided: DecidedRows[];
}

/** Every question once, those that wait for most rows first; what has been answered for all its rows comes last. */
export function questionsOf(rows: readonly ReviewRow[]): AskedQuestion[] {
  const asked = new Map<string, AskedQuestion>();
  const questionOf = (note: Note): AskedQuestion | undefined => {
    if (!note.question) return undefined;
    const { key, choices } = note.question;
    const known = asked.get(key);
    if (known) {
      for (const choice of choices) if (!known.choices.includes(choice)) known.choices.push(choice);
      known.plain &&= isPlain(choices);
      return known;
    }
    const made = { key, note, choices: [...choices], plain: isPlain(choices), open: [], decided: [] };
    asked.set(key, made);
    return made;
  };
  for (const row of rows) {
    if (row.state === 'left') continue;
    // A row that cannot be understood anyway asks nothing yet.
    if (row.state === 'review')
      for (const note of row.notes) {
        const question = questionOf(note);
        if (question && question.open.at(-1) !== row.key) question.open.push(row.key);
      }
    for (const { note, answer } of row.decided) {
      const question = questionOf(note);
      const group = question?.decided.find((one) => one.answer === answer);
      if (group) group.rows.push(row.key);
      else question?.decided.push({ answer, rows: [row.key] });
    }
  }
  return [...asked.values()].sort((a, b) => b.open.length - a.open.length);
}

export const isPlain = (choices: readonly string[]): boolean => choices.length === 1 && choices[0] === CONFIRMED;

/** The question of this key in a row, open or decided. */
export const questionIn = (row: ReviewRow, key: string): Note | undefined =>
  row.notes.find((note) => note.question?.key === key) ?? row.decided.find(({ note }) => note.question?.key === key)?.note;
