import type { MetaFunction } from '@remix-run/node';
import { Form, useLoaderData, useSearchParams } from '@remix-run/react';
import { actorOf } from '#app/core/actor.ts';
import { isProblem, Problem } from '#app/core/problem.ts';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { localePath } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { requireMember } from '#app/modules/identity/guards.server.ts';
import { cancelOrder } from '#app/modules/orders/cancel-order.server.ts';
import { viewOrder } from '#app/modules/orders/view-order.server.ts';
import { viewOrderMoney } from '#app/modules/payments/view-order-money.server.ts';
import { Bill } from '#app/ui/bill.tsx';
import { Submit } from '#app/ui/form.tsx';
import { dayTime } from '#app/ui/format.ts';
import { A } from '#app/ui/link.tsx';
import { OrderSteps } from '#app/ui/order-steps.tsx';
import { Page } from '#app/ui/page.tsx';
import { OrderMoney, PaymentNotice } from '../payments/order-money.tsx';
import { CancelPanel } from './cancel-panel.tsx';
import { Countdown } from './countdown.tsx';
import { Items, OrderFacts } from './order-facts.tsx';
import { eventName, nextText, paymentName, paymentTone, progressName, progressTone } from './words.ts';

export const loader = serve(async ({ request, params, services }) => {
  const member = await requireMember(services, request, ['sme', 'centre']);
  // A centre that follows a link in a mail belongs on its own side of the order.
  if (member.organisation.kind === 'centre') throw redirectTo(`/centre/orders/${encodeURIComponent(params.number ?? '')}`);
  const order = await viewOrder(services, actorOf(member), params.number ?? '');
  return { order, money: await viewOrderMoney(services, order.id), simulated: !services.settings.stripe };
});

export const action = serve(async ({ request, params, services }) => {
  const member = await requireMember(services, request, 'sme');
  const data = await request.formData();
  const number = params.number ?? '';
  const shownRefund = Number(data.get('refund'));
  if (data.get('intent') !== 'cancel' || !Number.isSafeInteger(shownRefund)) throw new Problem('bad_request');
  try {
    await cancelOrder(services, actorOf(member), { number, shownRefund });
    return redirectTo(`/orders/${number}?said=cancelled`);
  } catch (error) {
    if (isProblem(error) && (error.code === 'stale' || error.code === 'transition_refused'))
      return redirectTo(`/orders/${number}?said=changed`);
    throw error;
  }
});

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.order.number ?? ''} · ${m.brand()}` },
  { name: 'robots', content: 'noindex' },
];

export default function Order() {
  const { order, money, simulated } = useLoaderData<typeof loader>();
  const [params] = useSearchParams();
  const can = (action: string) => order.actions.some((state) => state.action === action && state.possible);
  const when = (at: number | null) => (at ? dayTime(at, { timeZone: order.timeZone }) : '');
  const said = params.get('said');
  const ended = ['declined', 'cancelled', 'expired'].includes(order.progress);
  return (
    <Page
      title={m.order_title({ number: order.number })}
      crumbs={[{ to: '/orders', label: m.order_list_title() }, { label: order.number }]}
      lead={
        <span className="flex flex-wrap gap-2">
          <span className={`chip ${progressTone(order.progress)}`}>{progressName(order.progress)}</span>
          <span className={`chip ${paymentTone(order.payment)}`}>{paymentName(order.payment)}</span>
          {order.dispute === 'open' && <span className="chip bad">{m.order_dispute_open()}</span>}
        </span>
      }
    >
      <PaymentNotice payment={params.get('payment')} />
      {said === 'cancelled' && order.progress === 'cancelled' && (
        <p role="status" className="card pad">
          {m.order_said_cancelled()}
        </p>
      )}
      {said === 'changed' && (
        <p role="alert" className="rounded-field bg-seal-soft px-4 py-3">
          {m.order_said_changed()}
        </p>
      )}
      <section className="card pad grid gap-4">
        <OrderSteps
          label={m.order_steps()}
          steps={order.steps.map((step) => ({ name: progressName(step.progress), state: step.state, when: when(step.at) }))}
        />
        <p className="muted">{nextText(order.progress)}</p>
        {order.reason && <p>{m.order_reason({ reason: order.reason })}</p>}
        {order.progress === 'requested' && order.decisionDueAt && (
          <p className="text-warn">{m.order_answer_by({ when: when(order.decisionDueAt) })}</p>
        )}
        {can('pay') && (
          <Form method="post" action={localePath(`/orders/${order.number}/pay`)} reloadDocument className="grid justify-items-start gap-2">
            {order.holdExpiresAt && <Countdown until={order.holdExpiresAt} timeZone={order.timeZone} />}
            <Submit>{m.order_pay()}</Submit>
            {simulated && <p className="tiny">{m.order_pay_simulated()}</p>}
          </Form>
        )}
        {ended && (
          <A to={`/services/${order.service.slug}/book?quantity=${order.quantity}`} className="btn justify-self-start">
            {m.order_again()}
          </A>
        )}
      </section>

      <div className="grid items-start gap-5 md:grid-cols-[minmax(0,1fr)_340px]">
        <div className="grid gap-5">
          <OrderFacts order={order} />
          <section className="card pad">
            <h2 className="mb-2">{m.order_items({ count: order.items.length })}</h2>
            <Items items={order.items} />
          </section>
          <section className="card pad grid gap-2">
            <h2>{m.order_log()}</h2>
            <ol className="grid gap-1.5 text-[.9375rem]">
              {order.events.map((event) => (
                <li key={`${event.at}${event.kind}`} className="flex flex-wrap justify-between gap-x-4">
                  <span>{eventName(event.kind)}</span>
                  <span className="tiny">{when(event.at)}</span>
                </li>
              ))}
            </ol>
          </section>
        </div>
        <aside className="grid gap-5">
          <section className="card pad">
            <h2 className="mb-2">{m.order_bill()}</h2>
            <Bill bill={order.bill} />
            <p className="tiny mt-3">{m.order_settlement()}</p>
          </section>
          {money.payment && (
            <section className="card pad grid gap-3">
              <h2>{m.order_money()}</h2>
              <OrderMoney number={order.number} timeZone={order.timeZone} {...money} />
            </section>
          )}
          {can('cancel') && <CancelPanel order={order} />}
          {!ended && (
            <a href={localePath(`/orders/${order.number}/calendar.ics`)} className="btn" download>
              {m.order_calendar()}
            </a>
          )}
          {order.progress === 'closed' && (
            <A to={`/services/${order.service.slug}/book?quantity=${order.quantity}`} className="btn">
              {m.order_again()}
            </A>
          )}
        </aside>
      </div>
    </Page>
  );
}
