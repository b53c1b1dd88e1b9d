import type { HeadersFunction, MetaFunction } from '@remix-run/node';
import { actorOf } from '#app/core/actor.ts';
import { newId } from '#app/core/ids.server.ts';
import { answerForm } from '#app/http/form-answer.server.ts';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { requireMember } from '#app/modules/identity/guards.server.ts';
import { requestForm } from '#app/modules/invoices/request-form.ts';
import { requestInvoice } from '#app/modules/invoices/request-invoice.server.ts';
import { listBuyerInvoices } from '#app/read-models/list-buyer-invoices.server.ts';
import { A } from '#app/ui/link.tsx';
import { Empty, Page } from '#app/ui/page.tsx';
import { InvoiceTable } from './invoice-table.tsx';
import { RequestForm } from './request.tsx';

export const loader = serve(async ({ request, services }) => {
  const actor = actorOf(await requireMember(services, request, 'sme'));
  const asked = new URL(request.url).searchParams;
  const after = asked.get('after') ?? '';
  const list = await listBuyerInvoices(services, actor, after);
  return { ...list, further: after !== '', order: asked.get('order') ?? '', submission: newId() };
});

export const action = serve(async ({ request, services }) => {
  const actor = actorOf(await requireMember(services, request, 'sme'));
  return answerForm(request, requestForm, async (input) => {
    const number = await requestInvoice(services, actor, input);
    services.wake();
    throw redirectTo(`/invoices/${number}?said=requested`);
  });
});

export const headers: HeadersFunction = () => ({ 'Cache-Control': 'private, no-store' });

export const meta: MetaFunction = () => [{ title: `${m.invoices_title()} · ${m.brand()}` }, { name: 'robots', content: 'noindex' }];

export default function Invoices() {
  const view = useView<typeof loader>();
  const { invoices, further, nextCursor } = view;
  return (
    <Page
      title={m.invoices_title()}
      crumbs={[{ to: '/orders', label: m.ui_nav_orders() }, { label: m.invoices_title() }]}
      lead={m.invoices_lead()}
      actions={
        <A to="/invoices/titles" className="btn small">
          {m.invoices_titles()}
        </A>
      }
    >
      {!further && <RequestForm {...view} />}
      <section className="grid gap-3" aria-labelledby="requests">
        <h2 id="requests">{m.invoices_requests()}</h2>
        {invoices.length === 0 ? (
          <Empty title={m.invoices_none()}>
            <p>{m.invoices_none_text()}</p>
          </Empty>
        ) : (
          <InvoiceTable path="/invoices" invoices={invoices.map(({ centre, ...one }) => ({ ...one, party: centre }))} />
        )}
      </section>
      <div className="flex flex-wrap justify-between gap-3">
        {further ? (
          <A to="/invoices" className="btn small">
            ‹ {m.invoices_newest()}
          </A>
        ) : (
          <span />
        )}
        {nextCursor && (
          <A to={`/invoices?after=${nextCursor}`} className="btn small">
            {m.invoices_more()} ›
          </A>
        )}
      </div>
    </Page>
  );
}
