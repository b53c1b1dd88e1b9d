import { Form } from '@remix-run/react';
import { localePath } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { Submit } from '#app/ui/form.tsx';
import { A } from '#app/ui/link.tsx';
import { advanceName, progressName, progressTone } from '../words.ts';
import type { InboxRow } from './inbox.server.ts';

const TEXT_TONE = { '': '', info: 'text-info', warn: 'text-warn', bad: 'text-seal font-semibold' };

/** Orders, each with the one thing to do next. `back` is where a button leads again; `withState` where the rows differ in it. */
export function InboxTable({ orders, back, withState }: { orders: InboxRow[]; back: string; withState: boolean }) {
  return (
    <div className="card pad">
      <table className="data stack">
        <thead>
          <tr>
            <th scope="col">{m.centre_column_order()}</th>
            <th scope="col">{m.centre_column_service()}</th>
            <th scope="col">{m.centre_column_start()}</th>
            <th scope="col">{m.centre_column_due()}</th>
            {withState && <th scope="col">{m.centre_column_state()}</th>}
            <th scope="col" className="r">
              {m.centre_column_next()}
            </th>
          </tr>
        </thead>
        <tbody>
          {orders.map((order) => (
            <tr key={order.id}>
              <td>
                <span>
                  <A to={`/centre/orders/${order.number}`} className="link num whitespace-nowrap">
                    {order.number}
                  </A>
                  <br />
                  <span className="tiny">{order.buyer}</span>
                </span>
              </td>
              <td data-label={m.centre_column_service()}>
                <span>
                  {order.service} × {order.quantity} {order.expedited && <span className="chip warn">{m.centre_expedited()}</span>}
                </span>
              </td>
              <td data-label={m.centre_column_start()}>
                <span>
                  {order.start} {order.near && <span className={`chip ${order.near.tone}`}>{order.near.text}</span>}
                </span>
              </td>
              <td data-label={m.centre_column_due()}>
                {order.due ? <span className={TEXT_TONE[order.due.tone]}>{order.due.text}</span> : '–'}
              </td>
              {withState && (
                <td data-label={m.centre_column_state()}>
                  <span className={`chip ${progressTone(order.progress)}`}>{progressName(order.progress, order)}</span>
                </td>
              )}
              <td className="r">
                <Next order={order} back={back} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The one thing to do next with an order, done from here; where there is none, its page. `back` is where the button leads again. */
export function Next({
  order,
  back,
}: {
  order: Pick<InboxRow, 'number' | 'version' | 'advance' | 'family' | 'deliveryMode'> & { decides?: boolean };
  back: string;
}) {
  const { number, advance } = order;
  const open = order.decides ? m.centre_do_decide() : m.centre_do_open();
  if (advance === 'report')
    return (
      <A to={`/centre/orders/${number}#report`} className="btn small" aria-label={`${advanceName(advance, order)} ${number}`}>
        {advanceName(advance, order)}
      </A>
    );
  if (!advance)
    return (
      <A to={`/centre/orders/${number}`} className="btn small" aria-label={`${open} ${number}`}>
        {open}
      </A>
    );
  return (
    <Form method="post" action={localePath(`/centre/orders/${number}`)}>
      <input type="hidden" name="version" value={order.version} />
      <input type="hidden" name="back" value={back} />
      <Submit name="intent" value={advance} className="btn small" aria-label={`${advanceName(advance, order)} ${number}`}>
        {advanceName(advance, order)}
      </Submit>
    </Form>
  );
}
