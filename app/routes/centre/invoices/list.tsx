import type { HeadersFunction, MetaFunction } from '@remix-run/node';
import { actorOf } from '#app/core/actor.ts';
import { serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { INVOICE_TABS, type InvoiceTab, listCentreInvoices } from '#app/read-models/list-centre-invoices.server.ts';
import { integer } from '#app/ui/format.ts';
import { A } from '#app/ui/link.tsx';
import { Empty } from '#app/ui/page.tsx';
import { InvoiceTable } from '../../invoices/invoice-table.tsx';
import { requireCentre } from '../guard.server.ts';
import { Workspace } from '../workspace.tsx';

export const loader = serve(async ({ request, services }) => {
  const actor = actorOf(await requireCentre(services, request));
  const asked = new URL(request.url).searchParams;
  const tab = INVOICE_TABS.find((name) => name === asked.get('tab')) ?? 'requested';
  return { ...(await listCentreInvoices(services, actor, { tab, cursor: asked.get('after') ?? '' })), tab, tabs: INVOICE_TABS };
});

export const headers: HeadersFunction = () => ({ 'Cache-Control': 'private, no-store' });

export const meta: MetaFunction = () => [{ title: `${m.invoices_title()} · ${m.brand()}` }];

const TAB: Record<InvoiceTab, () => string> = {
  requested: m.invoices_tab_requested,
  red: m.invoices_tab_red,
  issued: m.invoices_tab_issued,
  ended: m.invoices_tab_ended,
};

export default function CentreInvoices() {
  const { invoices, counts, tab, tabs, timeZone, nextCursor } = useView<typeof loader>();
  return (
    <Workspace
      title={m.invoices_title()}
      actions={
        <div className="flex flex-wrap gap-2">
          <A to="/centre/invoices/compare" className="btn small">
            {m.invoices_compare()}
          </A>
          <A to="/centre/invoices/tax" className="btn small">
            {m.invoices_tax_settings()}
          </A>
        </div>
      }
    >
      <nav className="flex flex-wrap gap-2" aria-label={m.invoices_tabs()}>
        {tabs.map((name) => (
          <A
            key={name}
            to={`/centre/invoices?tab=${name}`}
            aria-current={name === tab ? 'true' : undefined}
            className="btn small aria-[current=true]:border-accent aria-[current=true]:text-accent"
          >
            {TAB[name]()}{' '}
            <span className={`chip ${(name === 'requested' || name === 'red') && counts[name] > 0 ? 'warn' : ''}`}>
              {integer(counts[name])}
            </span>
          </A>
        ))}
      </nav>
      {invoices.length === 0 ? (
        <Empty title={m.invoices_tab_empty()}>
          <p>{tab === 'requested' ? m.invoices_tab_empty_requested() : m.invoices_tab_empty_text()}</p>
        </Empty>
      ) : (
        <InvoiceTable
          path="/centre/invoices"
          invoices={invoices.map(({ buyer, invoiceNumber, issuedOn, ...one }) => ({
            ...one,
            timeZone,
            party: buyer,
            issued: { number: invoiceNumber, on: issuedOn },
          }))}
        />
      )}
      {nextCursor && (
        <A to={`/centre/invoices?tab=${tab}&after=${nextCursor}`} className="btn small justify-self-center">
          {m.invoices_more()}
        </A>
      )}
    </Workspace>
  );
}
