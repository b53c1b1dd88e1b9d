import { Form } from '@remix-run/react';
import { localePath } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import type { viewOrderMoney } from '#app/modules/payments/view-order-money.server.ts';
import { dayTime, iso, money } from '#app/ui/format.ts';

type Money = Awaited<ReturnType<typeof viewOrderMoney>>;
type Refund = Money['refunds'][number];

const METHODS: Record<string, () => string> = {
  card: m.payments_method_card,
  alipay: m.payments_method_alipay,
  wechat_pay: m.payments_method_wechat_pay,
};
const STATES: Record<Refund['state'], [chip: string, words: () => string]> = {
  starting: ['info', m.payments_refund_starting],
  pending: ['info', m.payments_refund_pending],
  succeeded: ['ok', m.payments_refund_succeeded],
  failed: ['bad', m.payments_refund_failed],
};

/** What the buyer is told on coming back from the payment page: the `payment` of the order page's address. */
export function PaymentNotice({ payment }: { payment: string | null }) {
  if (payment !== 'paid' && payment !== 'unpaid') return null;
  return (
    <p role="status" className="card pad">
      {payment === 'paid' ? m.payments_message_paid() : m.payments_message_unpaid()}
    </p>
  );
}

/** How an order was paid and what went back; a refund that failed can be tried again. Nothing while nothing is paid. */
export function OrderMoney({ number, timeZone, payment, refunds }: Money & { number: string; timeZone: string }) {
  if (!payment) return null;
  const when = (at: number) => <time dateTime={iso(at)}>{dayTime(at, { timeZone })}</time>;
  return (
    <ul className="grid gap-3">
      <li className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <span>
          {m.payments_paid()} {payment.method && <span className="muted">{METHODS[payment.method]?.() ?? payment.method}</span>}
        </span>
        <span className="tabular-nums">{money(payment.amount)}</span>
        <span className="tiny basis-full">{when(payment.paidAt)}</span>
      </li>
      {refunds.map((refund) => (
        <li key={refund.id} className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
          <span className={`chip ${STATES[refund.state][0]}`}>{STATES[refund.state][1]()}</span>
          <span className="tabular-nums">{money(-refund.amount)}</span>
          <span className="tiny basis-full">{when(refund.at)}</span>
          {refund.retryable && <Retry number={number} id={refund.id} />}
        </li>
      ))}
    </ul>
  );
}

function Retry({ number, id }: { number: string; id: string }) {
  return (
    <Form method="post" action={localePath(`/orders/${number}/refund`)} className="grid basis-full justify-items-start gap-2">
      <p className="muted">{m.payments_refund_failed_text()}</p>
      <button type="submit" name="refund" value={id} className="btn small">
        {m.payments_refund_retry()}
      </button>
    </Form>
  );
}
