import { Form } from '@remix-run/react';
import * as m from '#app/i18n/paraglide/messages.js';
import { CONFIRMED } from '#app/modules/capability/import/decisions.ts';
import { Submit, TextField } from '#app/ui/form.tsx';
import { integer } from '#app/ui/format.ts';
import { A } from '#app/ui/link.tsx';
import type { WorkView } from './capability-import-review.tsx';
import type { WorkQuestion } from './import-rows.server.ts';
import { columnName } from './scope-words.ts';

export const lineText = ({ line, sheet }: { line: number; sheet: string }) =>
  sheet ? m.workbench_example_sheet({ sheet, line }) : m.workbench_example({ line });

/** Every doubt once, with how many rows raise it; what was decided can be taken back. */
export function Questions({ view }: { view: WorkView }) {
  const open = view.questions.filter((question) => question.open > 0);
  const decided = view.questions.filter((question) => question.decided.length > 0);
  if (open.length + decided.length === 0) return null;
  return (
    <section id="questions" className="grid gap-4" aria-labelledby="questions-title">
      <div>
        <h2 id="questions-title">{m.workbench_questions()}</h2>
        <p className="tiny">{open.length > 0 ? m.workbench_questions_hint() : m.workbench_questions_none()}</p>
      </div>
      {open.length > 0 && (
        <ul className="card pad">
          {open.map((question, i) => (
            <QuestionCard key={question.key} question={question} at={i} fillable={view.fillable.columns} />
          ))}
        </ul>
      )}
      {decided.length > 0 && <Decided questions={decided} />}
    </section>
  );
}

function QuestionCard({ question, at, fillable }: { question: WorkQuestion; at: number; fillable: WorkView['fillable']['columns'] }) {
  const { key, title, open, plain, choices, examples, code, column } = question;
  const count = integer(open);
  const fills = code.endsWith('_missing') && fillable.some((one) => one.column === column);
  return (
    <li className="grid gap-x-6 gap-y-3 border-b border-line py-5 first:pt-0 last:border-0 last:pb-0 lg:grid-cols-[minmax(0,1fr)_auto]">
      <div className="grid content-start gap-2">
        <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
          <h3 id={`question-${at}`} className="first-letter:uppercase">
            {title}
          </h3>
          <span className="chip warn">{open === 1 ? m.workbench_rows_one() : m.workbench_rows_count({ count })}</span>
        </div>
        <ul className="grid gap-2 text-[.9375rem]">
          {examples.map((example) => (
            <Example key={example.key} example={example} plain={plain} />
          ))}
        </ul>
      </div>
      <Form
        method="post"
        className={`grid content-start gap-2 ${plain ? 'justify-items-start lg:justify-items-end' : 'lg:col-span-2'}`}
        aria-labelledby={`question-${at}`}
      >
        <input type="hidden" name="question" value={key} />
        <input type="hidden" name="intent" value="answer" />
        {!plain && <Choices choices={choices} examples={examples} />}
        <div className={`flex flex-wrap items-center gap-x-3 gap-y-1 ${plain ? 'lg:flex-col lg:items-end' : ''}`}>
          {plain ? (
            <Submit name="answer" value={CONFIRMED} className="btn">
              {confirmText(question)}
            </Submit>
          ) : (
            <Submit className="btn go">{open === 1 ? m.workbench_decide_row() : m.workbench_answer_all({ count })}</Submit>
          )}
          {open > 1 && (
            <A to={`?show=review&question=${encodeURIComponent(key)}#rows`} className="btn quiet">
              {m.workbench_row_by_row()}
            </A>
          )}
        </div>
      </Form>
      {fills && (
        <Form method="post" className="flex flex-wrap items-end gap-3 lg:col-span-2">
          <input type="hidden" name="column" value={column} />
          <input type="hidden" name="where" value="all" />
          <TextField
            name="value"
            label={m.workbench_fill_instead({ column: columnName(column) })}
            required
            className="min-w-0 flex-1 basis-60 sm:max-w-sm"
          />
          <Submit name="intent" value="fill" className="btn">
            {m.workbench_fill()}
          </Submit>
        </Form>
      )}
    </li>
  );
}

function confirmText({ open, code, column }: WorkQuestion): string {
  const count = integer(open);
  if (!code.endsWith('_missing')) return open === 1 ? m.workbench_confirm_one() : m.workbench_confirm_all({ count });
  const without = { column: columnName(column) };
  return open === 1 ? m.workbench_confirm_without_one(without) : m.workbench_confirm_without_all({ count, ...without });
}

function Example({ example, plain }: { example: WorkQuestion['examples'][number]; plain: boolean }) {
  const line = lineText(example);
  return (
    <li className="whitespace-pre-line">
      <A to={`?show=all&open=${example.key}#r-${example.at}`} className="link" aria-label={m.workbench_correct_row({ line: example.line })}>
        {line}
      </A>{' '}
      {example.written}
      {plain && example.read.length > 0 && <span className="tiny block">{m.workbench_read_as({ text: example.read.join('; ') })}</span>}
    </li>
  );
}

function Choices({ choices, examples }: Pick<WorkQuestion, 'choices' | 'examples'>) {
  return (
    <fieldset className="grid gap-3">
      <legend className="visually-hidden">{m.workbench_choose()}</legend>
      {choices.map(({ value, name }) => (
        <label key={value} className="flex items-start gap-3">
          <input type="radio" name="answer" value={value} required className="mt-1 size-[18px] flex-none accent-(--accent)" />
          <span>
            {name}
            {examples.map((example) => (
              <span key={example.key} className="tiny block">
                {lineText(example)}
                {m.centre_list_colon()}
                {readUnder(example, value) || m.workbench_becomes_nothing()}
              </span>
            ))}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

const readUnder = ({ under }: WorkQuestion['examples'][number], choice: string) =>
  under.find((one) => one.choice === choice)?.read.join('; ') ?? '';

function Decided({ questions }: { questions: WorkQuestion[] }) {
  return (
    <details className="card pad">
      <summary className="cursor-pointer">
        <h3 className="inline">{m.workbench_decided()}</h3> <span className="tiny">{integer(questions.length)}</span>
      </summary>
      <ul className="mt-3 grid gap-3">
        {questions.map(({ key, title, decided }) => (
          <li key={key} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
            <span>
              {title}
              {decided.map(({ choice, rows }) => (
                <span key={choice} className="tiny block">
                  {m.workbench_decided_as({ choice, count: integer(rows) })}
                </span>
              ))}
            </span>
            <Form method="post">
              <input type="hidden" name="question" value={key} />
              <Submit name="intent" value="take-back" className="btn small" aria-label={m.workbench_take_back_of({ what: title })}>
                {m.workbench_take_back()}
              </Submit>
            </Form>
          </li>
        ))}
      </ul>
    </details>
  );
}
