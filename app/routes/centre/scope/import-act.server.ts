/** What a form of the workbench asks for, done; and where it leads back to, or what was wrong with it. */
import { z } from 'zod';
import type { Actor } from '#app/core/actor.ts';
import { readForm, several, shownNumber, type Typed, ticked } from '#app/core/form.ts';
import { isProblem, Problem } from '#app/core/problem.ts';
import type { Services } from '#app/http/services.server.ts';
import { answerQuestion } from '#app/modules/capability/import/answer-question.server.ts';
import { answerRows } from '#app/modules/capability/import/answer-rows.server.ts';
import { changeImport } from '#app/modules/capability/import/change-import.server.ts';
import { COLUMN_FIELDS } from '#app/modules/capability/import/columns.ts';
import { confirmImport } from '#app/modules/capability/import/confirm-import.server.ts';
import { correctRow, undoCorrection } from '#app/modules/capability/import/correct-row.server.ts';
import { type FillWhere, fillColumn, unfillColumn } from '#app/modules/capability/import/fill-column.server.ts';
import type { RowText } from '#app/modules/capability/import/judge-row.ts';
import { leaveRows } from '#app/modules/capability/import/leave-rows.server.ts';
import { FIELDS } from '#app/modules/capability/rules/fields.ts';
import { fieldName } from '#app/routes/catalogue/words.ts';
import { judgedRow } from './import-rows.server.ts';

export type Said = 'answered' | 'filled' | 'corrected' | 'left' | 'back' | 'changed';
export type Trouble = 'stale' | 'nothing' | 'setting' | 'removal' | 'answer' | 'rows' | 'fill';

/** What was typed into a row, why it is not taken, and what it would be read as. */
export interface TypedRow {
  key: string;
  cells: RowText;
  trouble: 'failed' | 'stale';
  notes: string[];
}

export type Acted =
  | { stored: { added: number; changed: number; removed: number; same: number } }
  | { said: Said; close?: boolean }
  | { trouble: Trouble; status: number; fill?: { column: string; value: string; where: string; reason: string } }
  | { typed: TypedRow; status: number };

/** As it was sent: cells and answers are compared with what is stored, space for space. */
const sent = z.string().default('');
const where = { where: sent, row: several };

/** Fields named after sheets and rows of the import are read by the functions below. */
const importForm = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('change'), k: sent, field: sent, accreditation: sent }),
  z.object({ intent: z.literal('answer'), question: sent, answer: sent }),
  z.object({ intent: z.literal('take-back'), question: sent }),
  z.object({ intent: z.literal('answer-rows'), question: sent }),
  z.object({ intent: z.literal('fill'), column: sent, value: sent, ...where }),
  z.object({ intent: z.literal('unfill'), column: sent, value: sent, at: shownNumber }),
  z.object({ intent: z.literal('leave'), row: several }),
  z.object({ intent: z.literal('unleave'), row: several }),
  z.object({ intent: z.literal('undo'), row: sent }),
  z.object({ intent: z.literal('correct'), row: sent, shown: sent }),
  z.object({ intent: z.literal('confirm'), remove: ticked, shown: sent }),
]);
type ImportForm = z.output<typeof importForm>;

/** @throws Problem not_found, forbidden, bad_request */
export async function actOnImport(services: Services, actor: Actor, id: string, form: FormData): Promise<Acted> {
  const read = readForm(form, importForm);
  if ('faults' in read) throw new Problem('bad_request');
  const { input } = read;
  try {
    switch (input.intent) {
      case 'change':
        await changeImport(services, actor, id, {
          sheets: sheetsOf(form),
          k: Number(input.k.normalize('NFKC')),
          field: input.field,
          accreditationId: input.accreditation || null,
        });
        return { said: 'changed' };
      case 'answer':
        await answerQuestion(services, actor, id, input.question, input.answer);
        return { said: 'answered' };
      case 'take-back':
        await answerQuestion(services, actor, id, input.question, null);
        return { said: 'back' };
      case 'answer-rows':
        await answerRows(services, actor, id, input.question, rowAnswers(form));
        return { said: 'answered' };
      case 'fill':
        await fillColumn(services, actor, id, { column: input.column, value: fillValue(input), where: whereOf(input) });
        return { said: 'filled' };
      case 'unfill':
        await unfillColumn(services, actor, id, input.at, { column: input.column, value: input.value });
        return { said: 'back' };
      case 'leave':
      case 'unleave':
        await leaveRows(services, actor, id, input.row, input.intent === 'leave');
        return { said: input.intent === 'leave' ? 'left' : 'back' };
      case 'undo':
        await undoCorrection(services, actor, id, input.row);
        return { said: 'back' };
      case 'correct':
        return await correct(services, actor, id, input, read.typed);
      case 'confirm':
        return { stored: await confirmImport(services, actor, id, { remove: input.remove, shown: input.shown }) };
    }
  } catch (error) {
    return refusalOf(error, input);
  }
}

