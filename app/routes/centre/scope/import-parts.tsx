import { Form } from '@remix-run/react';
import * as m from '#app/i18n/paraglide/messages.js';
import { COLUMN_FIELDS } from '#app/modules/capability/import/columns.ts';
import { FIELDS } from '#app/modules/capability/rules/fields.ts';
import { fieldName } from '#app/routes/catalogue/words.ts';
import { Select, Submit, TextField } from '#app/ui/form.tsx';
import { date, integer } from '#app/ui/format.ts';
import { A } from '#app/ui/link.tsx';
import { choiceView } from '../profile/check-words.ts';
import type { WorkView } from './capability-import-review.tsx';
import { columnName, STATES } from './scope-words.ts';

/** How much of the file was read, and what comes next. */
export function Summary({ view: { counts, questions, lines, fileName, encoding, outcome } }: { view: WorkView }) {
  const count = integer(lines);
  const waiting = questions.filter(({ open }) => open > 0).length;
  const takes = counts.added + counts.changed + counts.same > 0;
  return (
    <section className="card pad grid gap-3" aria-labelledby="summary-title">
      <h2 id="summary-title">{m.workbench_summary()}</h2>
      <p className="tiny">
        {fileName ? m.capability_import_of_file({ name: fileName, count, encoding }) : m.capability_import_of_paste({ count })}
      </p>
      <ul className="flex flex-wrap gap-2">
        {(['ok', 'review', 'reject', 'left'] as const).map((state) => (
          <li key={state}>
            <A to={`?show=${state}#rows`} className="btn small">
              <span className={`chip ${counts[state] > 0 ? STATES[state].tone : ''}`}>{STATES[state].name()}</span>
              {integer(counts[state])}
            </A>
          </li>
        ))}
      </ul>
      {counts.passedOver > 0 && <p className="tiny">{m.workbench_passed_over({ count: integer(counts.passedOver) })}</p>}
      {waiting === 0 && counts.reject > 0 && (
        <p>
          {m.workbench_next_rejects({ count: integer(counts.reject) })} {takes && m.workbench_next_others()}{' '}
          <A className="link" to="?show=reject#rows">
            {m.workbench_to_rejects()}
          </A>
        </p>
      )}
      {waiting > 0 ? (
        <p>
          {m.workbench_next_questions({ count: integer(waiting) })}{' '}
          <a className="link" href="#questions">
            {m.workbench_to_questions()}
          </a>
        </p>
      ) : (
        takes &&
        outcome.whole.untaken === 0 && (
          <p>
            {m.workbench_next_store()}{' '}
            <a className="link" href="#store">
              {m.workbench_to_store()}
            </a>
          </p>
        )
      )}
    </section>
  );
}

/** How the file is understood, to be put right; folded away where nothing is needed. */
export function SheetsForm({ view, needed }: { view: WorkView; needed: boolean }) {
  const { sheets, k, field } = view;
  return (
    <details className="card pad" open={needed || undefined}>
      <summary className="cursor-pointer">
        <h2 className="inline">{m.capability_import_columns()}</h2>{' '}
        <span className={`chip ${needed ? 'warn' : 'ok'}`}>{needed ? m.workbench_columns_needed() : m.workbench_columns_fine()}</span>
      </summary>
      <Form method="post" className="mt-4 grid gap-5">
        <p className="tiny">{m.capability_import_columns_hint()}</p>
        {sheets.map((sheet, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: sheets have a place and nothing else
          <SheetFields key={at} sheet={sheet} at={at} alone={sheets.length === 1} />
        ))}
        <fieldset className="grid gap-4 border-t border-line pt-4">
          <legend className="visually-hidden">{m.workbench_columns_file()}</legend>
          <div className="grid grid-cols-1 gap-4 sm:grid-cols-2 lg:grid-cols-3">
            <TextField name="k" inputMode="decimal" label={m.capability_import_k()} hint={m.capability_import_k_hint()} defaultValue={k} />
            <Select name="field" label={m.capability_import_field()} hint={m.capability_import_field_hint()} defaultValue={field}>
              {FIELDS.map((name) => (
                <option key={name} value={name}>
                  {fieldName(name)}
                </option>
              ))}
            </Select>
            <AccreditationField view={view} />
          </div>
        </fieldset>
        <Submit name="intent" value="change" className="btn justify-self-start" busy={m.capability_import_reading()}>
          {m.capability_import_update()}
        </Submit>
      </Form>
    </details>
  );
}

