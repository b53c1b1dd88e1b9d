/** A stored import judged: once for what it says now, and of a row only what decisions changed since. */
import { parseUnit } from '../rules/units/units.server.ts';
import { type ImportSheet, missingColumns } from './columns.ts';
import { answersOf, type Decisions, NO_DECISIONS } from './decisions.ts';
import { type ImportSettings, type Judged, judgeRow, type RowText, type ScopeRow } from './judge-row.ts';
import { type JudgedRow, type JudgeOne, judgeTable, proposeSettings, type TableRow } from './judge-table.ts';
import { isPlain, type ReviewRow, reviewRow } from './review-rows.ts';

/** What of a stored import is judged. */
export interface ImportFacts {
  lines: readonly TableRow[];
  sheets: readonly ImportSheet[];
  decisions: Decisions;
  settings: ImportSettings;
}

export interface JudgedImport {
  rows: ReviewRow[];
  byKey: Map<string, ReviewRow>;
  /** Lines that state no capability. */
  passedOver: number;
}

/** Its sheets; of an import begun before files had several, as they are proposed. */
export const sheetsOf = ({ sheets, lines }: { sheets: unknown[]; lines: readonly TableRow[] }): ImportSheet[] =>
  sheets.length > 0 ? (sheets as ImportSheet[]) : proposeSettings(lines).sheets;

export const decisionsOf = (decisions: unknown): Decisions => ({ ...NO_DECISIONS, ...(decisions as Partial<Decisions>) });

/** A row judged, and the answers it was judged by: another answer to anything else leaves it as it is. */
interface Remembered {
  text: string;
  k: number;
  field: string;
  decimal: ImportSettings['decimal'];
  asked: Map<string, string | undefined>;
  judged: Judged;
}

/** What rows came to when they were last judged, by their keys; those tried under other answers, by key and answers. */
export type RowMemory = Map<string, Remembered>;

export function judgeImport(facts: ImportFacts, memory: RowMemory = new Map()): JudgedImport {
  // A sheet whose columns are not known yet states nothing.
  const sheets = facts.sheets.map((sheet) => ({ ...sheet, read: sheet.read && missingColumns(sheet.mapping.columns).length === 0 }));
  const { rows: judged, passedOver } = judgeTable(facts.lines, sheets, facts.settings, parseUnit, facts.decisions, remembering(memory));
  const rows = judged.map((row) => reviewRow(row, facts.decisions));
  return { rows, byKey: new Map(rows.map((row) => [row.key, row])), passedOver };
}

const remembering =
  (memory: RowMemory): JudgeOne =>
  (key, text, settings) => {
    const known = memory.get(key);
    const said = JSON.stringify(text);
    const { k, field, decimal, answers } = settings;
    if (
      known?.text === said &&
      known.k === k &&
      known.field === field &&
      known.decimal === decimal &&
      [...known.asked].every(([asked, was]) => answers?.(asked) === was)
    )
      return known.judged;
    const asked = new Map<string, string | undefined>();
    const noting = (question: string) => {
      const answer = answers?.(question);
      asked.set(question, answer);
      return answer;
    };
    const judged = judgeRow(text, { ...settings, answers: noting }, parseUnit);
    memory.set(key, { text: said, k, field, decimal, asked, judged });
    return judged;
  };

/** A row under another answer to one question, everything else as it was decided. */
export function judgeUnder(facts: ImportFacts, row: JudgedRow, answers: Readonly<Record<string, string>>, memory: RowMemory): Judged {
  const decided = answersOf(facts.decisions, row.key);
  const settings = { ...settingsOf(facts, row), answers: (question: string) => answers[question] ?? decided(question) };
  return remembering(memory)(`${row.key} ${JSON.stringify(answers)}`, row.text, settings);
}

/** A row with its cells as typed. */
export const judgeTyped = (facts: ImportFacts, row: Pick<JudgedRow, 'key' | 'sheet'>, text: RowText): Judged =>
  judgeRow(text, { ...settingsOf(facts, row), answers: answersOf({ ...facts.decisions, rows: {} }, row.key) }, parseUnit);

/** What its file says of every row, with how its sheet writes decimals. */
function settingsOf({ settings, sheets }: ImportFacts, { sheet }: Pick<JudgedRow, 'sheet'>): ImportSettings {
  const decimal = sheets[sheet]?.decimal;
  return decimal ? { ...settings, decimal } : settings;
}

/** Answers tried together: of more, a person decides. */
const MOST_READINGS = 24;

/** What the row says as it stands, and under each answer its open questions may have. */
export function readingsOf(facts: ImportFacts, row: ReviewRow, memory: RowMemory): ScopeRow[][] {
  const questions = row.notes.flatMap(({ question }) => (question && !isPlain(question.choices) ? [question] : []));
  const asItStands = row.rows.length > 0 ? [row.rows] : [];
  if (questions.length === 0) return asItStands;
  let combinations: Record<string, string>[] = [{}];
  for (const { key, choices } of questions)
    combinations = combinations.flatMap((answers) => choices.map((choice) => ({ ...answers, [key]: choice })));
  if (combinations.length > MOST_READINGS) return asItStands;
  const tried = combinations.map((answers) => judgeUnder(facts, row, answers, memory).rows).filter((rows) => rows.length > 0);
  return [...asItStands, ...tried];
}