async function correct(
  services: Services,
  actor: Actor,
  id: string,
  { row: key, shown }: { row: string; shown: string },
  typed: Typed,
): Promise<Acted> {
  const cells: RowText = Object.fromEntries(
    COLUMN_FIELDS.flatMap((column) => (typed[`cell-${column}`] ? [[column, typed[`cell-${column}`]?.[0] ?? '']] : [])),
  );
  try {
    const done = await correctRow(services, actor, id, { row: key, text: cells, shown });
    if ('stored' in done) return { said: 'corrected', close: true };
    const { notes } = judgedRow({ key, sheet: 0, line: 0, text: done.text, ...done.judged });
    return { typed: { key, cells, trouble: 'failed', notes }, status: 400 };
  } catch (error) {
    if (isProblem(error) && error.code === 'stale') return { typed: { key, cells, trouble: 'stale', notes: [] }, status: 409 };
    throw error;
  }
}

const TROUBLES: Record<string, Trouble> = {
  question: 'answer',
  answer: 'answer',
  rows: 'rows',
  remove: 'removal',
  column: 'fill',
  value: 'fill',
  k: 'setting',
  field: 'setting',
};

function refusalOf(error: unknown, input: ImportForm): Acted {
  if (!isProblem(error)) throw error;
  if (error.code === 'stale') return { trouble: 'stale', status: 409 };
  if (error.code !== 'invalid_form') throw error;
  const trouble = input.intent === 'confirm' && error.facts.field === 'rows' ? 'nothing' : TROUBLES[String(error.facts.field)];
  if (!trouble) throw error;
  if (input.intent !== 'fill') return { trouble, status: 400 };
  const { column, value, where } = input;
  return { trouble, status: 400, fill: { column, value, where, reason: String(error.facts.reason ?? '') } };
}

/** `sheet-0` stands for each sheet of the form: a box that is not ticked says nothing by itself. */
const sheetsOf = (form: FormData) =>
  [...form.keys()]
    .filter((name) => /^sheet-\d{1,3}$/.test(name))
    .map((name) => {
      const line = Number(String(form.get(`${name}-headings`) ?? '').normalize('NFKC'));
      const columns = [...form.keys()].filter((key) => key.startsWith(`${name}-column-`));
      return {
        read: form.has(`${name}-read`),
        columns: columns.map((key) => String(form.get(key))),
        headingsLine: Number.isSafeInteger(line) && line > 0 ? line : null,
      };
    });

/** `answer-0-12`: the row 0:12; empty takes its own answer back. */
const rowAnswers = (form: FormData) =>
  new Map(
    [...form].flatMap(([name, value]) => {
      const [, sheet, line] = /^answer-(\d{1,3})-(\d{1,8})$/.exec(name) ?? [];
      return sheet === undefined ? [] : [[`${sheet}:${line}`, String(value) || null] as const];
    }),
  );

/** Fields may be written as the page calls them. */
function fillValue({ column, value }: { column: string; value: string }): string {
  if (column !== 'field') return value;
  const plain = (name: string) => name.trim().toLowerCase();
  return FIELDS.find((field) => plain(fieldName(field)) === plain(value)) ?? value;
}

function whereOf({ where, row }: { where: string; row: string[] }): FillWhere {
  const [kind, ...rest] = where.split('.');
  if (kind === 'sheet') return { sheet: Number(rest[0]) };
  if (kind === 'section') return { section: rest.join('.') };
  if (kind === 'all') return 'all';
  return { rows: row };
}
