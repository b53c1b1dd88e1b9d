import { Form } from '@remix-run/react';
import type { ReactNode } from 'react';
import { localePath } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { outlasted } from '#app/modules/payments/refund-windows.ts';
import type { OrderView } from '#app/read-models/view-order.server.ts';
import { Submit } from '#app/ui/form.tsx';
import { date, dayTime, iso, money } from '#app/ui/format.ts';
import { Countdown } from './countdown.tsx';
import { Items } from './order-facts.tsx';
import { eventName, nextSentence } from './words.ts';

export function Notice({ tone = 'ok', children }: { tone?: 'ok' | 'warn'; children: ReactNode }) {
  const colours = tone === 'ok' ? 'border-ok/40 bg-ok-soft' : 'border-warn/40 bg-warn-soft';
  return (
    <div role="status" className={`rounded-field border px-4 py-3 ${colours}`}>
      {children}
    </div>
  );
}

/** What happens next, and the one thing the buyer can do about it now. */
export function NextStep({ order, now, demonstration }: { order: OrderView; now: number; demonstration: boolean }) {
  const payable = order.actions.some((action) => action.action === 'pay' && action.possible);
  return (
    <div className="flex flex-wrap items-center gap-x-5 gap-y-3">
      <p className="min-w-0 flex-1 basis-72 text-[1.0625rem] font-semibold">{nextSentence(order)}</p>
      {payable && (
        <div className="grid gap-2 sm:justify-items-end">
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
            {order.holdExpiresAt !== null && <Countdown until={order.holdExpiresAt} now={now} />}
            <Form method="post" action={localePath(`/orders/${order.number}/pay`)}>
              <Submit className="btn go" busy={m.order_paying()}>
                {m.order_pay({ amount: money(order.bill.gross) })}
              </Submit>
            </Form>
          </div>
          <RefundLimits order={order} now={now} />
          {demonstration && <p className="tiny">{m.order_pay_simulated()}</p>}
        </div>
      )}
    </div>
  );
}

/** Said before paying, while another method can still be chosen. */
function RefundLimits({ order: { endAt, timeZone }, now }: { order: OrderView; now: number }) {
  const [first, second] = outlasted(now, endAt);
  if (!first) return null;
  const end = date(endAt, { timeZone });
  return <p className="tiny max-w-xl">{second ? m.order_pay_outlasts_both({ end }) : m.order_pay_outlasts_alipay({ end })}</p>;
}

/** Two hundred pieces scroll in a box of their own, by keyboard too. */
export function ItemsCard({ items }: Pick<OrderView, 'items'>) {
  return (
    <div className="card pad">
      <h2 id="items-title" className="mb-2">
        {m.order_items_title()}
      </h2>
      <section className="max-h-[26rem] overflow-y-auto" tabIndex={items.length > 0 ? 0 : undefined} aria-labelledby="items-title">
        <Items items={items} />
      </section>
    </div>
  );
}

export function Events({ order }: { order: OrderView }) {
  return (
    <section className="card pad" aria-labelledby="events-title">
      <h2 id="events-title" className="mb-3">
        {m.order_events_title()}
      </h2>
      <ol className="grid gap-2.5 text-[.9375rem]">
        {order.events.toReversed().map((event, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: events are only ever added
          <li key={i} className="grid gap-x-4 sm:grid-cols-[11em_minmax(0,1fr)]">
            <time className="tiny" dateTime={iso(event.at)}>
              {dayTime(event.at, { timeZone: order.timeZone })}
            </time>
            <span>
              {eventName(event.kind, { family: order.service.family, deliveryMode: order.deliveryMode })}
              {typeof event.data.amount === 'number' && ` · ${money(event.data.amount)}`}
              <span className="muted"> · {event.actor ?? m.order_by_platform()}</span>
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
