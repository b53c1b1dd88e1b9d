import { Form } from '@remix-run/react';
import * as m from '#app/i18n/paraglide/messages.js';
import { Field, FormError, Select, Submit } from '#app/ui/form.tsx';
import { integer } from '#app/ui/format.ts';
import type { WorkView } from './capability-import-review.tsx';
import type { Acted } from './import-act.server.ts';
import { columnName } from './scope-words.ts';

type Refused = Extract<Acted, { trouble: unknown }>['fill'];

/** One text for every row that has none, for a section, for chosen rows. */
export function Fills({ view, refused }: { view: WorkView; refused: Refused }) {
  const { fills, fillable, sheets } = view;
  const lacking = fillable.columns.filter((one) => one.lacking > 0);
  if (fills.length === 0 && lacking.length === 0) return null;
  return (
    <details className="card pad" open={refused !== undefined || undefined}>
      <summary className="cursor-pointer">
        <h2 className="inline">{m.workbench_fills()}</h2>
      </summary>
      <div className="mt-3 grid gap-4">
        <p className="tiny">{m.workbench_fills_hint()}</p>
        {fills.length > 0 && <Filled fills={fills} />}
        {lacking.length > 0 && (
          <Form method="post" className="grid grid-cols-1 items-start gap-4 sm:grid-cols-3">
            {refused && (
              <div className="sm:col-span-3">
                <FormError title={m.workbench_bad_fill()} />
              </div>
            )}
            <Select name="column" label={m.workbench_fill_column()} defaultValue={refused?.column}>
              {lacking.map(({ column, lacking: count }) => (
                <option key={column} value={column}>
                  {m.workbench_fill_lacking({ column: columnName(column), count: integer(count) })}
                </option>
              ))}
            </Select>
            <FillValue refused={refused} />
            <Select name="where" label={m.workbench_fill_where()} defaultValue={refused?.where ?? 'all'}>
              <option value="all">{m.workbench_fill_all()}</option>
              {sheets.length > 1 &&
                sheets.map(({ name }, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: sheets have a place and nothing else
                  <option key={at} value={`sheet.${at}`}>
                    {m.workbench_fill_sheet({ name })}
                  </option>
                ))}
              {fillable.sections.map(({ key, name, rows }) => (
                <option key={key} value={`section.${key}`}>
                  {m.workbench_fill_section({ name, count: integer(rows) })}
                </option>
              ))}
            </Select>
            <Submit name="intent" value="fill" className="btn justify-self-start">
              {m.workbench_fill()}
            </Submit>
          </Form>
        )}
      </div>
    </details>
  );
}

const FAULTS: Record<string, () => string> = {
  required: m.workbench_fill_required,
  too_long: m.workbench_fill_too_long,
  bad_character: m.workbench_fill_bad_character,
  unknown: m.workbench_fill_unknown,
};

function FillValue({ refused }: { refused: Refused }) {
  const fault = refused && FAULTS[refused.reason]?.();
  return (
    <Field label={m.workbench_fill_value()} errors={fault ? [fault] : undefined}>
      {(tied) => <input className="control" name="value" defaultValue={refused?.value} {...tied} />}
    </Field>
  );
}

function Filled({ fills }: { fills: WorkView['fills'] }) {
  return (
    <ul className="grid gap-2">
      {fills.map(({ column, value, rows }, at) => {
        const name = columnName(column);
        const what =
          rows === null
            ? m.workbench_fill_done_all({ column: name, value })
            : m.workbench_fill_done_rows({ column: name, value, count: integer(rows) });
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: fills have an order and nothing else
          <li key={at} className="flex flex-wrap items-center justify-between gap-3">
            <span className="whitespace-pre-line">{what}</span>
            <Form method="post">
              <input type="hidden" name="at" value={at} />
              <input type="hidden" name="column" value={column} />
              <input type="hidden" name="value" value={value} />
              <Submit name="intent" value="unfill" className="btn small" aria-label={m.workbench_take_back_of({ what })}>
                {m.workbench_take_back()}
              </Submit>
            </Form>
          </li>
        );
      })}
    </ul>
  );
}
