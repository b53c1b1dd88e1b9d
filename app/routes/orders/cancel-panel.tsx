import { Form } from '@remix-run/react';
import * as m from '#app/i18n/paraglide/messages.js';
import type { OrderView } from '#app/modules/orders/view-order.server.ts';
import { Submit } from '#app/ui/form.tsx';
import { dayTime, money, percent } from '#app/ui/format.ts';
import { refundWhy } from './words.ts';

/** What comes back is said first; the click does exactly that, or asks again when it is another sum by then. */
export function CancelPanel({ order }: { order: OrderView }) {
  const { amount, reason } = order.refundIfCancelled;
  return (
    <details className="card pad">
      <summary className="min-h-11 cursor-pointer font-semibold text-seal">{m.order_cancel_title()}</summary>
      <Form method="post" className="grid gap-3">
        <p>
          {m.order_cancel_text({ amount: money(amount) })} {refundWhy(reason)}
        </p>
        <p className="tiny">
          {m.order_cancel_policy({
            until: dayTime(order.policy.fullRefundUntil, { timeZone: order.timeZone }),
            percent: percent(order.policy.lateBasisPoints / 10_000, 0),
          })}
        </p>
        <input type="hidden" name="refund" value={amount} />
        <Submit name="intent" value="cancel" className="btn danger" busy={m.order_cancel_busy()}>
          {m.order_cancel({ amount: money(amount) })}
        </Submit>
      </Form>
    </details>
  );
}
