import { Form } from '@remix-run/react';
import * as m from '#app/i18n/paraglide/messages.js';
import { FIELDS } from '#app/modules/capability/fields.ts';
import { COLUMN_FIELDS } from '#app/modules/capability/import/columns.ts';
import type { ImportView } from '#app/modules/capability/import/view-import.server.ts';
import { Select, Submit, TextField } from '#app/ui/form.tsx';
import { integer } from '#app/ui/format.ts';
import { A } from '#app/ui/link.tsx';
import { Empty } from '#app/ui/page.tsx';
import { fieldName } from '../catalogue/words.ts';
import { Turning } from './capabilities.tsx';
import type { JudgedRowView } from './import-rows.server.ts';
import { columnName, RESULTS } from './scope-words.ts';

type View = Omit<ImportView, 'rows'> & { rows: JudgedRowView[] };

/** How the file is understood, to be put right. */
export function ColumnsForm({ view }: { view: View }) {
  const { mapping, headingsLine, k, field, accreditationId, accreditations } = view;
  return (
    <Form method="post" className="card pad grid gap-4" aria-labelledby="columns-title">
      <div>
        <h2 id="columns-title">{m.capability_import_columns()}</h2>
        <p className="tiny">{m.capability_import_columns_hint()}</p>
      </div>
      <div className="grid grid-cols-1 gap-4 sm:grid-cols-2 lg:grid-cols-4">
        {mapping.map((column, i) => (
          <Select
            // biome-ignore lint/suspicious/noArrayIndexKey: columns have a place and nothing else
            key={i}
            name={`column-${i}`}
            defaultValue={column.field}
            label={column.heading || m.capability_import_column_n({ n: i + 1 })}
            hint={column.samples.map((text) => text.slice(0, 24)).join(' / ') || undefined}
          >
            {COLUMN_FIELDS.map((name) => (
              <option key={name} value={name}>
                {columnName(name)}
              </option>
            ))}
          </Select>
        ))}
      </div>
      <div className="grid grid-cols-1 gap-4 border-t border-line pt-4 sm:grid-cols-2 lg:grid-cols-4">
        <TextField
          name="headingsLine"
          inputMode="numeric"
          label={m.capability_import_headings_line()}
          hint={m.capability_import_headings_hint()}
          defaultValue={headingsLine ?? ''}
        />
        <TextField name="k" inputMode="decimal" label={m.capability_import_k()} hint={m.capability_import_k_hint()} defaultValue={k} />
        <Select name="field" label={m.capability_import_field()} hint={m.capability_import_field_hint()} defaultValue={field}>
          {FIELDS.map((name) => (
            <option key={name} value={name}>
              {fieldName(name)}
            </option>
          ))}
        </Select>
        <Select
          name="accreditation"
          label={m.capability_import_accreditation()}
          hint={m.capability_import_accreditation_hint()}
          defaultValue={accreditationId ?? ''}
        >
          <option value="">{m.capability_import_accreditation_none()}</option>
          {accreditations.map(({ id, kind, number }) => (
            <option key={id} value={id}>
              {kind} {number}
            </option>
          ))}
        </Select>
      </div>
      <Submit name="intent" value="change" className="btn justify-self-start" busy={m.capability_import_reading()}>
        {m.capability_import_update()}
      </Submit>
    </Form>
  );
}

