import type { ReactNode } from 'react';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import type { OrderView } from '#app/read-models/view-order.server.ts';
import { dayTime, time } from '#app/ui/format.ts';
import { A } from '#app/ui/link.tsx';
import { deliveryOf } from '../catalogue/words.ts';

export function Items({ items }: { items: OrderView['items'] }) {
  if (items.length === 0) return <p className="muted">{m.order_items_none()}</p>;
  return (
    <table className="data stack">
      <thead>
        <tr>
          <th scope="col">{m.order_item_name()}</th>
          <th scope="col">{m.order_item_maker()}</th>
          <th scope="col">{m.order_item_model()}</th>
          <th scope="col">{m.order_item_serial()}</th>
        </tr>
      </thead>
      <tbody>
        {items.map((item, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces have a place on the order and nothing else of their own
          <tr key={i}>
            <td>{item.name}</td>
            <td data-label={m.order_item_maker()}>{item.maker || '–'}</td>
            <td data-label={m.order_item_model()}>{item.model || '–'}</td>
            <td data-label={m.order_item_serial()} className="num">
              {item.serial || '–'}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What was booked, when, where, and how it gets there; one side's page shows who the other is. */
export function OrderFacts({ order }: { order: OrderView }) {
  const { timeZone, address, centre, buyer, service } = order;
  return (
    <section className="card pad">
      <dl className="spec-list">
        <Fact name={m.order_fact_service()}>
          {pick(service.nameZh, service.nameEn)} × {order.quantity}{' '}
          {service.points !== undefined && `· ${m.order_fact_points({ count: service.points })} `}
          {service.specification && <span className="tiny">{service.specification}</span>}
        </Fact>
        <Fact name={m.order_fact_time()}>
          {dayTime(order.startAt, { timeZone })} – {dayTime(order.endAt, { timeZone })}
          <Arrival order={order} />
        </Fact>
        {order.side === 'buyer' && centre && (
          <Fact name={m.order_fact_centre()}>
            <A to={`/centres/${centre.slug}`} className="link">
              {pick(centre.nameZh, centre.nameEn)}
            </A>
            <br />
            {pick(centre.addressZh, centre.addressEn)}
          </Fact>
        )}
        {order.side === 'centre' && buyer && (
          <Fact name={m.order_fact_buyer()}>
            {pick(buyer.nameZh, buyer.nameEn)} · {buyer.person}
          </Fact>
        )}
        <Fact name={m.order_fact_delivery()}>{deliveryOf(service.family, order.deliveryMode)}</Fact>
        {address && (
          <Fact name={m.order_fact_address()}>
            {address.recipient} · {address.phone} · {address.line}
          </Fact>
        )}
        {order.service.operation && (
          <Fact name={m.order_fact_operation()}>
            {order.service.operation === 'trained_user' ? m.order_fact_operation_trained() : m.order_fact_operation_operator()}
          </Fact>
        )}
        {order.purchaseOrder && <Fact name={m.order_fact_po()}>{order.purchaseOrder}</Fact>}
        {order.notes && (
          <Fact name={m.order_fact_notes()}>
            <span className="whitespace-pre-wrap">{order.notes}</span>
          </Fact>
        )}
      </dl>
    </section>
  );
}

/** When the technician sets out and is there, of an order with a way to the buyer's. */
export function Arrival({ order: { startAt, timeZone, service } }: { order: Pick<OrderView, 'startAt' | 'timeZone' | 'service'> }) {
  if (!service.travelMinutes) return null;
  const there = startAt + service.travelMinutes * 60_000;
  return <span className="tiny block">{m.order_arrival({ out: time(startAt, { timeZone }), there: time(there, { timeZone }) })}</span>;
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
