import type { MetaFunction } from '@remix-run/node';
import { Form } from '@remix-run/react';
import { actorOf } from '#app/core/actor.ts';
import { answerForm } from '#app/http/form-answer.server.ts';
import { serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { can } from '#app/modules/identity/policy.ts';
import { MOST_REPORT_MB } from '#app/modules/jobs/report-order.server.ts';
import { isMovable } from '#app/modules/orders/move-booking.server.ts';
import { listOrderResources } from '#app/modules/scheduling/list-order-resources.server.ts';
import { listPoolResources } from '#app/modules/scheduling/list-pool-resources.server.ts';
import { viewMoveDates } from '#app/read-models/view-move-dates.server.ts';
import { viewOrder } from '#app/read-models/view-order.server.ts';
import { viewOrderInvoice } from '#app/read-models/view-order-invoice.server.ts';
import { viewOrderMoney } from '#app/read-models/view-order-money.server.ts';
import { viewOrderOffers } from '#app/read-models/view-waiting.server.ts';
import { deliveryOf } from '#app/routes/catalogue/delivery-words.ts';
import { OnInvoice } from '#app/routes/invoices/of-order.tsx';
import { hasPieces, Items, OrderFacts } from '#app/routes/orders/order-facts.tsx';
import { OrderMoney } from '#app/routes/orders/order-money.tsx';
import { Bill } from '#app/ui/bill.tsx';
import { Submit, TextArea } from '#app/ui/form.tsx';
import { FormTrouble, useFormBack } from '#app/ui/form-answer.tsx';
import { dayTime, money } from '#app/ui/format.ts';
import { A } from '#app/ui/link.tsx';
import { OrderSteps } from '#app/ui/order-steps.tsx';
import { requireCentre } from '../guard.server.ts';
import { noticeOf } from '../notices.ts';
import { eventName, nextAdvance, progressName, progressTone, stepName } from '../words.ts';
import { Workspace } from '../workspace.tsx';
import { actOnOrder, orderForm } from './act.server.ts';
import { MoveAsked, MoveBooking } from './move-booking.tsx';
import { NextStep } from './next-step.tsx';

export const loader = serve(async ({ request, params, services }) => {
  const member = await requireCentre(services, request);
  const actor = actorOf(member);
  const order = await viewOrder(services, actor, params.number ?? '');
  const held = await listOrderResources(services, actor, order.id);
  const sums = await viewOrderMoney(services, actor, order.id);
  const invoice = await viewOrderInvoice(services, actor, order);
  const { move: asked } = await viewOrderOffers(services, actor, order.id);
  const planner = can(actor, 'time.plan') && isMovable(order.progress, order.workBegunAt);
  return {
    order,
    held,
    sums,
    invoice,
    asked,
    dates: planner && order.service.family === 'training' ? await viewMoveDates(services, actor, order.number) : null,
    pools: planner ? await listPoolResources(services, actor, order.service.poolIds) : [],
    manager: can(actor, 'order.decide'),
    worker: can(actor, 'order.work'),
    writes: can(actor, 'message.write'),
    planner,
    name: member.person.name,
    most: MOST_REPORT_MB,
    simulated: services.settings.demonstration && !services.settings.stripe,
    notice: noticeOf(new URL(request.url).searchParams),
  };
});

export const action = serve(async ({ request, params, services }) => {
  const actor = actorOf(await requireCentre(services, request));
  return answerForm(request, orderForm, (input, form) => actOnOrder(services, actor, params.number ?? '', input, form), ['forbidden']);
});

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.order.number ?? ''} · ${m.brand()}` }];

const FAULTS = {
  forbidden: m.centre_failed_forbidden,
  required: m.centre_reason_required,
  too_long: m.centre_reason_too_long,
  bad_character: m.centre_reason_bad_character,
  confirm: m.centre_report_fault_confirm,
  file_kind: m.centre_report_fault_kind,
  file_too_large: m.centre_report_fault_large,
  file_empty: m.centre_report_fault_empty,
  too_many: m.centre_report_fault_many,
};

export default function CentreOrder() {
  const { order, held, sums, simulated, invoice, asked, pools, dates, manager, worker, writes, planner, notice, name, most } =
    useView<typeof loader>();
  const all = useFormBack(FAULTS);
  const declined = useFormBack(FAULTS, (typed) => typed.intent?.[0] === 'decline');
  const reported = useFormBack(FAULTS, (typed) => typed.intent?.[0] === 'report');
  const cancelled = useFormBack(FAULTS, (typed) => typed.intent?.[0] === 'cancel');
  const can = (action: string) => order.actions.some((state) => state.action === action && state.possible);
  const unverified = order.actions.some((state) => state.action === 'accept' && !state.possible && state.why === 'centre_unverified');
  const work = { family: order.service.family, deliveryMode: order.deliveryMode };
  const advance = worker ? nextAdvance(order.progress, work) : undefined;
  const when = (at: number | null) => (at ? dayTime(at, { timeZone: order.timeZone }) : '');
  return (
    <Workspace
      title={m.centre_order_title({ number: order.number })}
      notice={notice}
      actions={
        writes && (
          <A to={`/messages/begin?order=${order.number}`} className="btn small">
            {m.messages_to_buyer()}
          </A>
        )
      }
    >
      {all.trouble && <FormTrouble back={all} />}
      <p className="flex flex-wrap gap-2">
        <span className={`chip ${progressTone(order.progress)}`}>{progressName(order.progress, work)}</span>
        {order.expedited && <span className="chip warn">{m.centre_expedited()}</span>}
        <span className="chip">{deliveryOf(work.family, order.deliveryMode)}</span>
      </p>
      <section className="card pad">
        <OrderSteps
          label={m.centre_steps()}
          steps={order.steps.map((step) => ({ name: stepName(step.progress, work), state: step.state, when: when(step.at) }))}
        />
      </section>

      {/* On a phone the next step stands first, however many pieces there are; beside them where there is room. */}
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-5 md:grid-cols-[minmax(0,1fr)_320px] md:grid-rows-[auto_1fr]">
        <div className="grid gap-5 empty:hidden md:col-start-2">
          <NextStep order={order} advance={advance} worker={worker} name={name} most={most} back={reported} />
          {(can('accept') || unverified) && manager && (
            <section className="card pad grid gap-4">
              <h2>{m.centre_decide_title()}</h2>
              {order.decisionDueAt && <p className="text-warn">{m.centre_answer_by({ when: when(order.decisionDueAt) })}</p>}
              {unverified ? (
                <p className="text-warn">
                  {m.centre_accept_unverified()}{' '}
                  <A to="/centre/profile" className="link">
                    {m.centre_accept_unverified_link()}
                  </A>
                </p>
              ) : (
                <Form method="post">
                  <Submit name="intent" value="accept" className="btn go w-full">
                    {m.centre_accept()}
                  </Submit>
                </Form>
              )}
              <Form method="post" className="grid gap-2">
                <TextArea
                  label={m.centre_decline_reason()}
                  hint={m.centre_reason_hint()}
                  name="reason"
                  defaultValue={declined.text('reason')}
                  {...declined.errors('reason')}
                  maxLength={1000}
                  required
                />
                <Submit name="intent" value="decline" className="btn danger">
                  {m.centre_decline()}
                </Submit>
              </Form>
            </section>
          )}
        </div>
        <div className="grid gap-5 md:col-start-1 md:row-span-2 md:row-start-1">
          <section className="card pad">
            <OrderFacts order={order} />
          </section>
          {hasPieces(order) && (
            <section className="card pad">
              <h2 className="mb-2">{m.centre_items({ count: order.quantity })}</h2>
              <Items items={order.items} />
            </section>
          )}
          <section className="card pad grid gap-2">
            <h2>{m.centre_resources()}</h2>
            {held.length === 0 && <p className="muted">{m.centre_resources_none()}</p>}
            <ul className="grid gap-1.5 text-[.9375rem]">
              {held.map((row) => (
                <li key={row.id}>
                  {pick(row.nameZh, row.nameEn)} <span className="tiny">{pick(row.poolZh, row.poolEn)}</span>
                </li>
              ))}
            </ul>
          </section>
          <section className="card pad grid gap-2">
            <h2>{m.centre_log()}</h2>
            <ol className="grid gap-1.5 text-[.9375rem]">
              {order.events.map((event) => (
                <li key={`${event.at}${event.kind}`} className="flex flex-wrap justify-between gap-x-4">
                  <span>
                    {eventName(event.kind, work)}
                    {event.actor && <span className="muted"> · {event.actor}</span>}
                  </span>
                  <span className="tiny">{when(event.at)}</span>
                </li>
              ))}
            </ol>
          </section>
        </div>
        <aside className="grid gap-5 md:col-start-2">
          <section className="card pad">
            <h2 className="mb-2">{m.centre_bill()}</h2>
            <Bill bill={order.bill} total={sums.payment ? m.order_total_paid() : undefined} />
            <div className="mt-3 grid gap-3 empty:hidden">
              <OrderMoney order={order} sums={sums} simulated={simulated} />
            </div>
            {invoice?.on && <OnInvoice on={invoice.on} path="/centre/invoices" />}
          </section>
          {asked && <MoveAsked asked={asked} timeZone={order.timeZone} planner={planner} />}
          {planner && <MoveBooking order={order} pools={pools} held={held} dates={dates} />}
          {can('cancel') && manager && (
            <details className="card pad" open={cancelled.refused || undefined}>
              <summary className="min-h-11 cursor-pointer font-semibold text-seal">{m.centre_cancel_title()}</summary>
              <Form method="post" className="grid gap-3">
                <p>{m.centre_cancel_text({ amount: money(order.refundIfCancelled.amount) })}</p>
                <input type="hidden" name="refund" value={order.refundIfCancelled.amount} />
                <TextArea
                  label={m.centre_cancel_reason()}
                  hint={m.centre_reason_hint()}
                  name="reason"
                  defaultValue={cancelled.text('reason')}
                  {...cancelled.errors('reason')}
                  maxLength={1000}
                  required
                />
                <Submit name="intent" value="cancel" className="btn danger">
                  {m.centre_cancel()}
                </Submit>
              </Form>
            </details>
          )}
          {!manager && <p className="muted text-[.9375rem]">{m.centre_managers_only()}</p>}
          {order.reason && (
            <p className="card pad">
              {m.centre_reason_given()} {order.reason}
            </p>
          )}
        </aside>
      </div>
    </Workspace>
  );
}
