/** What a form of the workbench asks for, done; and where it leads back to, or what was wrong with it. */
import type { Actor } from '#app/core/actor.ts';
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

/** @throws Problem not_found, forbidden, bad_request */
export async function actOnImport(services: Services, actor: Actor, id: string, form: FormData): Promise<Acted> {
  const text = (name: string) => String(form.get(name) ?? '');
  const rows = form.getAll('row').map(String);
  try {
    switch (text('intent')) {
      case 'change':
        await changeImport(services, actor, id, {
          sheets: sheetsOf(form),
          k: Number(text('k').normalize('NFKC')),
          field: text('field'),
          accreditationId: text('accreditation') || null,
        });
        return { said: 'changed' };
      case 'answer':
        await answerQuestion(services, actor, id, text('question'), text('answer'));
        return { said: 'answered' };
      case 'take-back':
        await answerQuestion(services, actor, id, text('question'), null);
        return { said: 'back' };
      case 'answer-rows':
        await answerRows(services, actor, id, text('question'), rowAnswers(form));
        return { said: 'answered' };
      case 'fill':
        await fillColumn(services, actor, id, { column: text('column'), value: fillValue(form), where: whereOf(form) });
        return { said: 'filled' };
      case 'unfill':
        await unfillColumn(services, actor, id, Number(text('at')), { column: text('column'), value: text('value') });
        return { said: 'back' };
      case 'leave':
      case 'unleave':
        await leaveRows(services, actor, id, rows, text('intent') === 'leave');
        return { said: text('intent') === 'leave' ? 'left' : 'back' };
      case 'undo':
        await undoCorrection(services, actor, id, text('row'));
        return { said: 'back' };
      case 'correct':
        return await correct(services, actor, id, form);
      case 'confirm':
        return { stored: await confirmImport(services, actor, id, { remove: form.has('remove'), shown: text('shown') }) };
      default:
        throw new Problem('bad_request');
    }
  } catch (error) {
    return refusalOf(error, form);
  }
}

async function correct(services: Services, actor: Actor, id: string, form: FormData): Promise<Acted> {
  const key = String(form.get('row') ?? '');
  const cells: RowText = Object.fromEntries(
    COLUMN_FIELDS.flatMap((column) => (form.has(`cell-${column}`) ? [[column, String(form.get(`cell-${column}`))]] : [])),
  );
  try {
    const done = await correctRow(services, actor, id, { row: key, text: cells, shown: String(form.get('shown') ?? '') });
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

function refusalOf(error: unknown, form: FormData): Acted {
  if (!isProblem(error)) throw error;
  const intent = String(form.get('intent'));
  if (error.code === 'stale') return { trouble: 'stale', status: 409 };
  if (error.code !== 'invalid_form') throw error;
  const trouble = intent === 'confirm' && error.facts.field === 'rows' ? 'nothing' : TROUBLES[String(error.facts.field)];
  if (!trouble) throw error;
  if (intent !== 'fill') return { trouble, status: 400 };
  const [column = '', value = '', where = ''] = ['column', 'value', 'where'].map((name) => String(form.get(name) ?? ''));
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
function fillValue(form: FormData): string {
  const value = String(form.get('value') ?? '');
  if (form.get('column') !== 'field') return value;
  const plain = (name: string) => name.trim().toLowerCase();
  return FIELDS.find((field) => plain(fieldName(field)) === plain(value)) ?? value;
}

function whereOf(form: FormData): FillWhere {
  const [kind, ...rest] = String(form.get('where') ?? '').split('.');
  if (kind === 'sheet') return { sheet: Number(rest[0]) };
  if (kind === 'section') return { section: rest.join('.') };
  if (kind === 'all') return 'all';
  return { rows: form.getAll('row').map(String) };
}
