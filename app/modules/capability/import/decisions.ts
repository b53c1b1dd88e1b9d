/**
 * What a file leaves open, and what a person decided. A question is known by its key: the same doubt in many rows has the same key, and one
 * answer serves all of them; a row may be answered apart. Answers change how the text is read, so what is stored is what was chosen.
 */
import type { ColumnField } from './columns.ts';
import type { RowText } from './judge-row.ts';

/** A question that only asks whether what was understood is right. */
export const CONFIRMED = 'yes';

export interface Question {
  /** `code|detail`: `percent_of|N`, `unit_sign|F`. */
  key: string;
  /** Answers there are, as `code` or `code:detail` (`unit:[degF]`); a single `yes` asks for confirmation alone. */
  choices: readonly string[];
}

/** The answer to a question, or undefined while there is none. */
export type Answers = (key: string) => string | undefined;
export const unanswered: Answers = () => undefined;

export interface RowDecision {
  answers?: Record<string, string>;
  /** Cells corrected in place, as read from then on. */
  text?: RowText;
  /** The row is not to be stored. */
  leave?: boolean;
}

/** A text for the rows whose cell is empty: the method of a file or of a section. */
export interface Fill {
  column: ColumnField;
  value: string;
  /** Rows by their keys; absent: the whole file. */
  rows?: string[];
}

export interface Decisions {
  /** Question key → answer, for every row of the file. */
  answers: Record<string, string>;
  /** By row key. */
  rows: Record<string, RowDecision>;
  fills: Fill[];
}

export const NO_DECISIONS: Decisions = { answers: {}, rows: {}, fills: [] };

/** A row of a file: its sheet and line. */
export const rowKey = ({ sheet = 0, line }: { sheet?: number; line: number }): string => `${sheet}:${line}`;

/** A row's own answers go before those of the file. */
export function answersOf(decisions: Decisions, key: string): Answers {
  const own = decisions.rows[key]?.answers;
  return (question) => own?.[question] ?? decisions.answers[question];
}
