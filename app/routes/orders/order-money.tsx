/** Where an order's money is, for both sides: kept until the work is accepted, shared out, or back with who paid. */
import { Form } from '@remix-run/react';
import { localePath } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { moneyStanding } from '#app/modules/payments/money-standing.ts';
import type { OrderView } from '#app/read-models/view-order.server.ts';
import type { viewOrderMoney } from '#app/read-models/view-order-money.server.ts';
import { Submit } from '#app/ui/form.tsx';
import { dayTime, money } from '#app/ui/format.ts';

type Money = Awaited<ReturnType<typeof viewOrderMoney>>;
type Props = { order: OrderView; sums: Money; simulated: boolean };

export function OrderMoney({ order, sums, simulated }: Props) {
  const said = standingText({ order, sums, simulated });
  return (
    <>
      <Refunds order={order} refunds={sums.refunds} />
      {said && <p className="tiny">{simulated ? m.order_money_simulated({ said }) : said}</p>}
    </>
  );
}

/** The demonstration names no institution: there is none. */
function standingText({ order, sums, simulated }: Props): string {
  const at = (ms: number) => dayTime(ms, { timeZone: order.timeZone });
  const { payment } = sums;
  const due = dueRefund(order, sums.refunds);
  const begun = sums.refunds.filter(({ ofPayment }) => ofPayment);
  const refunds = due ? [{ amount: due.amount, state: 'waiting' as const }] : begun;
  const standing = moneyStanding({ order, payment, refunds, payout: payment?.payout ?? null });
  switch (standing.kind) {
    case 'nothing':
      return '';
    case 'awaited':
      return simulated ? m.order_money_awaited_simulated() : m.order_money_awaited();
    case 'processing':
      return m.order_money_processing();
    case 'held': {
      const facts = { amount: money(standing.amount), when: at(standing.at) };
      return simulated ? m.order_money_held_simulated(facts) : m.order_money_held(facts);
    }
    case 'due': {
      const facts = { amount: money(standing.amount) };
      return simulated ? m.order_money_due_simulated(facts) : m.order_money_due(facts);
    }
    case 'paid_out':
      return m.order_money_paid_out({ amount: money(standing.amount), when: at(standing.at) });
    case 'disputed':
      return m.order_money_disputed();
    case 'charged_back':
      return m.order_money_charged_back();
    case 'returned':
      return m.order_money_returned();
  }
}

const METHOD: Record<string, () => string> = {
  card: m.order_method_card,
  alipay: m.order_method_alipay,
  wechat_pay: m.order_method_wechat,
};

function methodOf({ method }: Money['refunds'][number]): string {
  const name = METHOD[method ?? ''];
  return name ? m.order_refund_to({ method: name() }) : '';
}

const REFUND = {
  waiting: m.order_refund_waiting,
  void: m.order_refund_void,
  starting: m.order_refund_on_its_way,
  pending: m.order_refund_on_its_way,
  succeeded: m.order_refund_done,
  failed: m.order_refund_failed,
};

/** What a cancellation gives back, until the background has begun with it. */
function dueRefund({ events }: OrderView, refunds: Money['refunds']): { amount: number; at: number } | null {
  const cancelled = events.findLast((event) => event.kind === 'cancelled');
  const amount = Number((cancelled?.data as { refund?: unknown } | null | undefined)?.refund ?? 0);
  return cancelled && !refunds.some(({ ofPayment }) => ofPayment) && amount > 0 ? { amount, at: cancelled.at } : null;
}

/** Money that went back, or is on its way, and where to. Trying again is the buyer's. */
function Refunds({ order, refunds }: { order: OrderView; refunds: Money['refunds'] }) {
  const due = dueRefund(order, refunds);
  if (refunds.length === 0 && !due) return null;
  return (
    <ul className="grid gap-2 border-t border-line pt-3 text-[.9375rem]">
      {due && (
        <li className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span className="chip warn">{REFUND.starting()}</span>
          <span>{money(due.amount)}</span>
          <span className="tiny">{dayTime(due.at, { timeZone: order.timeZone })}</span>
        </li>
      )}
      {refunds.map((refund) => (
        <li key={refund.id} className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span className={`chip ${refund.state === 'succeeded' ? 'ok' : refund.state === 'failed' ? 'bad' : 'warn'}`}>
            {REFUND[refund.state]()}
          </span>
          <span>
            {money(refund.amount)} {methodOf(refund)}
          </span>
          <span className="tiny">{dayTime(refund.at, { timeZone: order.timeZone })}</span>
          {refund.retryable && order.side === 'buyer' && (
            <Form method="post" action={localePath(`/orders/${order.number}/refund`)}>
              <input type="hidden" name="refund" value={refund.id} />
              <Submit className="btn small">{m.order_refund_retry()}</Submit>
            </Form>
          )}
        </li>
      ))}
    </ul>
  );
}