/** What storing would do, said before it is done. */
export function ConfirmForm({ view: { counts, outcome } }: { view: View }) {
  const numbers = ({ added, changed, same, removed }: (typeof outcome)['without']) =>
    m.capability_import_outcome({ added: integer(added), changed: integer(changed), same: integer(same), removed: integer(removed) });
  const { without, withReviews } = outcome;
  const onlyReviews = counts.ok === 0;
  return (
    <Form method="post" className="card pad grid gap-4" aria-labelledby="confirm-title">
      <h2 id="confirm-title">{m.capability_import_confirm()}</h2>
      <input type="hidden" name="shownOk" value={without.signature} />
      <input type="hidden" name="shownReview" value={withReviews.signature} />
      <fieldset className="grid gap-3">
        <legend className="visually-hidden">{m.capability_import_confirm()}</legend>
        {counts.ok > 0 && (
          <Take value="ok" name={`${m.capability_import_take_ok()} (${integer(counts.ok)})`} outcome={numbers(without)} chosen />
        )}
        {counts.review > 0 && (
          <Take
            value="review"
            name={`${m.capability_import_take_review()} (${integer(counts.review)})`}
            outcome={numbers(withReviews)}
            chosen={onlyReviews}
          />
        )}
      </fieldset>
      {without.removed > 0 && (
        <label className="flex items-start gap-3">
          <input type="checkbox" name="remove" value="1" className="mt-1" />
          <span>{m.capability_import_remove({ count: integer(counts.ok > 0 ? without.removed : withReviews.removed) })}</span>
        </label>
      )}
      <Submit name="intent" value="confirm" className="btn go justify-self-start" busy={m.capability_import_storing()}>
        {m.capability_import_store()}
      </Submit>
    </Form>
  );
}

const Take = ({ value, name, outcome, chosen = false }: { value: string; name: string; outcome: string; chosen?: boolean }) => (
  <label className="flex items-start gap-3">
    <input type="radio" name="take" value={value} defaultChecked={chosen} className="mt-1" />
    <span>
      {name}
      <span className="tiny block">{outcome}</span>
    </span>
  </label>
);

/** Row after row, with its reasons. */
export function JudgedRows({ view }: { view: View }) {
  const { id, counts, rows, filter, page, pages } = view;
  const path = `/centre/capabilities/import/${id}?`;
  const names = {
    all: m.capability_import_all,
    ok: m.capability_import_ok,
    review: m.capability_import_review,
    reject: m.capability_import_reject,
  };
  return (
    <section className="grid gap-4" aria-labelledby="rows-title">
      <h2 id="rows-title">{m.capability_import_counts()}</h2>
      <nav className="flex flex-wrap gap-2" aria-label={m.capability_import_counts()}>
        {(Object.keys(names) as (keyof typeof names)[]).map((name) => (
          <A
            key={name}
            to={`${path}show=${name}`}
            className={`btn small ${filter === name ? 'border-accent! text-accent!' : ''}`}
            aria-current={filter === name ? 'page' : undefined}
          >
            {names[name]()} <span className="tiny">{integer(counts[name])}</span>
          </A>
        ))}
      </nav>
      {counts.passedOver > 0 && <p className="tiny">{m.capability_import_passed_over({ count: integer(counts.passedOver) })}</p>}
      {rows.length === 0 ? (
        <Empty title={m.capability_import_none_of_kind()} />
      ) : (
        <div className="card pad">
          <table className="data stack">
            <thead>
              <tr>
                <th scope="col">{m.capability_import_line()}</th>
                <th scope="col">{m.capability_import_result()}</th>
                <th scope="col">{m.capability_import_written()}</th>
                <th scope="col">{m.capability_import_understood()}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.line}>
                  <td className="num">{row.line}</td>
                  <td data-label={m.capability_import_result()}>
                    <span className={`chip whitespace-nowrap ${RESULTS[row.status].tone}`}>{RESULTS[row.status].name()}</span>
                  </td>
                  <td data-label={m.capability_import_written()}>
                    <span className="grid whitespace-pre-line break-words">
                      <span>{row.names}</span>
                      <span className="tiny">{row.stated}</span>
                    </span>
                  </td>
                  <td data-label={m.capability_import_understood()}>
                    <span className="grid break-words">
                      {row.understood.map((text) => (
                        <span key={text}>{text}</span>
                      ))}
                      {row.notes.map((text) => (
                        <span key={text} className={row.status === 'reject' ? 'error-text' : 'text-warn'}>
                          {text}
                        </span>
                      ))}
                    </span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <Turning path={`${path}show=${filter}&`} page={page} pages={pages} />
        </div>
      )}
    </section>
  );
}
