import type { MetaFunction } from '@remix-run/node';
import { Form, useLoaderData } from '@remix-run/react';
import { actorOf } from '#app/core/actor.ts';
import { serve } from '#app/http/route.server.ts';
import { localePath, pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { requireMember } from '#app/modules/identity/guards.server.ts';
import { listCentreOrders, TAB_NAMES, type Tab } from '#app/modules/orders/list-orders.server.ts';
import { Submit } from '#app/ui/form.tsx';
import { dayTime, money } from '#app/ui/format.ts';
import { A } from '#app/ui/link.tsx';
import { Empty } from '#app/ui/page.tsx';
import { noticeOf } from './notices.ts';
import { advanceName, nextAdvance, progressName, progressTone, tabName } from './words.ts';
import { Workspace } from './workspace.tsx';

export const loader = serve(async ({ request, services }) => {
  const member = await requireMember(services, request, 'centre');
  const params = new URL(request.url).searchParams;
  const asked = TAB_NAMES.find((tab) => tab === params.get('tab'));
  const actor = actorOf(member);
  let list = await listCentreOrders(services, actor, { tab: asked ?? 'requests', cursor: params.get('after') ?? undefined });
  // Without a wish: what somebody waits for comes first.
  const tab: Tab = asked ?? TAB_NAMES.find((name) => name !== 'unpaid' && list.counts[name] > 0) ?? 'requests';
  if (!asked && tab !== 'requests') list = await listCentreOrders(services, actor, { tab });
  return { ...list, tab, tabs: TAB_NAMES, notice: noticeOf(params) };
});

export const meta: MetaFunction = () => [{ title: `${m.centre_inbox_title()} · ${m.brand()}` }];

export default function Inbox() {
  const { orders, counts, nextCursor, tab, tabs, notice } = useLoaderData<typeof loader>();
  return (
    <Workspace title={m.centre_inbox_title()} notice={notice}>
      <nav className="flex flex-wrap gap-2" aria-label={m.centre_tabs()}>
        {tabs.map((name) => (
          <A
            key={name}
            to={`/centre?tab=${name}`}
            aria-current={name === tab ? 'true' : undefined}
            className="btn small aria-[current=true]:border-accent aria-[current=true]:text-accent"
          >
            {tabName(name)} <span className="chip">{counts[name]}</span>
          </A>
        ))}
      </nav>
      {orders.length === 0 ? (
        <Empty title={m.centre_inbox_empty()}>
          <p>{m.centre_inbox_empty_text()}</p>
        </Empty>
      ) : (
        <div className="card pad">
          <table className="data stack">
            <thead>
              <tr>
                <th scope="col">{m.centre_column_order()}</th>
                <th scope="col">{m.centre_column_service()}</th>
                <th scope="col">{m.centre_column_start()}</th>
                <th scope="col" className="r">
                  {m.centre_column_amount()}
                </th>
                <th scope="col">{m.centre_column_state()}</th>
                <th scope="col" className="r">
                  {m.centre_column_next()}
                </th>
              </tr>
            </thead>
            <tbody>
              {orders.map((order) => {
                const advance = nextAdvance(order.progress);
                return (
                  <tr key={order.id}>
                    <td>
                      <span>
                        <A to={`/centre/orders/${order.number}`} className="link num">
                          {order.number}
                        </A>
                        <br />
                        <span className="tiny">{pick(order.buyerZh, order.buyerEn)}</span>
                      </span>
                    </td>
                    <td data-label={m.centre_column_service()}>
                      <span>
                        {pick(order.serviceZh, order.serviceEn)} × {order.quantity}
                      </span>
                    </td>
                    <td data-label={m.centre_column_start()}>
                      <span>
                        {dayTime(order.startAt, { timeZone: order.timeZone })}
                        {order.decisionDueAt && order.progress === 'requested' && (
                          <>
                            <br />
                            <span className="tiny text-warn">
                              {m.centre_answer_by({ when: dayTime(order.decisionDueAt, { timeZone: order.timeZone }) })}
                            </span>
                          </>
                        )}
                      </span>
                    </td>
                    <td className="r" data-label={m.centre_column_amount()}>
                      {money(order.gross)}
                    </td>
                    <td data-label={m.centre_column_state()}>
                      <span className={`chip ${progressTone(order.progress)}`}>{progressName(order.progress)}</span>
                    </td>
                    <td className="r">
                      {advance ? (
                        <Form method="post" action={localePath(`/centre/orders/${order.number}`)}>
                          <input type="hidden" name="version" value={order.version} />
                          <input type="hidden" name="back" value={`/centre?tab=${tab}`} />
                          <Submit
                            name="intent"
                            value={advance}
                            className="btn small"
                            aria-label={`${advanceName(advance)} ${order.number}`}
                          >
                            {advanceName(advance)}
                          </Submit>
                        </Form>
                      ) : (
                        <A
                          to={`/centre/orders/${order.number}`}
                          className="btn small"
                          aria-label={`${order.progress === 'requested' ? m.centre_do_decide() : m.centre_do_open()} ${order.number}`}
                        >
                          {order.progress === 'requested' ? m.centre_do_decide() : m.centre_do_open()}
                        </A>
                      )}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
      {nextCursor && (
        <A to={`/centre?tab=${tab}&after=${nextCursor}`} className="btn small justify-self-center">
          {m.centre_more()}
        </A>
      )}
    </Workspace>
  );
}
