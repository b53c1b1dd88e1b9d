/** Judged rows as the page of an import shows them: what was written beside what was understood. */
import * as m from '#app/i18n/paraglide/messages.js';
import type { ColumnField } from '#app/modules/capability/import/columns.ts';
import type { Note, ScopeRow } from '#app/modules/capability/import/judge-row.ts';
import type { JudgedRow } from '#app/modules/capability/import/judge-table.ts';
import { parametersOf, rangeOf } from '#app/modules/capability/import/print-scope.server.ts';
import type { ImportView, QuestionView } from '#app/modules/capability/import/view-import.server.ts';
import { type Capability, comparedAs, declaredRange } from '#app/modules/capability/rules/capability.ts';
import { type Uncertainty, worstAbsolute } from '#app/modules/capability/rules/uncertainty/uncertainty.ts';
import { printUncertainty } from '#app/modules/capability/rules/uncertainty/uncertainty-print.ts';
import { differenceFromBase } from '#app/modules/capability/rules/units/quantities.ts';
import { uncertaintyUnit } from '#app/modules/capability/search/load-scopes.server.ts';
import { pictureOf } from '#app/routes/catalogue/picture.ts';
import { comparedU, statedU } from '#app/routes/catalogue/uncertainty-words.ts';
import { amountText, parameterName, spanText } from '#app/routes/catalogue/words.ts';
import { changeLines, type HeldName } from './scope-changes.ts';
import { choiceText, noteText } from './scope-words.ts';

const NAMES: ColumnField[] = ['instrument', 'instrument_en', 'measurand', 'method'];
const STATED: ColumnField[] = ['range', 'range_min', 'range_max', 'unit', 'parameter', 'uncertainty'];

const said = (text: JudgedRow['text'], columns: ColumnField[]) => columns.flatMap((column) => text[column] || []).join(' · ');

export function judgedRow({ line, status, text, notes, rows }: JudgedRow) {
  return {
    line,
    status,
    names: said(text, NAMES),
    stated: said(text, STATED),
    understood: rows.map(readingText),
    notes: notes.map(noteText),
  };
}

/** A reading in one line: range, what it holds for, U. */
const readingText = (row: ScopeRow): string =>
  [
    row.designation,
    row.min === 0 && row.max === 0 && row.unit.code === '1' ? '—' : spanText({ min: row.min, max: row.max, unit: row.unit.code }),
    ...row.parameters.map(
      ({ name, range }) => `${parameterName(name)} ${spanText({ min: range.min, max: range.max, unit: range.unit.code })}`,
    ),
    ...[statedU, comparedU].map((words) => words({ ...row, ...comparedAs(row.uncertainty, row.comparisonFactor) })),
  ]
    .filter(Boolean)
    .join(' · ');

/** A reading as a choice is made by it: with the largest U it states, as a number. */
function weighedText(row: ScopeRow): string {
  const range = declaredRange(row.min, row.max, row.unit);
  const unit = uncertaintyUnit(row.uncertainty, row.unit);
  const worst = range ? worstAbsolute(row.uncertainty, range.base).value * row.comparisonFactor : Number.NaN;
  if (!Number.isFinite(worst)) return readingText(row);
  const value = Number(differenceFromBase(worst, unit).toPrecision(3));
  return `${readingText(row)} · ${m.workbench_at_most({ u: amountText({ value, unit: unit.code }) })}`;
}

/** A row of the workbench. `sheet`: its name, where there are several. */
export function workRow(row: ImportView['rows'][number], view: Pick<ImportView, 'sheets' | 'accreditations' | 'question'>) {
  const { key, sheet, state, corrected, settled, outcome, text, opened } = row;
  return {
    ...judgedRow(row),
    reasons: row.notes.map((note) => ({ text: noteText(note), bad: note.weight === 'reject' && !note.question })),
    key,
    at: key.replace(':', '-'),
    sheet: view.sheets.length > 1 ? (view.sheets[sheet]?.name ?? '') : '',
    state,
    corrected,
    settled,
    outcome,
    /** What is said of it, where nothing has to be decided any more. */
    decided: row.decided.map(({ note, answer }) => `${noteText(note)} → ${choiceText(note, answer)}`),
    asked: asking(row, row.own),
    /** Its own answer to the question the page is about, if it has one. */
    answer: (view.question && row.own[view.question.key]) ?? '',
    changes: row.changes.flatMap((change) => changeLines(change, view.accreditations)),
    opened: opened && { mark: opened.mark, cells: opened.columns.map((column) => ({ column, text: text[column] ?? '' })) },
  };
}

