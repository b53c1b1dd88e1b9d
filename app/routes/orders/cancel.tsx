import { Form } from '@remix-run/react';
import * as m from '#app/i18n/paraglide/messages.js';
import { REASON_LENGTH } from '#app/modules/orders/reason.ts';
import type { OrderView } from '#app/read-models/view-order.server.ts';
import { Submit, TextArea } from '#app/ui/form.tsx';
import { useFormBack } from '#app/ui/form-answer.tsx';
import { dayTime, money, percent } from '#app/ui/format.ts';
import { refundWhy } from './words.ts';

/** The terms the order was sold with, and the way out: what comes back is said before anything is done. */
export function Cancel({ order }: { order: OrderView }) {
  const back = useFormBack();
  const { policy, timeZone, refundIfCancelled: refund } = order;
  const paid = order.payment !== 'unpaid' && order.payment !== 'processing';
  return (
    <section className="card pad grid gap-3" aria-labelledby="cancel-title">
      <h2 id="cancel-title">{m.order_policy_title()}</h2>
      {order.payment !== 'unpaid' && (
        <p className="text-[.9375rem]">
          {m.order_policy({ until: dayTime(policy.fullRefundUntil, { timeZone }), late: percent(policy.lateBasisPoints / 10_000, 0) })}
        </p>
      )}
      <details open={back.refused} className="group">
        <summary className="btn danger small list-none">{m.order_cancel_open()}</summary>
        <Form method="post" replace preventScrollReset className="mt-3 grid gap-3 border-t border-line pt-3">
          <p>
            <strong className="block text-[1.125rem]">
              {paid ? m.order_cancel_refund({ amount: money(refund.amount) }) : m.order_cancel_free()}
            </strong>
            <span className="muted text-[.9375rem]">{refundWhy(refund.reason)}</span>
          </p>
          <TextArea
            label={m.order_cancel_reason()}
            hint={m.order_cancel_reason_hint()}
            name="reason"
            defaultValue={back.text('reason')}
            maxLength={REASON_LENGTH}
            {...back.errors('reason')}
          />
          <input type="hidden" name="shownRefund" value={refund.amount} />
          <Submit name="intent" value="cancel" className="btn danger justify-self-start" busy={m.order_cancelling()}>
            {m.order_cancel_confirm()}
          </Submit>
        </Form>
      </details>
    </section>
  );
}
