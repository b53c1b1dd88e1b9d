import type { HeadersFunction, MetaFunction } from '@remix-run/node';
import { z } from 'zod';
import { actorOf } from '#app/core/actor.ts';
import { given, shownNumber } from '#app/core/form.ts';
import { answerForm } from '#app/http/form-answer.server.ts';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import { localePath, pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { requireMember } from '#app/modules/identity/guards.server.ts';
import { calendarSequence } from '#app/modules/orders/calendar-sequence.ts';
import { cancelOrder } from '#app/modules/orders/cancel-order.server.ts';
import { viewOrder } from '#app/read-models/view-order.server.ts';
import { viewOrderInvoice } from '#app/read-models/view-order-invoice.server.ts';
import { viewOrderMoney } from '#app/read-models/view-order-money.server.ts';
import { viewOrderOffers } from '#app/read-models/view-waiting.server.ts';
import { Bill } from '#app/ui/bill.tsx';
import { FormTrouble, useFormBack } from '#app/ui/form-answer.tsx';
import { dayTime, money } from '#app/ui/format.ts';
import { A } from '#app/ui/link.tsx';
import { OrderSteps } from '#app/ui/order-steps.tsx';
import { Page } from '#app/ui/page.tsx';
import { InvoiceOfOrder } from '../invoices/of-order.tsx';
import { Cancel } from './cancel.tsx';
import { EARLIER_SAID, Earlier, EarlierSaid, MoveAsked } from './earlier.tsx';
import { hasPieces, OrderFacts } from './order-facts.tsx';
import { OrderMoney } from './order-money.tsx';
import { Events, ItemsCard, NextStep, Notice } from './parts.tsx';
import { Reports } from './reports.tsx';
import { paymentName, paymentTone, progressName, progressTone, stepName } from './words.ts';

export const loader = serve(async ({ request, params, services }) => {
  const member = await requireMember(services, request, 'sme');
  const actor = actorOf(member);
  const order = await viewOrder(services, actor, params.number ?? '');
  const offers = await viewOrderOffers(services, actor, order.id);
  const sums = await viewOrderMoney(services, actor, order.id);
  const invoice = await viewOrderInvoice(services, actor, order);
  const asked = new URL(request.url).searchParams;
  const said = ['new', 'again', 'cancelled', ...EARLIER_SAID].find((name) => asked.has(name)) ?? asked.get('payment');
  return {
    order,
    offers,
    sums,
    invoice,
    said,
    now: services.clock(),
    demonstration: services.settings.demonstration && !services.settings.stripe,
  };
});

const cancelForm = z.object({ reason: given, shownRefund: shownNumber });

export const action = serve(async ({ request, params, services }) => {
  const member = await requireMember(services, request, 'sme');
  const number = params.number ?? '';
  return answerForm(request, cancelForm, async (input) => {
    await cancelOrder(services, actorOf(member), { number, ...input });
    services.wake();
    throw redirectTo(`/orders/${number}?cancelled=1`);
  });
});

export const headers: HeadersFunction = () => ({ 'Cache-Control': 'private, no-store' });

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: page ? `${m.order_title({ number: page.order.number })} · ${m.brand()}` : m.brand() },
  { name: 'robots', content: 'noindex' },
];

/** Something is booked: it belongs in a calendar. */
const DATED = ['confirmed', 'received', 'in_service'];