export type WorkRow = ReturnType<typeof workRow>;

/** Everything that can be decided about a row, with what was. */
const asking = (row: JudgedRow, own: Record<string, string>) =>
  [...row.notes, ...row.decided.map(({ note }) => note)].flatMap((note) =>
    note.question
      ? [
          {
            key: note.question.key,
            text: noteText(note),
            answer: own[note.question.key] ?? '',
            choices: note.question.choices.map((choice) => ({ value: choice, name: choiceText(note, choice) })),
          },
        ]
      : [],
  );

/** A question once, worded for all its rows. */
export function workQuestion(question: QuestionView, sheets: ImportView['sheets']) {
  const { key, plain, open, fileAnswer, examples } = question;
  const note: Note = examples.length > 1 ? { ...question.note, found: '…' } : question.note;
  return {
    key,
    plain,
    open,
    fileAnswer,
    column: note.column,
    code: note.code,
    title: noteText(note),
    decided: question.decided.map(({ answer, rows }) => ({ choice: choiceText(note, answer), rows })),
    choices: question.choices.map((choice) => ({ value: choice, name: choiceText(note, choice) })),
    examples: examples.map(({ row, under }) => ({
      key: row.key,
      at: row.key.replace(':', '-'),
      line: row.line,
      sheet: sheets.length > 1 ? (sheets[row.sheet]?.name ?? '') : '',
      written: [said(row.text, NAMES), said(row.text, STATED)]
        .filter(Boolean)
        .join(' · ')
        .replace(/\s*\n\s*/g, '; '),
      read: row.rows.map(weighedText),
      under: under.map(({ choice, rows }) => ({ choice, read: rows.map(weighedText) })),
    })),
  };
}

export type WorkQuestion = ReturnType<typeof workQuestion>;

/** What the rows shown before they are stored would change. */
export const changedExamples = (view: ImportView, held: readonly HeldName[]) =>
  view.examplesChanged.map(({ line, before, values }) => ({
    line,
    name: [values.instrumentZh, values.measurandZh, values.method].filter(Boolean).join(' · '),
    changes: changeLines({ before, values }, held),
  }));

/** A row of the scope the file does not have. */
export const missingRow = (row: ImportView['missing'][number]) => ({
  id: row.id,
  names: [row.instrumentZh, row.measurandZh, row.method].filter(Boolean).join(' · '),
  stated: [rangeOf(row), parametersOf(row), printUncertainty(row.uncertainty as Uncertainty)].filter(Boolean).join(' · '),
});

const SIZE = { width: 352, height: 200 };

/** Rows that are not stored yet, drawn as they would be. */
export function pictureOfRows(rows: readonly ScopeRow[]) {
  const drawn = rows.filter((row) => row.min < row.max).map(asCapability);
  return drawn.length > 0 ? pictureOf(drawn, rows[0]!.instrumentZh, null, SIZE) : undefined;
}

const asCapability = (row: ScopeRow): Capability => ({
  id: '',
  centreId: '',
  field: row.field,
  instrumentZh: row.instrumentZh,
  instrumentEn: row.instrumentEn,
  measurandZh: row.measurandZh,
  measurandEn: row.measurandEn || null,
  method: row.method,
  range: declaredRange(row.min, row.max, row.unit),
  parameters: row.parameters,
  ...comparedAs(row.uncertainty, row.comparisonFactor),
  uncertaintyUnit: uncertaintyUnit(row.uncertainty, row.unit),
  k: row.k,
  confidence: row.confidence,
  designation: row.designation,
  conditions: row.conditionsZh,
  remarks: '',
  accreditation: null,
});
