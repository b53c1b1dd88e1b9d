import type { MetaFunction } from '@remix-run/node';
import { actorOf } from '#app/core/actor.ts';
import { serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { requireMember } from '#app/modules/identity/guards.server.ts';
import { listBuyerOrders, TAB_NAMES } from '#app/modules/orders/list-orders.server.ts';
import { listWaiting } from '#app/read-models/view-waiting.server.ts';
import { integer } from '#app/ui/format.ts';
import { A } from '#app/ui/link.tsx';
import { Drawn, Empty, Page } from '#app/ui/page.tsx';
import { drawnOrder } from './drawn-order.server.tsx';
import { EARLIER_SAID, EarlierSaid } from './earlier.tsx';
import { WaitingList } from './waiting-list.tsx';
import { tabName } from './words.ts';

export const loader = serve(async ({ request, services }) => {
  const member = await requireMember(services, request, 'sme');
  const asked = new URL(request.url).searchParams;
  const tab = TAB_NAMES.find((name) => name === asked.get('tab'));
  const cursor = asked.get('after') ?? undefined;
  const [list, waiting, { centres }] = await Promise.all([
    listBuyerOrders(services, actorOf(member), { tab, cursor }),
    listWaiting(services, actorOf(member)),
    services.catalogue.current(),
  ]);
  const orders = list.orders.map((order) => {
    const { nameZh = '', nameEn = '' } = centres.get(order.centreId) ?? {};
    return drawnOrder({ ...order, centreZh: nameZh, centreEn: nameEn });
  });
  // What the buyer has to do something about stands first.
  const tabs = ['unpaid', ...TAB_NAMES.filter((name) => name !== 'unpaid')] as typeof TAB_NAMES;
  const said = EARLIER_SAID.find((name) => asked.has(name)) ?? null;
  return { ...list, orders, waiting, said, tab: tab ?? null, tabs, further: cursor !== undefined };
});

export const meta: MetaFunction = () => [{ title: `${m.ui_nav_orders()} · ${m.brand()}` }, { name: 'robots', content: 'noindex' }];

export default function Orders() {
  const { orders, waiting, said, counts, tab, tabs, further, nextCursor } = useView<typeof loader>();
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const path = tab ? `?tab=${tab}&` : '?';
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
      {total === 0 ? (
        <Empty title={m.order_none_title()}>
          <p>{m.order_none_text()}</p>
          <A to="/search" className="btn">
            {m.order_find()}
          </A>
        </Empty>
      ) : (
        <>
          <nav className="flex flex-wrap gap-2" aria-label={m.order_tabs()}>
            <TabLink to="/orders" name={tabName('all')} count={total} current={tab === null} />
            {tabs.map((name) => (
              <TabLink key={name} to={`/orders?tab=${name}`} name={tabName(name)} count={counts[name]} current={tab === name} />
            ))}
          </nav>
          {orders.length === 0 ? (
            <Empty title={m.order_tab_empty()}>
              <A to="/orders" className="btn">
                {tabName('all')}
              </A>
            </Empty>
          ) : (
            <section className="card pad" aria-label={m.ui_nav_orders()}>
              <table className="data stack">
                <thead>
                  <tr>
                    <th scope="col">{m.order_word()}</th>
                    <th scope="col">{m.order_fact_time()}</th>
                    <th scope="col">{m.order_state()}</th>
                    <th scope="col" className="r">
                      {m.order_total()}
                    </th>
                  </tr>
                </thead>
                <Drawn as="tbody" markup={orders} />
              </table>
            </section>
          )}
          <div className="flex flex-wrap justify-between gap-3">
            {further ? (
              <A to={tab ? `/orders?tab=${tab}` : '/orders'} className="btn small">
                ‹ {m.order_newest()}
              </A>
            ) : (
              <span />
            )}
            {nextCursor && (
              <A to={`/orders${path}after=${nextCursor}`} className="btn small">
                {m.order_older()} ›
              </A>
            )}
          </div>
        </>
      )}
    </Page>
  );
}

function TabLink({ to, name, count, current }: { to: string; name: string; count: number; current: boolean }) {
  return (
    <A to={to} className={`btn small ${current ? 'border-accent! text-accent!' : ''}`} aria-current={current ? 'page' : undefined}>
      {name} <span className="tiny">{integer(count)}</span>
    </A>
  );
}
