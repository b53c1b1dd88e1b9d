import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import type { listBuyerOrders } from '#app/read-models/list-buyer-orders.server.ts';
import { dayTime, money } from '#app/ui/format.ts';
import { keepMarkup, keepMarkupOf } from '#app/ui/kept-markup.server.tsx';
import { A } from '#app/ui/link.tsx';
import { OrderHead, type OrderHeadView } from './order-search.tsx';
import { progressName, progressTone } from './words.ts';

type OrderView = Awaited<ReturnType<typeof listBuyerOrders>>['orders'][number];

/** The form and the tabs above the buyer's list. */
export const drawnHead = keepMarkup((view: OrderHeadView) => <OrderHead {...view} />);

/** A row of the buyer's list. */
export const drawnOrder = keepMarkupOf((order: OrderView, centreZh: string, centreEn: string) => (
  <OrderRow order={order} centre={pick(centreZh, centreEn)} />
));

function OrderRow({ order, centre }: { order: OrderView; centre: string }) {
  const { timeZone } = order;
  const due =
    order.progress === 'held' && order.holdExpiresAt !== null
      ? m.order_pay_by({ until: dayTime(order.holdExpiresAt, { timeZone }) })
      : order.progress === 'requested' && order.decisionDueAt !== null
        ? m.order_answer_by({ until: dayTime(order.decisionDueAt, { timeZone }) })
        : '';
  return (
    <tr>
      <td>
        <span className="grid">
          <A to={`/orders/${order.number}`} className="link">
            {pick(order.serviceZh, order.serviceEn)}
          </A>
          <span className="tiny">
            <span className="num">{order.number}</span> · {centre}
          </span>
        </span>
      </td>
      <td data-label={m.order_fact_time()}>{dayTime(order.startAt, { timeZone })}</td>
      <td data-label={m.order_state()}>
        <span className="grid justify-items-start gap-1">
          <span className={`chip ${progressTone(order.progress)}`}>{progressName(order.progress, order)}</span>
          {due && <span className="tiny">{due}</span>}
        </span>
      </td>
      <td className="r" data-label={m.order_amount()}>
        {money(order.gross)}
      </td>
    </tr>
  );
}
