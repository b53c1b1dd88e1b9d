import type { HeadersFunction, MetaFunction } from '@remix-run/node';
import { actorOf } from '#app/core/actor.ts';
import { serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { INVOICE_TABS, type InvoiceTab, listCentreInvoices } from '#app/read-models/list-centre-invoices.server.ts';
import { dayTime, integer, money } from '#app/ui/format.ts';
import { A } from '#app/ui/link.tsx';
import { Empty } from '#app/ui/page.tsx';
import { kindName, stateName, stateTone } from '../../invoices/words.ts';
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
        <div className="card pad">
          <table className="data stack">
            <thead>
              <tr>
                <th scope="col">{m.invoices_request()}</th>
                <th scope="col">{m.invoices_title_word()}</th>
                <th scope="col">{m.invoices_asked_at()}</th>
                <th scope="col">{m.invoices_state()}</th>
                <th scope="col">{m.invoices_number()}</th>
                <th scope="col" className="r">
                  {m.invoices_amount()}
                </th>
              </tr>
            </thead>
            <tbody>
              {invoices.map((one) => (
                <tr key={one.id}>
                  <td>
                    <span className="grid">
                      <A to={`/centre/invoices/${one.number}`} className="link num whitespace-nowrap">
                        {one.number}
                      </A>
                      <span className="tiny">{pick(one.buyer.nameZh, one.buyer.nameEn)}</span>
                    </span>
                  </td>
                  <td data-label={m.invoices_title_word()}>
                    <span className="grid [overflow-wrap:anywhere]">
                      {one.titleName}
                      <span className="tiny">{kindName(one.kind)}</span>
                    </span>
                  </td>
                  <td data-label={m.invoices_asked_at()}>{dayTime(one.createdAt, { timeZone })}</td>
                  <td data-label={m.invoices_state()}>
                    <span className="flex flex-wrap gap-1">
                      <span className={`chip ${stateTone(one.state)}`}>{stateName(one.state)}</span>
                      {one.letters > 0 && <span className="chip warn">{m.invoices_red_waiting()}</span>}
                    </span>
                  </td>
                  <td data-label={m.invoices_number()}>
                    <span className="grid">
                      <span className="num [overflow-wrap:anywhere]">{one.invoiceNumber ?? '–'}</span>
                      {one.issuedOn && <span className="tiny">{one.issuedOn}</span>}
                    </span>
                  </td>
                  <td className="r" data-label={m.invoices_amount()}>
                    {money(one.amount)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {nextCursor && (
        <A to={`/centre/invoices?tab=${tab}&after=${nextCursor}`} className="btn small justify-self-center">
          {m.invoices_more()}
        </A>
      )}
    </Workspace>
  );
}
