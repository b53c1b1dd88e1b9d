import { Form } from '@remix-run/react';
import * as m from '#app/i18n/paraglide/messages.js';
import { endingOf } from '#app/modules/catalogue/handover.ts';
import type { Advance } from '#app/modules/jobs/advance-order.server.ts';
import type { OrderView } from '#app/read-models/view-order.server.ts';
import { Reports } from '#app/routes/orders/reports.tsx';
import { FileField, Submit } from '#app/ui/form.tsx';
import type { FormBack } from '#app/ui/form-answer.tsx';
import { advanceName, progressName } from '../words.ts';

type Props = { order: OrderView; advance: Advance | undefined; worker: boolean; name: string; most: number; back: FormBack };

/** The one thing to do next. That the report is out is told to the buyer for good, so it is asked, and takes the document. */
export function NextStep({ order, advance, worker, name, most, back }: Props) {
  const work = { family: order.service.family, deliveryMode: order.deliveryMode };
  const ending = endingOf(work);
  const out = order.progress === 'reported' || order.progress === 'closed';
  return (
    <>
      {advance && advance !== 'report' && (
        <Form method="post" className="card pad grid gap-3">
          <h2>{m.centre_next_title()}</h2>
          <input type="hidden" name="version" value={order.version} />
          <Submit name="intent" value={advance}>
            {advanceName(advance, work)}
          </Submit>
          <p className="tiny">{m.centre_next_text()}</p>
        </Form>
      )}
      {advance === 'report' && (
        <Form method="post" encType="multipart/form-data" className="card pad grid gap-3" id="report">
          <h2>{advanceName(advance, work)}</h2>
          <p className="text-ink-2">{m.centre_report_text({ state: progressName('reported', work) })}</p>
          <input type="hidden" name="version" value={order.version} />
          <Document most={most} back={back} hint={m.centre_report_document_hint()} />
          <label className="flex items-start gap-3">
            <input
              type="checkbox"
              name="confirmed"
              value="yes"
              required
              defaultChecked={back.text('confirmed') !== ''}
              className="mt-1"
              aria-invalid={back.fault('confirmed') !== undefined || undefined}
            />
            <span className="min-w-0">{(ending === 'report' ? m.centre_report_confirm : m.centre_report_confirm_other)({ name })}</span>
          </label>
          {back.fault('confirmed') && <p className="error-text">{m.centre_report_fault_confirm()}</p>}
          <Submit name="intent" value="report" busy={m.centre_listing_busy()}>
            {m.centre_report_do({ state: progressName('reported', work) })}
          </Submit>
          <p className="tiny">{m.centre_next_text()}</p>
        </Form>
      )}
      {out && (order.reports.length > 0 || worker) && (
        <section className="card pad grid gap-3" id="reports">
          <h2>{m.order_reports()}</h2>
          {order.reports.length > 0 ? (
            <Reports order={order} />
          ) : (
            <p className="muted">{ending === 'report' ? m.centre_report_none() : m.centre_report_none_other()}</p>
          )}
          {worker && (
            <Form method="post" encType="multipart/form-data" className="grid gap-3 border-t border-line pt-3">
              <input type="hidden" name="version" value={order.version} />
              <Document most={most} back={back} hint={m.centre_report_file_hint()} />
              <Submit name="intent" value="report" className="btn" busy={m.centre_listing_busy()}>
                {m.centre_report_add()}
              </Submit>
            </Form>
          )}
        </section>
      )}
    </>
  );
}

const Document = ({ most, back, hint }: { most: number; back: FormBack; hint: string }) => (
  <FileField
    label={m.centre_report_document()}
    hint={hint}
    most={most}
    name="document"
    accept=".pdf,application/pdf"
    {...back.errors('document')}
  />
);