export default function Order() {
  const { order, offers, sums, invoice, said, now, demonstration } = useView<typeof loader>();
  const back = useFormBack({ stale: m.order_cancel_stale });
  const { service, centre, timeZone } = order;
  const kind = { family: service.family, deliveryMode: order.deliveryMode };
  const name = pick(service.nameZh, service.nameEn);
  const again = `/services/${service.slug}/book?quantity=${order.quantity}&delivery=${order.deliveryMode}&again=${order.number}`;
  // Whoever put it into a calendar can take it out again.
  const inCalendars = order.progress === 'cancelled' && calendarSequence(order.events) !== null;
  const cancellable = order.actions.some((possible) => possible.action === 'cancel' && possible.possible);
  return (
    <Page
      title={
        <>
          {m.order_word()} <span className="num whitespace-nowrap">{order.number}</span>
        </>
      }
      crumbs={[{ to: '/orders', label: m.ui_nav_orders() }, { label: order.number }]}
      lead={
        <>
          <A to={`/services/${service.slug}`} className="hover:underline">
            {name}
          </A>
          {centre && (
            <>
              {' · '}
              <A to={`/centres/${centre.slug}`} className="hover:underline">
                {pick(centre.nameZh, centre.nameEn)}
              </A>
            </>
          )}
          <span className="mt-2 flex flex-wrap gap-2">
            <span className={`chip ${progressTone(order.progress)}`}>{progressName(order.progress, kind)}</span>
            <span className={`chip ${paymentTone(order.payment)}`}>{paymentName(order.payment)}</span>
            {order.dispute === 'open' && <span className="chip warn">{m.order_dispute_open()}</span>}
          </span>
        </>
      }
      actions={
        <>
          {(DATED.includes(order.progress) || inCalendars) && (
            <a className="btn small" href={localePath(`/orders/${order.number}/calendar.ics`)} download>
              {inCalendars ? m.order_calendar_cancel() : m.order_calendar()}
            </a>
          )}
          <A to={`/messages/begin?order=${order.number}`} className="btn small">
            {m.messages_to_centre()}
          </A>
          <A to={again} className="btn small">
            {m.order_book_again()}
          </A>
        </>
      }
    >
      {said === 'again' && <Notice>{m.order_said_again()}</Notice>}
      {said === 'new' && <Notice>{order.progress === 'requested' ? m.order_said_requested() : m.order_said_held()}</Notice>}
      {said === 'cancelled' && <Notice>{m.order_said_cancelled()}</Notice>}
      {said === 'paid' && order.progress === 'confirmed' && <Notice>{m.order_said_paid({ amount: money(order.bill.gross) })}</Notice>}
      {said === 'unpaid' && order.progress === 'held' && <Notice tone="warn">{m.order_said_unpaid()}</Notice>}
      <EarlierSaid said={said} />
      <FormTrouble back={back}>{back.code === 'stale' && m.order_cancel_stale_next()}</FormTrouble>

      {offers.move && <MoveAsked order={order} move={offers.move} now={now} />}
      <section className="card pad grid gap-5" aria-label={m.order_steps()}>
        <NextStep order={order} now={now} demonstration={demonstration} />
        <div className="border-t border-line pt-5">
          <OrderSteps
            label={m.order_steps()}
            steps={order.steps.map((step) => ({
              name: stepName(step.progress, kind),
              state: step.state,
              when: step.at === null ? '' : dayTime(step.at, { timeZone }),
            }))}
          />
        </div>
      </section>

      {order.reports.length > 0 && (
        <section className="card pad grid gap-3" aria-labelledby="reports-title">
          <h2 id="reports-title">{m.order_reports()}</h2>
          <Reports order={order} />
        </section>
      )}

      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-5 lg:grid-cols-[minmax(0,1fr)_360px]">
        <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
          <section className="card pad grid gap-3" aria-labelledby="facts-title">
            <h2 id="facts-title">{m.order_facts_title()}</h2>
            <OrderFacts order={order} />
          </section>
          {hasPieces(order) && <ItemsCard items={order.items} />}
          <Events order={order} />
        </div>
        <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
          <section className="card pad grid gap-3" aria-labelledby="bill-title">
            <h2 id="bill-title">{m.order_bill_title()}</h2>
            <Bill bill={order.bill} total={sums.payment ? m.order_total_paid() : undefined} />
            <OrderMoney order={order} sums={sums} simulated={demonstration} />
          </section>
          <InvoiceOfOrder invoice={invoice} order={order.number} />
          <Earlier order={order} offers={offers} now={now} />
          {cancellable && <Cancel order={order} />}
        </div>
      </div>
    </Page>
  );
}
