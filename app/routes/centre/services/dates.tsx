import type { MetaFunction } from '@remix-run/node';
import { Form } from '@remix-run/react';
import { z } from 'zod';
import { actorOf } from '#app/core/actor.ts';
import { given, shownNumber } from '#app/core/form.ts';
import { answerForm } from '#app/http/form-answer.server.ts';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { can } from '#app/modules/identity/policy.ts';
import { addSession } from '#app/modules/orders/sessions/add-session.server.ts';
import { changeBeside } from '#app/modules/orders/sessions/change-beside.server.ts';
import { removeSession, sellWithoutDates } from '#app/modules/orders/sessions/remove-session.server.ts';
import { listPoolResources } from '#app/modules/scheduling/list-pool-resources.server.ts';
import { viewCourse } from '#app/read-models/view-course.server.ts';
import { span } from '#app/routes/booking/words.ts';
import { Submit, TextField } from '#app/ui/form.tsx';
import { FormTrouble, useFormBack } from '#app/ui/form-answer.tsx';
import { A } from '#app/ui/link.tsx';
import { instantOf } from '../calendar/calendar.server.ts';
import { hoursText, WEEKDAYS } from '../calendar/pool-words.ts';
import { requireCentre } from '../guard.server.ts';
import { noticeOf, saying } from '../notices.ts';
import { Workspace } from '../workspace.tsx';
import { DateBeside } from './date-beside.tsx';

export const loader = serve(async ({ request, params, services }) => {
  const member = await requireCentre(services, request);
  const actor = actorOf(member);
  const course = await viewCourse(services, actor, params.id ?? '');
  const planner = can(actor, 'time.plan');
  return {
    ...course,
    planner,
    pools: planner ? await listPoolResources(services, actor, course.besideIds) : [],
    notice: noticeOf(new URL(request.url).searchParams),
  };
});

const datesForm = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('add'), from: given, until: given, seats: given }),
  z.object({ intent: z.literal('remove'), session: shownNumber }),
  z.object({ intent: z.literal('beside'), session: shownNumber, resource: given }),
  z.object({ intent: z.literal('free') }),
]);

export const action = serve(async ({ request, params, services }) => {
  const actor = actorOf(await requireCentre(services, request));
  const serviceId = params.id ?? '';
  return answerForm(request, datesForm, async (input) => {
    const done = (said: string) => redirectTo(saying(`/centre/services/${serviceId}/dates`, said, ''));
    if (input.intent === 'remove') {
      await removeSession(services, actor, serviceId, input.session);
      throw done('date_removed');
    }
    if (input.intent === 'beside') {
      await changeBeside(services, actor, { serviceId, startAt: input.session, resourceId: input.resource });
      throw done('date_beside');
    }
    if (input.intent === 'free') {
      await sellWithoutDates(services, actor, serviceId);
      throw done('dates_ended');
    }
    const { zone } = await viewCourse(services, actor, serviceId);
    const seats = /^\d{1,4}$/.test(input.seats) ? Number(input.seats) : Number.NaN;
    await addSession(services, actor, { serviceId, startAt: instantOf(input.from, zone), endAt: instantOf(input.until, zone), seats });
    throw done('date_added');
  });
});

export const meta: MetaFunction = () => [{ title: `${m.centre_dates_title()} · ${m.brand()}` }];

