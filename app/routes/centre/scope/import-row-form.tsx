import { Form } from '@remix-run/react';
import * as m from '#app/i18n/paraglide/messages.js';
import type { ColumnField } from '#app/modules/capability/import/columns.ts';
import { Field, FormError, Submit } from '#app/ui/form.tsx';
import { A } from '#app/ui/link.tsx';
import type { TypedRow } from './import-act.server.ts';
import type { WorkRow } from './import-rows.server.ts';
import { columnName } from './scope-words.ts';

/** Cells that may hold several lines. */
const TALL: ReadonlySet<ColumnField> = new Set([
  'range',
  'range_min',
  'range_max',
  'uncertainty',
  'parameter',
  'conditions',
  'conditions_en',
]);

/** A row opened where it stands: its questions, its cells to correct, and whether it is taken at all. */
export function RowPanel({ row, title, path, typed }: { row: WorkRow; title: string; path: string; typed: TypedRow | undefined }) {
  const { key, at, asked, opened, corrected, state } = row;
  return (
    <div className="grid gap-5 rounded-card bg-sunk p-4 text-left">
      {state === 'review' && asked.map((one) => <RowQuestion key={one.key} row={row} asked={one} />)}
      <Form method="post" className="grid gap-4" aria-label={m.workbench_correct_row({ line: row.line })}>
        {typed && (
          <FormError title={typed.trouble === 'stale' ? m.workbench_correct_stale() : m.workbench_correct_failed()}>
            {typed.notes.map((text) => (
              <p key={text}>{text}</p>
            ))}
          </FormError>
        )}
        <input type="hidden" name="row" value={key} />
        <input type="hidden" name="shown" value={opened?.mark} />
        <p className="tiny">
          {title} · {m.workbench_correct_hint()}
        </p>
        <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
          {opened?.cells.map(({ column, text }) => (
            <Cell key={column} column={column} text={typed?.cells[column] ?? text} />
          ))}
        </div>
        <div className="flex flex-wrap gap-3">
          <Submit name="intent" value="correct" className="btn go">
            {m.workbench_correct_save()}
          </Submit>
          {corrected && (
            <Submit name="intent" value="undo" className="btn">
              {m.workbench_correct_undo()}
            </Submit>
          )}
          <Submit name="intent" value={state === 'left' ? 'unleave' : 'leave'} className="btn">
            {state === 'left' ? m.workbench_unleave_row() : m.workbench_leave_row()}
          </Submit>
          <A to={`${path}#r-${at}`} className="btn quiet">
            {m.workbench_correct_close()}
          </A>
        </div>
      </Form>
    </div>
  );
}

/** A cell of several lines keeps its lines. */
function Cell({ column, text }: { column: ColumnField; text: string }) {
  const name = `cell-${column}`;
  const tall = TALL.has(column) || text.includes('\n');
  return (
    <Field label={columnName(column)}>
      {(tied) =>
        tall ? (
          <textarea
            className="control min-h-11!"
            name={name}
            rows={text.split('\n').length}
            defaultValue={text}
            spellCheck={false}
            {...tied}
          />
        ) : (
          <input className="control" name={name} defaultValue={text} autoComplete="off" spellCheck={false} {...tied} />
        )
      }
    </Field>
  );
}

function RowQuestion({ row, asked }: { row: WorkRow; asked: WorkRow['asked'][number] }) {
  return (
    <Form method="post" className="grid gap-2 border-b border-line pb-4">
      <input type="hidden" name="question" value={asked.key} />
      <fieldset className="grid gap-1">
        <legend className="font-semibold">{asked.text}</legend>
        <div className="flex flex-wrap gap-x-4">
          {[...asked.choices, ...(asked.answer ? [{ value: '', name: m.workbench_answer_none() }] : [])].map(({ value, name }) => (
            <label key={value} className="choice">
              <input
                type="radio"
                name={`answer-${row.at}`}
                value={value}
                defaultChecked={asked.answer === value && value !== ''}
                required
              />
              {name}
            </label>
          ))}
        </div>
      </fieldset>
      <Submit name="intent" value="answer-rows" className="btn justify-self-start">
        {m.workbench_decide_row()}
      </Submit>
    </Form>
  );
}
