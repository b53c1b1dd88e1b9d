import { Form } from '@remix-run/react';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import type { listCentreServices } from '#app/read-models/list-centre-services.server.ts';
import type { waitingByService } from '#app/read-models/view-waiting.server.ts';
import { familyName, unitName } from '#app/routes/catalogue/words.ts';
import { Submit } from '#app/ui/form.tsx';
import type { useFormBack } from '#app/ui/form-answer.tsx';
import { date, day, money } from '#app/ui/format.ts';
import { A } from '#app/ui/link.tsx';
import { StockForm } from './stock-form.tsx';

/** The form that the ticks of all rows belong to: it stands above the table, for forms do not stand in one another. */
export const BULK_FORM = 'several';

const STATUS = {
  published: { tone: 'ok', name: m.centre_status_published },
  paused: { tone: 'warn', name: m.centre_status_paused },
  draft: { tone: '', name: m.centre_status_draft },
};
export const statusName = (status: keyof typeof STATUS): string => STATUS[status].name();

type Row = Awaited<ReturnType<typeof listCentreServices>>['services'][number];
type Props = {
  row: Row;
  waits: Awaited<ReturnType<typeof waitingByService>>[number] | undefined;
  manager: boolean;
  /** Who drafts no listings looks at them. */
  drafts: boolean;
  ticked: boolean;
  back: ReturnType<typeof useFormBack>;
};

export function ServiceRow({ row, waits, manager, drafts, ticked, back }: Props) {
  const name = pick(row.nameZh, row.nameEn) || m.centre_listing_unnamed();
  const paused = row.status === 'paused';
  const pausing = back.fault('until') !== undefined && back.text('service') === row.id;
  return (
    <tr>
      <td>
        <span>
          {manager && (
            <input
              type="checkbox"
              form={BULK_FORM}
              name="services"
              value={row.id}
              defaultChecked={ticked}
              className="mr-2"
              aria-label={m.centre_services_tick({ name })}
            />
          )}
          {row.status === 'published' ? (
            <A to={`/services/${row.slug}`} className="link">
              {name}
            </A>
          ) : (
            name
          )}
          {row.specification && <span className="tiny whitespace-nowrap"> {row.specification}</span>}
          {waits && (
            <span className="tiny block">
              {m.centre_waiting({
                count: waits.count,
                from: day(waits.from ?? 0, { timeZone: waits.zone }),
                until: day(waits.until ?? 0, { timeZone: waits.zone }),
              })}
            </span>
          )}
        </span>
      </td>
      <td className="whitespace-nowrap" data-label={m.centre_column_family()}>
        {familyName(row.family)}
      </td>
      <td className="r whitespace-nowrap" data-label={m.centre_column_price()}>
        {money(row.unitNet)} / {unitName(row.unit)}
      </td>
      <td className="r" data-label={m.centre_column_past()}>
        {row.past}
      </td>
      <td className="r" data-label={m.centre_column_coming()}>
        {row.coming}
      </td>
      <td data-label={m.centre_column_state()}>
        <span className="flex flex-wrap gap-1">
          <span className={`chip whitespace-nowrap ${STATUS[row.status].tone}`}>
            {row.pausedUntil === null
              ? STATUS[row.status].name()
              : m.centre_paused_until({ day: date(row.pausedUntil, { timeZone: row.timeZone }) })}
          </span>
          {row.left !== null && <StockForm id={row.id} name={name} left={row.left} manager={manager} />}
          {row.saved === 'review' && <span className="chip warn">{m.centre_listing_state_review()}</span>}
          {row.saved === 'draft' && row.status !== 'draft' && <span className="chip warn">{m.centre_listing_state_changes()}</span>}
        </span>
      </td>
      <td className="r">
        <span className="flex flex-wrap items-start justify-end gap-2 md:flex-nowrap">
          <A
            to={`/centre/services/${row.id}`}
            className="btn small"
            aria-label={`${drafts ? m.centre_listing_edit() : m.centre_services_look()}: ${name}`}
          >
            {drafts ? m.centre_listing_edit() : m.centre_services_look()}
          </A>
          {drafts && (
            <Form method="post">
              <input type="hidden" name="service" value={row.id} />
              <Submit name="intent" value="copy" className="btn small" aria-label={`${m.centre_services_copy()}: ${name}`}>
                {m.centre_services_copy()}
              </Submit>
            </Form>
          )}
          {manager && row.status !== 'draft' && (
            <Form method="post" className="grid justify-items-end gap-1">
              <input type="hidden" name="service" value={row.id} />
              <Submit
                name="intent"
                value={paused ? 'resume' : 'pause'}
                className="btn small"
                aria-label={`${paused ? m.centre_resume() : m.centre_pause()}: ${name}`}
              >
                {paused ? m.centre_resume() : m.centre_pause()}
              </Submit>
              {!paused && (
                <details className="text-right" open={pausing || undefined}>
                  <summary className="tiny link cursor-pointer whitespace-nowrap">{m.centre_pause_date()}</summary>
                  <label className="tiny mt-2 grid justify-items-end gap-1">
                    {m.centre_pause_until()}
                    <input
                      type="date"
                      name="until"
                      className="control w-40"
                      defaultValue={pausing ? back.text('until') : undefined}
                      aria-invalid={pausing || undefined}
                    />
                    {m.centre_pause_until_hint()}
                  </label>
                </details>
              )}
            </Form>
          )}
        </span>
      </td>
    </tr>
  );
}
