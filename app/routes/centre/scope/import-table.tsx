import { Form } from '@remix-run/react';
import * as m from '#app/i18n/paraglide/messages.js';
import { FILLED_COLUMNS } from '#app/modules/capability/import/change-decisions.ts';
import { Select, Submit, TextField } from '#app/ui/form.tsx';
import { integer } from '#app/ui/format.ts';
import { A } from '#app/ui/link.tsx';
import { Empty } from '#app/ui/page.tsx';
import { Turning } from './capabilities.tsx';
import type { WorkView } from './capability-import-review.tsx';
import type { TypedRow } from './import-act.server.ts';
import { Changes, MissingRows } from './import-outcome.tsx';
import { lineText } from './import-questions.tsx';
import { RowPanel } from './import-row-form.tsx';
import type { WorkRow } from './import-rows.server.ts';
import { columnName, STATES } from './scope-words.ts';

const FILTERS = {
  all: m.workbench_all,
  ok: m.workbench_ok,
  review: m.workbench_review,
  reject: m.workbench_reject,
  left: m.workbench_left,
  added: m.workbench_added,
  changed: m.workbench_changed,
  same: m.workbench_same,
  missing: m.workbench_missing,
};

/** Row after row, with its reasons; each can be corrected where it stands, and many can be chosen. */
export function Rows({ view, typed }: { view: WorkView; typed: TypedRow | undefined }) {
  const { counts, rows, filter, question, page, pages, path } = view;
  const shown = (Object.keys(FILTERS) as (keyof typeof FILTERS)[]).filter((name) => counts[name] > 0 || name === filter || name === 'all');
  return (
    <section id="rows" className="grid gap-4" aria-labelledby="rows-title">
      <h2 id="rows-title">{question ? m.workbench_rows_of_question() : m.workbench_rows()}</h2>
      {question ? (
        <p>
          {question.title}{' '}
          <A to="?show=all#rows" className="link">
            {m.workbench_rows_back()}
          </A>
        </p>
      ) : (
        <nav className="flex flex-wrap gap-2" aria-label={m.workbench_rows()}>
          {shown.map((name) => (
            <A
              key={name}
              to={`?show=${name}#rows`}
              className={`btn small ${filter === name ? 'border-accent! text-accent!' : ''}`}
              aria-current={filter === name ? 'page' : undefined}
            >
              {FILTERS[name]()} <span className="tiny">{integer(counts[name])}</span>
            </A>
          ))}
        </nav>
      )}
      {filter === 'missing' && !question ? (
        <MissingRows view={view} />
      ) : rows.length === 0 ? (
        <Empty title={m.workbench_no_rows()} />
      ) : (
        <div className="card pad">
          <table className="data stack">
            <thead>
              <tr>
                {!question && <th scope="col">{m.workbench_col_choose()}</th>}
                <th scope="col">{m.capability_import_line()}</th>
                <th scope="col">{m.capability_import_result()}</th>
                <th scope="col">{m.capability_import_written()}</th>
                <th scope="col">{m.capability_import_understood()}</th>
                <th scope="col">
                  <span className="visually-hidden">{m.workbench_correct()}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <RowLines key={row.key} row={row} view={view} typed={typed?.key === row.key ? typed : undefined} />
              ))}
            </tbody>
          </table>
          {question ? (
            <Form method="post" id="answers" className="mt-4">
              <input type="hidden" name="question" value={question.key} />
              <Submit name="intent" value="answer-rows" className="btn go">
                {m.workbench_answers_save()}
              </Submit>
            </Form>
          ) : (
            <Chosen />
          )}
          <Turning path={`${path}&`} page={page} pages={pages} />
        </div>
      )}
    </section>
  );
}

