import type { ReactNode } from 'react';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { endingOf, isHandedIn } from '#app/modules/catalogue/handover.ts';
import { ORDER_TEXT_NAMES } from '#app/modules/orders/order-texts.ts';
import type { OrderView } from '#app/read-models/view-order.server.ts';
import { time } from '#app/ui/format.ts';
import { counted, span, zoneName } from '../booking/words.ts';
import { deliveryOf } from '../catalogue/delivery-words.ts';
import { dialled } from '../messages/dialled.ts';
import { TEXT_WORDS } from './text-words.ts';

/** Whether pieces are handed in or looked at one by one: neither hours nor seats are, nor what is bought. */
export const hasPieces = ({ service }: OrderView): boolean => service.unit === 'piece' && endingOf(service) !== 'goods';

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

type Fact = { name: (order: OrderView) => string; value: (order: OrderView) => ReactNode };

/** What was booked, when, where, and how it gets there: one list for both sides' pages. A value that is empty is not shown. */
const FACTS: Fact[] = [
  { name: m.order_fact_service, value: ({ side, service }) => side === 'centre' && <Service service={service} /> },
  {
    name: m.order_fact_buyer,
    value: ({ side, buyer }) => side === 'centre' && buyer && `${pick(buyer.nameZh, buyer.nameEn)} · ${buyer.person}`,
  },
  { name: m.order_fact_time, value: (order) => <When order={order} /> },
  {
    name: m.order_fact_quantity,
    value: ({ quantity, service: { unit, points } }) =>
      [counted(unit, quantity), points !== undefined && m.order_fact_points({ count: points })].filter(Boolean).join(' · '),
  },
  {
    name: m.order_fact_delivery,
    value: ({ service, deliveryMode, expedited }) =>
      [deliveryOf(service.family, deliveryMode), expedited && m.order_expedited()].filter(Boolean).join(' · '),
  },
  {
    name: (order) => {
      if (!isHandedIn(workOf(order))) return m.order_fact_place();
      return order.deliveryMode === 'courier' ? m.order_fact_send_to() : m.order_fact_bring_to();
    },
    value: (order) => order.side === 'buyer' && placeOf(order) && <Place order={order} />,
  },
  {
    name: (order) => {
      if (order.deliveryMode !== 'courier') return m.order_fact_site();
      return isHandedIn(workOf(order)) ? m.order_fact_return_to() : m.order_fact_send_to();
    },
    value: ({ address }) => address && `${address.recipient} · ${address.phone}\n${address.line}`,
  },
  {
    name: m.order_fact_operation,
    value: ({ side, service: { operation } }) =>
      side === 'centre' &&
      operation &&
      (operation === 'trained_user' ? m.order_fact_operation_trained() : m.order_fact_operation_operator()),
  },
  {
    name: m.messages_phone,
    value: ({ side, phone }) =>
      side === 'buyer' &&
      phone && (
        <a className="link num" href={`tel:${dialled(phone)}`}>
          {phone}
        </a>
      ),
  },
  ...ORDER_TEXT_NAMES.map((name): Fact => ({ name: TEXT_WORDS[name].name, value: (order) => order[name] })),
  { name: m.order_fact_reason, value: ({ side, reason }) => side === 'buyer' && reason },
];

export function OrderFacts({ order }: { order: OrderView }) {
  return (
    <dl className="grid gap-2.5 text-[.9375rem]">
      {FACTS.map(({ name, value }) => ({ name: name(order), said: value(order) }))
        .filter(({ said }) => said)
        .map(({ name, said }) => (
          <div key={name} className="grid gap-0.5 sm:grid-cols-[8.5em_minmax(0,1fr)] sm:gap-4">
            <dt className="text-[.875rem] text-ink-3">{name}</dt>
            <dd className="min-w-0 whitespace-pre-line">{said}</dd>
          </div>
        ))}
    </dl>
  );
}

const Service = ({ service: { nameZh, nameEn, specification } }: Pick<OrderView, 'service'>) => (
  <>
    {pick(nameZh, nameEn)} {specification && <span className="tiny">{specification}</span>}
  </>
);

/** With the way of the technician, of an order that has one to the buyer's. */
function When({ order: { startAt, endAt, timeZone, service } }: { order: OrderView }) {
  const there = startAt + (service.travelMinutes ?? 0) * 60_000;
  return (
    <>
      {span(startAt, endAt, timeZone)}
      <span className="tiny block">{zoneName(timeZone)}</span>
      {there > startAt && (
        <span className="tiny block">{m.order_arrival({ out: time(startAt, { timeZone }), there: time(there, { timeZone }) })}</span>
      )}
    </>
  );
}

const workOf = ({ service: { family }, deliveryMode }: OrderView) => ({ family, deliveryMode });

/** Where the buyer brings or sends it, or comes. */
function placeOf(order: OrderView): string {
  const { centre, deliveryMode } = order;
  const goesThere = deliveryMode === 'at_centre' || isHandedIn(workOf(order));
  return goesThere && centre ? pick(centre.addressZh, centre.addressEn) || pick(centre.cityZh, centre.cityEn) : '';
}
const Place = ({ order }: { order: OrderView }) => (
  <>
    {placeOf(order)}
    {isHandedIn(workOf(order)) && <span className="tiny block">{m.order_label_parcel({ number: order.number })}</span>}
  </>
);