export default function Dates() {
  const { id, nameZh, nameEn, zone, dated, room, sessions, planner, pools, notice } = useView<typeof loader>();
  const most = room?.seats ?? 0;
  const words = {
    start: m.centre_date_fault_start,
    end: m.centre_date_fault_end,
    past: m.centre_date_fault_past,
    order: m.centre_date_fault_order,
    long: m.centre_date_fault_long,
    closed: m.centre_date_fault_closed,
    twice: m.centre_date_fault_twice,
    many: m.centre_date_fault_many,
    booked: m.centre_date_fault_booked,
    beside_taken: m.centre_date_fault_beside_taken,
    beside_closed: m.centre_date_fault_beside_closed,
    beside_elsewhere: m.centre_date_beside_taken,
    resource: m.centre_move_resource_gone,
    no_pool: m.centre_date_no_room,
    seats: () => m.centre_date_fault_seats({ most }),
  };
  const back = useFormBack(words, (typed) => typed.intent?.[0] !== 'beside');
  const changed = useFormBack(words, (typed) => typed.intent?.[0] === 'beside');
  return (
    <Workspace title={m.centre_dates_title()} notice={notice}>
      <p className="text-[1.0625rem]">
        <A to={`/centre/services/${id}`} className="link">
          {pick(nameZh, nameEn)}
        </A>
      </p>
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-6 lg:grid-cols-2">
        <section className="card pad grid gap-3">
          <h2>{m.centre_dates_coming()}</h2>
          {sessions.length === 0 && <p className="muted">{dated ? m.centre_dates_none_left() : m.centre_dates_none()}</p>}
          {back.errors('session').errors?.map((text) => (
            <p key={text} role="alert" className="error-text">
              {text}
            </p>
          ))}
          <ul className="grid gap-3">
            {sessions.map((session) => {
              const when = span(session.startAt, session.endAt, zone);
              return (
                <li key={session.startAt} className="grid gap-1 border-b border-line pb-3">
                  <span className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
                    <b className="num">{when}</b>
                    <span>{m.centre_date_seats({ left: session.left, seats: session.seats })}</span>
                  </span>
                  <span className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
                    <span className="tiny flex flex-wrap gap-x-3">
                      {session.orders.length === 0 && m.centre_date_no_orders()}
                      {session.elsewhere > 0 && <span>{m.centre_date_elsewhere({ count: session.elsewhere })}</span>}
                      {session.orders.map(({ number, quantity }) => (
                        <A key={number} to={`/centre/orders/${number}`} className="link num inline-flex min-h-6 items-center">
                          {`${number} × ${quantity}`}
                        </A>
                      ))}
                    </span>
                    {planner && session.orders.length === 0 && (
                      <Form method="post">
                        <input type="hidden" name="session" value={session.startAt} />
                        <Submit name="intent" value="remove" className="btn small" aria-label={`${m.centre_date_remove()}: ${when}`}>
                          {m.centre_date_remove()}
                        </Submit>
                      </Form>
                    )}
                  </span>
                  <DateBeside session={session.startAt} beside={session.beside} pools={pools} when={when} back={changed} />
                </li>
              );
            })}
          </ul>
          {dated && sessions.length === 0 && planner && (
            <Form method="post">
              <Submit name="intent" value="free" className="btn small">
                {m.centre_dates_free()}
              </Submit>
            </Form>
          )}
        </section>
        {!room && <p className="card pad">{m.centre_date_no_room()}</p>}
        {room && !planner && <p className="muted">{m.centre_planners_only()}</p>}
        {room && planner && (
          <Form method="post" className="card pad grid gap-4" aria-label={m.centre_date_add()}>
            <h2>{m.centre_date_add()}</h2>
            <FormTrouble back={back} title={m.ui_form_faults({ count: back.said.length })} />
            <p className="tiny">
              {m.centre_date_room({ pool: pick(room.nameZh, room.nameEn), seats: most })}{' '}
              {room.weeklyHours
                .flatMap((hours, day) => (hours.length > 0 ? [`${WEEKDAYS[day]?.()} ${hoursText(hours)}`] : []))
                .join(m.centre_list_comma())}
            </p>
            <div className="grid gap-4 sm:grid-cols-2">
              <TextField
                label={m.centre_date_from()}
                name="from"
                type="datetime-local"
                required
                defaultValue={back.text('from')}
                {...back.errors('startAt')}
              />
              <TextField
                label={m.centre_date_until()}
                name="until"
                type="datetime-local"
                required
                defaultValue={back.text('until')}
                {...back.errors('endAt')}
              />
            </div>
            <TextField
              label={m.centre_date_seat_count()}
              hint={m.centre_date_seat_hint({ most })}
              name="seats"
              inputMode="numeric"
              required
              maxLength={4}
              className="max-w-40"
              defaultValue={back.text('seats', String(most))}
              {...back.errors('seats')}
            />
            <Submit name="intent" value="add" className="btn go justify-self-start">
              {m.centre_date_submit()}
            </Submit>
          </Form>
        )}
      </div>
    </Workspace>
  );
}
