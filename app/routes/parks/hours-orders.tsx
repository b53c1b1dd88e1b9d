import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import type { ParkOrder } from '#app/read-models/view-park-hours.server.ts';
import { dayTime } from '#app/ui/format.ts';
import { Empty } from '#app/ui/page.tsx';
import { progressName, progressTone } from '../centre/words.ts';
import { exactHours } from './figures.tsx';

/** The orders that hold the time of a figure. */
export function HoursOrders({ orders }: { orders: ParkOrder[] }) {
  if (orders.length === 0)
    return (
      <Empty title={m.parks_hours_no_orders_title()}>
        <p>{m.parks_hours_no_orders_text()}</p>
      </Empty>
    );
  return (
    <section className="card pad grid gap-2">
      <p className="tiny">{m.parks_hours_orders_note()}</p>
      <table className="data stack">
        <thead>
          <tr>
            <th scope="col">{m.parks_hours_order()}</th>
            <th scope="col">{m.parks_centre()}</th>
            <th scope="col">{m.parks_hours_service()}</th>
            <th scope="col">{m.parks_hours_start()}</th>
            <th scope="col">{m.parks_hours_state()}</th>
            <th scope="col" className="r">
              {m.parks_booked_hours()}
            </th>
            <th scope="col" className="r">
              {m.parks_used_hours()}
            </th>
          </tr>
        </thead>
        <tbody>
          {orders.map((order) => (
            <tr key={order.id}>
              <td className="num whitespace-nowrap">{order.number}</td>
              <td data-label={m.parks_centre()}>{pick(order.centre.nameZh, order.centre.nameEn)}</td>
              <td data-label={m.parks_hours_service()}>{pick(order.serviceZh, order.serviceEn)}</td>
              <td data-label={m.parks_hours_start()}>{dayTime(order.startAt, { timeZone: order.timeZone })}</td>
              <td data-label={m.parks_hours_state()}>
                <span className={`chip whitespace-nowrap ${progressTone(order.progress)}`}>{progressName(order.progress, order)}</span>
              </td>
              <td className="r whitespace-nowrap" data-label={m.parks_booked_hours()}>
                {exactHours(order.booked)}
              </td>
              <td className="r whitespace-nowrap" data-label={m.parks_used_hours()}>
                {exactHours(order.used)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
