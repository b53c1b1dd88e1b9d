import type { MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { actorOf } from '#app/core/actor.ts';
import { serve } from '#app/http/route.server.ts';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { requireMember } from '#app/modules/identity/guards.server.ts';
import { listBuyerOrders, TAB_NAMES } from '#app/modules/orders/list-orders.server.ts';
import { dayTime, money } from '#app/ui/format.ts';
import { A } from '#app/ui/link.tsx';
import { Empty, Page } from '#app/ui/page.tsx';
import { progressName, progressTone, tabName } from './words.ts';

export const loader = serve(async ({ request, services }) => {
  const member = await requireMember(services, request, 'sme');
  const params = new URL(request.url).searchParams;
  const tab = TAB_NAMES.find((name) => name === params.get('tab'));
  const list = await listBuyerOrders(services, actorOf(member), { tab, cursor: params.get('after') ?? undefined });
  return { ...list, tab: tab ?? '', tabs: TAB_NAMES };
});

export const meta: MetaFunction = () => [{ title: `${m.order_list_title()} · ${m.brand()}` }];

export default function Orders() {
  const { orders, counts, nextCursor, tab, tabs } = useLoaderData<typeof loader>();
  const link = 'btn small aria-[current=true]:border-accent aria-[current=true]:text-accent';
  return (
    <Page title={m.order_list_title()}>
      <nav className="flex flex-wrap gap-2" aria-label={m.order_tabs()}>
        <A to="/orders" className={link} aria-current={tab === '' ? 'true' : undefined}>
          {m.order_tab_all()}
        </A>
        {tabs.map((name) => (
          <A key={name} to={`/orders?tab=${name}`} className={link} aria-current={name === tab ? 'true' : undefined}>
            {tabName(name)} <span className="chip">{counts[name]}</span>
          </A>
        ))}
      </nav>
      {orders.length === 0 ? (
        <Empty title={m.order_list_empty()}>
          <p>{m.order_list_empty_text()}</p>
          <A to="/match" className="btn go">
            {m.order_list_find()}
          </A>
        </Empty>
      ) : (
        <div className="card pad">
          <table className="data stack">
            <thead>
              <tr>
                <th scope="col">{m.order_column_order()}</th>
                <th scope="col">{m.order_column_service()}</th>
                <th scope="col">{m.order_column_start()}</th>
                <th scope="col" className="r">
                  {m.order_column_amount()}
                </th>
                <th scope="col">{m.order_column_state()}</th>
              </tr>
            </thead>
            <tbody>
              {orders.map((order) => (
                <tr key={order.id}>
                  <td>
                    <A to={`/orders/${order.number}`} className="link num">
                      {order.number}
                    </A>
                  </td>
                  <td data-label={m.order_column_service()}>
                    <span>
                      {pick(order.serviceZh, order.serviceEn)} × {order.quantity}
                      <br />
                      <span className="tiny">{pick(order.centreZh, order.centreEn)}</span>
                    </span>
                  </td>
                  <td data-label={m.order_column_start()}>{dayTime(order.startAt, { timeZone: order.timeZone })}</td>
                  <td className="r" data-label={m.order_column_amount()}>
                    {money(order.gross)}
                  </td>
                  <td data-label={m.order_column_state()}>
                    <span className={`chip ${progressTone(order.progress)}`}>{progressName(order.progress)}</span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {nextCursor && (
        <A to={`/orders?${new URLSearchParams({ ...(tab ? { tab } : {}), after: nextCursor })}`} className="btn small justify-self-center">
          {m.order_list_more()}
        </A>
      )}
    </Page>
  );
}
