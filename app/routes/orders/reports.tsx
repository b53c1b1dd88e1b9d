import { localePath } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import type { OrderView } from '#app/read-models/view-order.server.ts';
import { dayTime, megabytes } from '#app/ui/format.ts';

/** The reports of an order, to be saved: each with who gave it out and when. */
export function Reports({ order }: { order: Pick<OrderView, 'number' | 'reports' | 'timeZone'> }) {
  return (
    <ul className="grid gap-2">
      {order.reports.map(({ id, name, size, person, at }) => (
        <li key={id}>
          <a href={localePath(`/orders/${order.number}/reports/${id}`)} className="link break-all" download>
            {name}
          </a>{' '}
          <span className="tiny">
            {megabytes(size)} · {m.order_report_by({ person: person ?? '–', when: dayTime(at, { timeZone: order.timeZone }) })}
          </span>
        </li>
      ))}
    </ul>
  );
}