function RowLines({ row, view, typed }: { row: WorkRow; view: WorkView; typed: TypedRow | undefined }) {
  const { state } = row;
  const line = lineText(row);
  return (
    <>
      <tr id={`r-${row.at}`}>
        {!view.question && (
          <td>
            <label className="inline-flex min-h-6 min-w-6 items-center">
              <input type="checkbox" name="row" value={row.key} form="chosen" className="size-[18px] accent-(--accent)" />
              <span className="visually-hidden">{m.workbench_choose_row({ line: row.line })}</span>
            </label>
          </td>
        )}
        <td className="num whitespace-nowrap" data-label={m.capability_import_line()}>
          <span>
            {row.line}
            {row.sheet && <span className="tiny block font-sans">{row.sheet}</span>}
          </span>
        </td>
        <td data-label={m.capability_import_result()}>
          <span className="grid justify-items-end gap-1 min-[720px]:justify-items-start">
            <span className={`chip whitespace-nowrap ${STATES[state].tone}`}>{STATES[state].name()}</span>
            {row.outcome && state === 'ok' && <span className="tiny">{FILTERS[row.outcome]()}</span>}
            {row.corrected && <span className="tiny">{m.workbench_corrected()}</span>}
          </span>
        </td>
        <td data-label={m.capability_import_written()}>
          <span className="grid whitespace-pre-line break-words">
            <span>{row.names}</span>
            <span className="tiny">{row.stated}</span>
          </span>
        </td>
        <td data-label={m.capability_import_understood()}>
          <Understood row={row} question={view.question} />
        </td>
        <td>
          <A
            to={`${view.path}&page=${view.page}&open=${row.key}#r-${row.at}`}
            className="btn small"
            aria-label={m.workbench_correct_row({ line: row.line })}
          >
            {m.workbench_correct()}
          </A>
        </td>
      </tr>
      {row.opened && (
        <tr>
          <td colSpan={view.question ? 5 : 6}>
            <RowPanel row={row} title={line} path={`${view.path}&page=${view.page}`} typed={typed} />
          </td>
        </tr>
      )}
    </>
  );
}

function Understood({ row, question }: { row: WorkRow; question: WorkView['question'] }) {
  const asked = row.asked.find(({ key }) => key === question?.key);
  const { understood, reasons, decided, state, settled, changes } = row;
  return (
    <span className="grid gap-1 break-words">
      {understood.map((text) => (
        <span key={text}>{text}</span>
      ))}
      {settled ? (
        <span className="tiny">{m.workbench_settled()}</span>
      ) : (
        reasons.map(({ text, bad }) => (
          <span key={text} className={state === 'left' ? 'tiny' : bad ? 'error-text' : 'text-[.875rem] text-warn'}>
            {text}
          </span>
        ))
      )}
      {decided.map((text) => (
        <span key={text} className="tiny">
          {text}
        </span>
      ))}
      {changes.length > 0 && <Changes lines={changes} />}
      {asked && <RowAnswer row={row} asked={asked} forFile={question?.fileAnswer !== null} />}
    </span>
  );
}

/** One of the answers of the page: nothing is chosen where nothing was decided. */
function RowAnswer({ row, asked, forFile }: { row: WorkRow; asked: WorkRow['asked'][number]; forFile: boolean }) {
  const choices = [{ value: '', name: forFile ? m.workbench_answer_file() : m.workbench_answer_none() }, ...asked.choices];
  return (
    <fieldset className="flex flex-wrap gap-x-4">
      <legend className="visually-hidden">{asked.text}</legend>
      {choices.map(({ value, name }) => (
        <label key={value} className="choice">
          <input type="radio" form="answers" name={`answer-${row.at}`} value={value} defaultChecked={value === row.answer} />
          {name}
        </label>
      ))}
    </fieldset>
  );
}

/** What can be done with the rows that are ticked. */
function Chosen() {
  return (
    <Form method="post" id="chosen" className="mt-4 grid gap-3 border-t border-line pt-4" aria-labelledby="chosen-title">
      <h3 id="chosen-title">{m.workbench_chosen()}</h3>
      <input type="hidden" name="where" value="rows" />
      <div className="flex flex-wrap items-end gap-3">
        <Select name="column" label={m.workbench_fill_column()} className="min-w-44">
          {FILLED_COLUMNS.map((column) => (
            <option key={column} value={column}>
              {columnName(column)}
            </option>
          ))}
        </Select>
        <TextField name="value" label={m.workbench_fill_value()} className="min-w-56 flex-1" />
        <Submit name="intent" value="fill" className="btn">
          {m.workbench_fill()}
        </Submit>
        <Submit name="intent" value="leave" className="btn">
          {m.workbench_leave()}
        </Submit>
        <Submit name="intent" value="unleave" className="btn">
          {m.workbench_unleave()}
        </Submit>
      </div>
    </Form>
  );
}
