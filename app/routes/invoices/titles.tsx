import type { HeadersFunction, MetaFunction } from '@remix-run/node';
import { actorOf } from '#app/core/actor.ts';
import { serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { requireMember } from '#app/modules/identity/guards.server.ts';
import { listTitles } from '#app/modules/invoices/list-titles.server.ts';
import { A } from '#app/ui/link.tsx';
import { Empty, Page } from '#app/ui/page.tsx';
import { Said } from './said.tsx';
import { kindName } from './words.ts';

export const loader = serve(async ({ request, services }) => {
  const actor = actorOf(await requireMember(services, request, 'sme'));
  return { titles: await listTitles(services, actor), said: new URL(request.url).searchParams.get('said') };
});

export const headers: HeadersFunction = () => ({ 'Cache-Control': 'private, no-store' });

export const meta: MetaFunction = () => [{ title: `${m.invoices_titles()} · ${m.brand()}` }, { name: 'robots', content: 'noindex' }];

export default function Titles() {
  const { titles, said } = useView<typeof loader>();
  const add = (
    <A to="/invoices/titles/new" className="btn go">
      {m.invoices_title_new()}
    </A>
  );
  return (
    <Page
      title={m.invoices_titles()}
      crumbs={[{ to: '/invoices', label: m.invoices_title() }, { label: m.invoices_titles() }]}
      lead={m.invoices_titles_lead()}
      actions={titles.length > 0 && add}
    >
      <Said>{said === 'saved' ? m.invoices_said_title_saved() : said === 'removed' ? m.invoices_said_title_removed() : null}</Said>
      {titles.length === 0 ? (
        <Empty title={m.invoices_titles_none()}>
          <p>{m.invoices_titles_none_text()}</p>
          {add}
        </Empty>
      ) : (
        <ul className="grid gap-4 sm:grid-cols-2">
          {titles.map((title) => (
            <li key={title.id} className="card pad grid content-start gap-2">
              <h2 className="[overflow-wrap:anywhere]">
                <A to={`/invoices/titles/${title.id}`} className="hover:underline">
                  {title.name}
                </A>
              </h2>
              <p>
                <span className="chip">{kindName(title.kind)}</span>
              </p>
              <p className="num [overflow-wrap:anywhere]">{title.taxId}</p>
              <p className="tiny [overflow-wrap:anywhere]">{title.email}</p>
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}
