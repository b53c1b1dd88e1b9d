import type { MetaFunction } from '@remix-run/node';
import { actorOf } from '#app/core/actor.ts';
import { serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import { localePath } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { requireMember } from '#app/modules/identity/guards.server.ts';
import { listBuyerOrders, TAB_NAMES, type Tab } from '#app/read-models/list-buyer-orders.server.ts';
import { listWaiting } from '#app/read-models/view-waiting.server.ts';
import { A } from '#app/ui/link.tsx';
import { Drawn, Empty, Page } from '#app/ui/page.tsx';
import { askedOrders } from './asked.server.ts';
import { drawnHead, drawnOrder } from './drawn-order.server.tsx';
import { EARLIER_SAID, EarlierSaid } from './earlier.tsx';
import { listAddress } from './list-address.ts';
import { OrderSum } from './order-search.tsx';
import { WaitingList } from './waiting-list.tsx';
import { tabName } from './words.ts';

export const loader = serve(async ({ request, services }) => {
  const member = await requireMember(services, request, 'sme');
  const params = new URL(request.url).searchParams;
  const { question, ...asked } = askedOrders(params);
  const cursor = params.get('after') ?? undefined;
  const [list, waiting, { centres }] = await Promise.all([
    listBuyerOrders(services, actorOf(member), { ...question, cursor }),
    listWaiting(services, actorOf(member)),
    services.catalogue.current(),
  ]);
  const orders = list.orders.map((order) => {
    const { nameZh = '', nameEn = '' } = centres.get(order.centreId) ?? {};
    return drawnOrder(order, nameZh, nameEn);
  });
  // What the buyer has to do something about stands first.
  const tabs = ['unpaid', ...TAB_NAMES.filter((name) => name !== 'unpaid')] as typeof TAB_NAMES;
  const said = EARLIER_SAID.find((name) => params.has(name)) ?? null;
  const { counts, nextCursor } = list;
  const head = drawnHead({ asked, tabs, counts });
  return { head, orders, counts, nextCursor, asked, sums: sumsOf(list, asked.tab), waiting, said, further: cursor !== undefined };
});

/** Of the tab that is shown: what was agreed, and apart from it what came to nothing. */
function sumsOf({ counts, sums }: Pick<Awaited<ReturnType<typeof listBuyerOrders>>, 'counts' | 'sums'>, tab: Tab | null) {
  const of = (names: Tab[]) => ({
    count: names.reduce((sum, name) => sum + counts[name], 0),
    gross: names.reduce((sum, name) => sum + sums[name], 0),
  });
  const names = tab ? [tab] : TAB_NAMES;
  return { shown: of(names.filter((name) => name !== 'ended')), ended: of(names.filter((name) => name === 'ended')) };
}

export const meta: MetaFunction = () => [{ title: `${m.ui_nav_orders()} · ${m.brand()}` }, { name: 'robots', content: 'noindex' }];

export default function Orders() {
  const { head, orders, waiting, said, counts, sums, asked, further, nextCursor } = useView<typeof loader>();
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const filtered = Boolean(asked.words || asked.typed.from || asked.typed.until);
  return (
    <Page
      title={m.ui_nav_orders()}
      actions={
        <>
          <A to="/invoices" className="btn">
            {m.invoices_title()}
          </A>
          <A to="/search" className="btn go">
            {m.order_find()}
          </A>
        </>
      }
    >
      <EarlierSaid said={said} />
      <WaitingList waiting={waiting} />
      {total === 0 && !filtered ? (
        <Empty title={m.order_none_title()}>
          <p>{m.order_none_text()}</p>
          <A to="/search" className="btn">
            {m.order_find()}
          </A>
        </Empty>
      ) : (
        <>
          <Drawn markup={[head]} />
          {orders.length === 0 ? (
            <Empty title={filtered ? m.order_search_none() : m.order_tab_empty()}>
              {filtered && <p>{m.order_search_none_text()}</p>}
              <A to={filtered && asked.tab ? listAddress({ ...asked, tab: null }) : '/orders'} className="btn">
                {tabName('all')}
              </A>
            </Empty>
          ) : (
            <>
              <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
                <OrderSum sums={sums} />
                <a href={localePath(listAddress(asked, '/orders/export.csv'))} className="btn small" download>
                  {m.order_export()}
                </a>
              </div>
              <section className="card pad" aria-label={m.ui_nav_orders()}>
                <table className="data stack">
                  <thead>
                    <tr>
                      <th scope="col">{m.order_word()}</th>
                      <th scope="col">{m.order_fact_time()}</th>
                      <th scope="col">{m.order_state()}</th>
                      <th scope="col" className="r">
                        {m.order_amount()}
                      </th>
                    </tr>
                  </thead>
                  <Drawn as="tbody" markup={orders} />
                </table>
              </section>
            </>
          )}
          <div className="flex flex-wrap justify-between gap-3">
            {further ? (
              <A to={listAddress(asked)} className="btn small">
                ‹ {m.order_newest()}
              </A>
            ) : (
              <span />
            )}
            {nextCursor && (
              <A to={listAddress(asked, '/orders', nextCursor)} className="btn small">
                {m.order_older()} ›
              </A>
            )}
          </div>
        </>
      )}
    </Page>
  );
}
