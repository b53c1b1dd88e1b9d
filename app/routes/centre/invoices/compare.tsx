import type { HeadersFunction, MetaFunction } from '@remix-run/node';
import { actorOf } from '#app/core/actor.ts';
import { serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { compareInvoices } from '#app/read-models/compare-invoices.server.ts';
import { money } from '#app/ui/format.ts';
import { A } from '#app/ui/link.tsx';
import { Empty } from '#app/ui/page.tsx';
import { differenceName } from '../../invoices/words.ts';
import { requireCentre } from '../guard.server.ts';
import { Workspace } from '../workspace.tsx';

export const loader = serve(async ({ request, services }) => {
  const actor = actorOf(await requireCentre(services, request));
  const asked = new URL(request.url).searchParams;
  const all = asked.has('all');
  return { ...(await compareInvoices(services, actor, { all, cursor: asked.get('after') ?? '' })), all };
});

export const headers: HeadersFunction = () => ({ 'Cache-Control': 'private, no-store' });

export const meta: MetaFunction = () => [{ title: `${m.invoices_compare()} · ${m.brand()}` }];

export default function Compare() {
  const { rows, all, nextCursor } = useView<typeof loader>();
  const tab = 'btn small aria-[current=true]:border-accent aria-[current=true]:text-accent';
  return (
    <Workspace
      title={m.invoices_compare()}
      actions={
        <A to="/centre/invoices" className="btn small">
          ‹ {m.invoices_title()}
        </A>
      }
    >
      <p className="text-ink-2">{m.invoices_compare_lead()}</p>
      <nav className="flex flex-wrap gap-2" aria-label={m.invoices_tabs()}>
        <A to="/centre/invoices/compare" className={tab} aria-current={all ? undefined : 'true'}>
          {m.invoices_compare_differing()}
        </A>
        <A to="/centre/invoices/compare?all=1" className={tab} aria-current={all ? 'true' : undefined}>
          {m.invoices_compare_all()}
        </A>
      </nav>
      {rows.length === 0 ? (
        <Empty title={all ? m.invoices_tab_empty() : m.invoices_compare_none()}>
          <p>{all ? m.invoices_tab_empty_text() : m.invoices_compare_none_text()}</p>
        </Empty>
      ) : (
        <div className="card pad">
          <table className="data stack">
            <thead>
              <tr>
                <th scope="col">{m.invoices_number()}</th>
                <th scope="col" className="r">
                  {m.invoices_compared_invoiced()}
                </th>
                <th scope="col" className="r">
                  {m.invoices_compared_refunded()}
                </th>
                <th scope="col" className="r">
                  {m.invoices_compared_red()}
                </th>
                <th scope="col" className="r">
                  {m.invoices_compared_left()}
                </th>
                <th scope="col" className="r">
                  {m.invoices_compared_kept()}
                </th>
                <th scope="col">{m.invoices_compared_difference()}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.number}>
                  <td>
                    <span className="grid">
                      <A to={`/centre/invoices/${row.number}`} className="link num [overflow-wrap:anywhere]">
                        {row.invoiceNumber}
                      </A>
                      <span className="tiny">
                        {pick(row.buyer.nameZh, row.buyer.nameEn)} <span className="whitespace-nowrap">{row.issuedOn}</span>
                      </span>
                    </span>
                  </td>
                  <td className="r whitespace-nowrap" data-label={m.invoices_compared_invoiced()}>
                    {money(row.amount)}
                  </td>
                  <td className="r whitespace-nowrap" data-label={m.invoices_compared_refunded()}>
                    {money(row.refunded)}
                  </td>
                  <td className="r whitespace-nowrap" data-label={m.invoices_compared_red()}>
                    <span className="grid">
                      {money(row.issuedRed)}
                      {row.waitingRed > 0 && (
                        <span className="tiny">{m.invoices_compared_and_waiting({ amount: money(row.waitingRed) })}</span>
                      )}
                    </span>
                  </td>
                  <td className="r whitespace-nowrap" data-label={m.invoices_compared_left()}>
                    {money(row.left)}
                  </td>
                  <td className="r whitespace-nowrap" data-label={m.invoices_compared_kept()}>
                    {money(row.kept)}
                  </td>
                  <td data-label={m.invoices_compared_difference()}>
                    {row.differences.length === 0 ? (
                      <span className="chip ok">{m.invoices_agree()}</span>
                    ) : (
                      <span className="grid gap-1">
                        {row.differences.map((one) => (
                          <span key={one} className="text-warn">
                            {differenceName(one)}
                          </span>
                        ))}
                      </span>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {nextCursor && (
        <A to={`/centre/invoices/compare?${all ? 'all=1&' : ''}after=${nextCursor}`} className="btn small justify-self-center">
          {m.invoices_more()}
        </A>
      )}
    </Workspace>
  );
}