function SheetFields({ sheet, at, alone }: { sheet: WorkView['sheets'][number]; at: number; alone: boolean }) {
  const { name, read, lines, rows, mapping, headingsLine, missing } = sheet;
  const state = !read
    ? m.workbench_sheet_unread({ count: integer(lines) })
    : missing.length > 0
      ? m.workbench_sheet_missing({ columns: missing.map(columnName).join(' · ') })
      : m.workbench_sheet_rows({ count: integer(rows) });
  const fields = (
    <div className="grid grid-cols-1 gap-4 sm:grid-cols-2 lg:grid-cols-4">
      {mapping.map((column, i) => (
        <Select
          // biome-ignore lint/suspicious/noArrayIndexKey: columns have a place and nothing else
          key={i}
          name={`sheet-${at}-column-${i}`}
          defaultValue={column.field}
          label={column.heading || m.capability_import_column_n({ n: i + 1 })}
          hint={column.samples.map((text) => text.slice(0, 24)).join(' / ') || undefined}
        >
          {COLUMN_FIELDS.map((one) => (
            <option key={one} value={one}>
              {columnName(one)}
            </option>
          ))}
        </Select>
      ))}
      <TextField
        name={`sheet-${at}-headings`}
        inputMode="numeric"
        label={m.capability_import_headings_line()}
        hint={m.capability_import_headings_hint()}
        defaultValue={headingsLine ?? ''}
      />
    </div>
  );
  return (
    <fieldset className="grid gap-3">
      <legend className={alone ? 'visually-hidden' : 'font-semibold'}>
        {alone ? m.workbench_sheet_alone() : m.workbench_sheet({ name })}
      </legend>
      <input type="hidden" name={`sheet-${at}`} value="1" />
      {alone ? (
        <>
          <input type="hidden" name={`sheet-${at}-read`} value="1" />
          {fields}
        </>
      ) : (
        <>
          <div className="flex flex-wrap items-center gap-x-4">
            <label className="choice">
              <input type="checkbox" name={`sheet-${at}-read`} value="1" defaultChecked={read} />
              {m.workbench_sheet_read()}
            </label>
            <span className={`tiny ${read && missing.length > 0 ? 'text-warn!' : ''}`}>{state}</span>
          </div>
          <details open={(read && missing.length > 0) || undefined}>
            <summary className="inline-flex min-h-11 cursor-pointer items-center text-accent">{m.capability_import_columns()}</summary>
            {fields}
          </details>
        </>
      )}
    </fieldset>
  );
}

/** What is chosen raises the trust in every row: what it means, and how far it was checked, is said beside it. */
function AccreditationField({ view: { accreditations, accreditationId, timeZone } }: { view: WorkView }) {
  const chosen = accreditations.find(({ id }) => id === accreditationId);
  const said = chosen && choiceView(chosen, timeZone);
  return (
    <Select
      name="accreditation"
      label={m.capability_import_accreditation()}
      hint={
        chosen && said
          ? `${m.workbench_accreditation_means({ name: said.name, until: date(chosen.validUntil, { timeZone }) })} ${said.means}`
          : m.workbench_accreditation_kept()
      }
      defaultValue={accreditationId ?? ''}
    >
      <option value="">{m.capability_import_accreditation_none()}</option>
      {accreditations.map((one) => (
        <option key={one.id} value={one.id}>
          {choiceView(one, timeZone).named}
        </option>
      ))}
    </Select>
  );
}
