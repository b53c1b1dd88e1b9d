import type { ReactNode } from 'react';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import type { OrderView } from '#app/modules/orders/view-order.server.ts';
import { dayTime } from '#app/ui/format.ts';

export function ItemsTable({ items }: { items: OrderView['items'] }) {
  return (
    <table className="data stack">
      <thead>
        <tr>
          <th scope="col">{m.centre_item_name()}</th>
          <th scope="col">{m.centre_item_maker()}</th>
          <th scope="col">{m.centre_item_model()}</th>
          <th scope="col">{m.centre_item_serial()}</th>
        </tr>
      </thead>
      <tbody>
        {items.map((item, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces have a place on the order and nothing else of their own
          <tr key={i}>
            <td>{item.name}</td>
            <td data-label={m.centre_item_maker()}>{item.maker || '–'}</td>
            <td data-label={m.centre_item_model()}>{item.model || '–'}</td>
            <td data-label={m.centre_item_serial()} className="num">
              {item.serial || '–'}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Who, what, when, where: what the bench has to know. */
export function OrderFacts({ order }: { order: OrderView }) {
  const { timeZone, address } = order;
  return (
    <section className="card pad">
      <dl className="spec-list">
        <Fact name={m.centre_fact_service()}>
          {pick(order.service.nameZh, order.service.nameEn)} × {order.quantity}{' '}
          {order.service.specification && <span className="tiny">{order.service.specification}</span>}
        </Fact>
        <Fact name={m.centre_fact_time()}>
          {dayTime(order.startAt, { timeZone })} – {dayTime(order.endAt, { timeZone })}
        </Fact>
        {order.buyer && (
          <Fact name={m.centre_fact_buyer()}>
            {pick(order.buyer.nameZh, order.buyer.nameEn)} · {order.buyer.person}
          </Fact>
        )}
        {address && (
          <Fact name={m.centre_fact_address()}>
            {address.recipient} · {address.phone} · {address.line}
          </Fact>
        )}
        {order.purchaseOrder && <Fact name={m.centre_fact_po()}>{order.purchaseOrder}</Fact>}
        {order.notes && (
          <Fact name={m.centre_fact_notes()}>
            <span className="whitespace-pre-wrap">{order.notes}</span>
          </Fact>
        )}
      </dl>
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
