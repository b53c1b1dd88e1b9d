/** What a person decides, written into the decisions of an import; each returns decisions of its own and leaves the given ones as they are. */
import type { ColumnField } from './columns.ts';
import { CONFIRMED, type Decisions, type Fill, type RowDecision } from './decisions.ts';
import type { RowText } from './judge-row.ts';

/** Columns whose empty cells may be filled for many rows at once. Ranges and uncertainties are each row's own; k is said for the file. */
export const FILLED_COLUMNS = [
  'method',
  'field',
  'instrument',
  'instrument_en',
  'measurand',
  'measurand_en',
  'designation',
  'conditions',
  'conditions_en',
] as const satisfies readonly ColumnField[];
export type FilledColumn = (typeof FILLED_COLUMNS)[number];

/** One answer for every row of the file; null takes it back. */
export function withAnswer(decisions: Decisions, question: string, answer: string | null): Decisions {
  const { [question]: _, ...others } = decisions.answers;
  return { ...decisions, answers: answer === null ? others : { ...others, [question]: answer } };
}

/** Answers of single rows by their keys; null takes one back. */
export function withRowAnswers(decisions: Decisions, question: string, answers: ReadonlyMap<string, string | null>): Decisions {
  return changeRows(decisions, [...answers.keys()], (row, key) => {
    const { [question]: _, ...others } = row.answers ?? {};
    const answer = answers.get(key) ?? null;
    return { ...row, answers: answer === null ? others : { ...others, [question]: answer } };
  });
}

/** No row answers the question apart any more. */
export const withoutRowAnswers = (decisions: Decisions, question: string): Decisions =>
  withRowAnswers(
    decisions,
    question,
    new Map(Object.entries(decisions.rows).flatMap(([key, row]) => (row.answers?.[question] === undefined ? [] : [[key, null]]))),
  );

/** Cells of a row as they are to be read; what was answered about the row was answered about another text. */
export const withText = (decisions: Decisions, key: string, text: RowText): Decisions =>
  changeRows(decisions, [key], ({ leave }) => ({ ...(leave ? { leave } : {}), text }));

/** The row as the file has it. */
export const withoutText = (decisions: Decisions, key: string): Decisions =>
  changeRows(decisions, [key], ({ leave }) => (leave ? { leave } : {}));

export const withLeave = (decisions: Decisions, keys: readonly string[], leave: boolean): Decisions =>
  changeRows(decisions, keys, ({ leave: _, ...row }) => (leave ? { ...row, leave } : row));

/** What is said last of a row holds; what is said for the whole file holds for rows nothing is said of. */
export function withFill(decisions: Decisions, fill: Fill): Decisions {
  const covered = new Set(fill.rows);
  const before = decisions.fills.flatMap((one) => {
    if (one.column !== fill.column || (!one.rows && fill.rows)) return [one];
    if (!one.rows) return [];
    const rows = one.rows.filter((key) => !covered.has(key));
    return rows.length > 0 ? [{ ...one, rows }] : [];
  });
  return { ...decisions, fills: fill.rows ? [fill, ...before] : [...before, fill] };
}

export const withoutFill = (decisions: Decisions, at: number): Decisions => ({
  ...decisions,
  fills: decisions.fills.filter((_, i) => i !== at),
});

/** The columns of these sheets mean something else now: what was confirmed of their rows was confirmed of other texts. */
export function withoutConfirmations(decisions: Decisions, sheets: readonly number[]): Decisions {
  const theirs = Object.keys(decisions.rows).filter((key) => sheets.includes(Number(key.split(':')[0])));
  return changeRows(decisions, theirs, (row) => ({
    ...row,
    answers: Object.fromEntries(Object.entries(row.answers ?? {}).filter(([, answer]) => answer !== CONFIRMED)),
  }));
}

/** Rows about which nothing is decided any more are not kept. */
function changeRows(decisions: Decisions, keys: readonly string[], change: (row: RowDecision, key: string) => RowDecision): Decisions {
  const rows = { ...decisions.rows };
  for (const key of keys) {
    const { answers = {}, text = {}, leave } = change(rows[key] ?? {}, key);
    const row: RowDecision = {
      ...(Object.keys(answers).length > 0 ? { answers } : {}),
      ...(Object.keys(text).length > 0 ? { text } : {}),
      ...(leave ? { leave } : {}),
    };
    if (Object.keys(row).length > 0) rows[key] = row;
    else delete rows[key];
  }
  return { ...decisions, rows };
}
