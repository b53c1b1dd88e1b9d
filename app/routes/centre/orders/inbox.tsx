import type { MetaFunction } from '@remix-run/node';
import { Form } from '@remix-run/react';
import { actorOf } from '#app/core/actor.ts';
import { serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import { localePath } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { can } from '#app/modules/identity/policy.ts';
import { INBOX_SORTS, INBOX_TABS, listCentreOrders } from '#app/read-models/list-centre-orders.server.ts';
import { A } from '#app/ui/link.tsx';
import { Empty } from '#app/ui/page.tsx';
import { requireCentre } from '../guard.server.ts';
import { noticeOf } from '../notices.ts';
import { sortName, tabName } from '../words.ts';
import { Workspace } from '../workspace.tsx';
import { inboxRow } from './inbox.server.ts';
import { InboxTable } from './inbox-table.tsx';

export const loader = serve(async ({ request, services }) => {
  const member = await requireCentre(services, request);
  const params = new URL(request.url).searchParams;
  const actor = actorOf(member);
  const words = (params.get('q') ?? '').trim().slice(0, 80);
  const cursor = params.get('after') ?? undefined;
  const asked = INBOX_TABS.find((name) => name === params.get('tab'));
  const sort = INBOX_SORTS.find((name) => name === params.get('sort'));
  const may = { work: can(actor, 'order.work'), decide: can(actor, 'order.decide') };
  const notice = noticeOf(params);
  const answer = (list: Awaited<ReturnType<typeof listCentreOrders>>, tab: (typeof INBOX_TABS)[number] | null) => ({
    ...list,
    orders: list.orders.map((order) => inboxRow(order, services.clock(), may)),
    tab,
    tabs: INBOX_TABS,
    words,
    sort: sort ?? '',
    sorts: INBOX_SORTS,
    notice,
  });
  if (words) return answer(await listCentreOrders(services, actor, { words, cursor, ...(sort && { sort }) }), null);
  const first = await listCentreOrders(services, actor, { tab: asked ?? 'requests', cursor, ...(sort && { sort }) });
  // Where nothing else is asked: what somebody waits for comes first.
  const tab = asked ?? INBOX_TABS.find((name) => name !== 'unpaid' && first.counts[name] > 0) ?? 'requests';
  return answer(asked || tab === 'requests' ? first : await listCentreOrders(services, actor, { tab, ...(sort && { sort }) }), tab);
});

export const meta: MetaFunction = () => [{ title: `${m.centre_inbox_title()} · ${m.brand()}` }];

export default function Inbox() {
  const { orders, counts, nextCursor, tab, tabs, words, sort, sorts, notice } = useView<typeof loader>();
  const asked = tab ? `tab=${tab}` : `q=${encodeURIComponent(words)}`;
  const here = `/centre?${asked}${sort && `&sort=${sort}`}`;
  return (
    <Workspace title={m.centre_inbox_title()} notice={notice}>
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <nav className="flex flex-wrap gap-2" aria-label={m.centre_tabs()}>
          {tabs.map((name) => (
            <A
              key={name}
              to={`/centre?tab=${name}${sort && `&sort=${sort}`}`}
              aria-current={name === tab ? 'true' : undefined}
              className="btn small aria-[current=true]:border-accent aria-[current=true]:text-accent"
            >
              {tabName(name)} <span className={`chip ${name === 'requests' && counts[name] > 0 ? 'warn' : ''}`}>{counts[name]}</span>
            </A>
          ))}
        </nav>
        <Form method="get" action={localePath('/centre')} role="search" className="flex w-full gap-2 sm:w-auto">
          <input
            key={words}
            type="search"
            name="q"
            className="control sm:w-72"
            defaultValue={words}
            maxLength={80}
            aria-label={m.centre_search_label()}
            placeholder={m.centre_search_label()}
          />
          <button type="submit" className="btn small">
            {m.centre_search()}
          </button>
        </Form>
      </div>
      {words && (
        <p className="flex flex-wrap items-center gap-3">
          {m.centre_search_for({ words })}
          <A to="/centre" className="link">
            {m.centre_search_clear()}
          </A>
        </p>
      )}
      <div className="flex flex-wrap items-end justify-between gap-3">
        <Form method="get" action={localePath('/centre')} className="flex flex-wrap items-end gap-2">
          {tab ? <input type="hidden" name="tab" value={tab} /> : <input type="hidden" name="q" value={words} />}
          <select name="sort" className="control w-auto" defaultValue={sort} key={sort} aria-label={m.centre_inbox_sort()}>
            <option value="">{tab ? m.centre_inbox_sort_usual() : m.centre_inbox_sort_newest()}</option>
            {sorts
              .filter((name) => tab || name !== 'newest')
              .map((name) => (
                <option key={name} value={name}>
                  {sortName(name)}
                </option>
              ))}
          </select>
          <button type="submit" className="btn small">
            {m.centre_inbox_sort()}
          </button>
        </Form>
        <a href={localePath(`/centre/export.csv?${asked}${sort && `&sort=${sort}`}`)} className="btn small" download>
          {m.centre_inbox_export()}
        </a>
      </div>
      {orders.length === 0 ? (
        <Empty title={words ? m.centre_search_none() : m.centre_inbox_empty()}>
          <p>{words ? m.centre_search_none_text() : m.centre_inbox_empty_text()}</p>
        </Empty>
      ) : (
        <InboxTable orders={orders} back={here} withState={tab === null || tab === 'ended'} />
      )}
      {nextCursor && (
        <A to={`${here}&after=${nextCursor}`} className="btn small justify-self-center">
          {m.centre_more()}
        </A>
      )}
    </Workspace>
  );
}
