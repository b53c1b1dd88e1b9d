import type { MetaFunction } from '@remix-run/node';
import { Form } from '@remix-run/react';
import { z } from 'zod';
import { actorOf } from '#app/core/actor.ts';
import { filesIn, given } from '#app/core/form.ts';
import { Problem } from '#app/core/problem.ts';
import { answerForm } from '#app/http/form-answer.server.ts';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { useView, type ViewOf } from '#app/http/use-view.ts';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { can } from '#app/modules/identity/policy.ts';
import { addBusyCalendar } from '#app/modules/scheduling/busy/add-busy-calendar.server.ts';
import { MOST_CALENDAR_BYTES } from '#app/modules/scheduling/busy/busy-times.ts';
import { calendarText } from '#app/modules/scheduling/busy/calendar-text.ts';
import { readBusyCalendar } from '#app/modules/scheduling/busy/read-again.server.ts';
import { removeBusyCalendar } from '#app/modules/scheduling/busy/remove-busy-calendar.server.ts';
import { viewBusyCalendars } from '#app/read-models/view-busy-calendars.server.ts';
import { FileField, Select, Submit, TextField } from '#app/ui/form.tsx';
import { FormTrouble, useFormBack } from '#app/ui/form-answer.tsx';
import { date, dayTime, isoDay, time } from '#app/ui/format.ts';
import { A } from '#app/ui/link.tsx';
import { requireCentre } from '../guard.server.ts';
import { noticeOf, saying } from '../notices.ts';
import { TouchedOrders } from '../orders/touched-orders.tsx';
import { Workspace } from '../workspace.tsx';
import { AssumedList } from './busy-assumed.tsx';
import { CALENDAR_FAULTS, isCalendarFault } from './busy-words.ts';

export const loader = serve(async ({ request, params, services }) => {
  const actor = actorOf(await requireCentre(services, request));
  const poolId = params.id ?? '';
  return {
    ...(await viewBusyCalendars(services, actor, poolId)),
    poolId,
    planner: can(actor, 'time.plan'),
    notice: noticeOf(new URL(request.url).searchParams),
  };
});

const calendarForm = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('add'), resource: given, url: given }),
  z.object({ intent: z.literal('remove'), calendar: given }),
  z.object({ intent: z.literal('again'), calendar: given }),
]);

export const action = serve(async ({ request, params, services }) => {
  const actor = actorOf(await requireCentre(services, request));
  const poolId = params.id ?? '';
  const back = (said: string, what = '') => redirectTo(saying(`/centre/pools/${poolId}/calendars`, said, what));
  return answerForm(request, calendarForm, async (input, form) => {
    if (input.intent === 'remove') {
      await removeBusyCalendar(services, actor, input.calendar);
      throw back('calendar_removed');
    }
    if (input.intent === 'again') {
      await readBusyCalendar(services, actor, input.calendar);
      throw back('calendar_read');
    }
    const { resource, url } = input;
    const [file] = filesIn(form, 'file');
    if ((url === '') === (file === undefined)) throw refused('source', 'source');
    if (file && file.size > MOST_CALENDAR_BYTES) throw refused('file', 'too_large');
    const { resources } = await viewBusyCalendars(services, actor, poolId);
    if (!resources.some(({ id }) => id === resource)) throw refused('resource', 'resource');
    const source = file ? { name: file.name, file: calendarText(new Uint8Array(await file.arrayBuffer())) } : { url };
    const { busy } = await addBusyCalendar(services, actor, { poolId, resourceId: resource, source });
    const ahead = busy.filter(({ until }) => until > services.clock()).length;
    throw back('calendar_added', String(ahead));
  });
});

const refused = (field: 'resource' | 'file' | 'source', reason: string) => new Problem('invalid_form', { field, reason });

export const meta: MetaFunction = () => [{ title: `${m.centre_busy_title()} · ${m.brand()}` }];

const FAULTS = {
  ...CALENDAR_FAULTS,
  source: m.centre_busy_fault_source,
  resource: m.centre_busy_fault_resource,
  too_many: m.centre_busy_fault_too_many,
};

export default function BusyCalendars() {
  const view = useView<typeof loader>();
  const { poolId, calendars, booked, planner, notice, timeZone, resources } = view;
  const back = useFormBack(FAULTS);
  return (
    <Workspace title={m.centre_busy_of({ pool: pick(view.nameZh, view.nameEn) })} notice={notice}>
      {booked.length > 0 && <TouchedOrders text={m.centre_busy_booked({ count: booked.length })} orders={booked} timeZone={timeZone} />}
      <p className="max-w-3xl">{m.centre_busy_text()}</p>
      <section className="card pad grid gap-3">
        <h2>{m.centre_busy_list()}</h2>
        {calendars.length === 0 ? <p className="muted">{m.centre_busy_none()}</p> : <Calendars {...view} />}
      </section>
      {planner ? (
        <Form method="post" encType="multipart/form-data" className="card pad grid max-w-3xl gap-4" aria-label={m.centre_busy_add()}>
          <h2>{m.centre_busy_add()}</h2>
          {/* What is of no field alone is said here. */}
          <FormTrouble back={back} {...(back.fault('source') === undefined ? { title: m.centre_busy_fault() } : {})} />
          <Select name="resource" label={m.centre_busy_resource()} defaultValue={back.text('resource')} {...back.errors('resource')}>
            {resources.map(({ id, nameZh, nameEn }) => (
              <option key={id} value={id}>
                {pick(nameZh, nameEn)}
              </option>
            ))}
          </Select>
          <TextField
            name="url"
            label={m.centre_busy_url()}
            hint={m.centre_busy_url_hint()}
            defaultValue={back.text('url')}
            inputMode="url"
            autoComplete="off"
            maxLength={1000}
            {...back.errors('url')}
          />
          <FileField
            label={m.centre_busy_file()}
            hint={m.centre_busy_file_hint()}
            {...back.errors('file')}
            most={10}
            name="file"
            accept=".ics,.ical,.ifb,text/calendar"
          />
          <div className="flex flex-wrap gap-3">
            <Submit name="intent" value="add" busy={m.centre_listing_busy()}>
              {m.centre_busy_submit()}
            </Submit>
            <A to={`/centre/pools/${poolId}`} className="btn quiet">
              {m.centre_busy_back()}
            </A>
          </div>
        </Form>
      ) : (
        <p className="muted">{m.centre_planners_only()}</p>
      )}
    </Workspace>
  );
}

type View = ViewOf<typeof loader>;

function Calendars({ calendars, resources, planner, timeZone }: View) {
  const nameOf = (id: string) => {
    const found = resources.find((one) => one.id === id);
    return found ? pick(found.nameZh, found.nameEn) : '';
  };
  return (
    <table className="data stack">
      <thead>
        <tr>
          <th scope="col">{m.centre_busy_resource()}</th>
          <th scope="col">{m.centre_busy_calendar()}</th>
          <th scope="col">{m.centre_busy_times()}</th>
          {planner && (
            <th scope="col">
              <span className="visually-hidden">{m.centre_busy_remove()}</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {calendars.map((calendar) => (
          <tr key={calendar.id}>
            <td>{nameOf(calendar.resourceId)}</td>
            <td data-label={m.centre_busy_calendar()}>
              <span className="grid">
                <span className="[overflow-wrap:anywhere]">{calendar.name}</span>
                {calendar.readAt !== null && (
                  <span className="tiny">
                    {calendar.again
                      ? m.centre_busy_hourly({ at: dayTime(calendar.readAt, { timeZone }) })
                      : m.centre_busy_once({
                          at: dayTime(calendar.readAt, { timeZone }),
                          until: date(calendar.readUntil ?? calendar.readAt, { timeZone }),
                        })}
                  </span>
                )}
                {calendar.fault && <span className="error-text">{faultOf(calendar.fault)}</span>}
                <AssumedList assumed={calendar.assumed} />
              </span>
            </td>
            <td data-label={m.centre_busy_times()}>
              <span className="grid">
                <span>{m.centre_busy_count({ count: calendar.times })}</span>
                {calendar.next && (
                  <span className="tiny">
                    {m.centre_busy_next({
                      from: dayTime(calendar.next.from, { timeZone }),
                      until: endText(calendar.next, timeZone),
                    })}
                  </span>
                )}
              </span>
            </td>
            {planner && (
              <td>
                <Form method="post" className="flex flex-wrap justify-end gap-2">
                  <input type="hidden" name="calendar" value={calendar.id} />
                  {calendar.again && (
                    <Submit name="intent" value="again" className="btn small" aria-label={`${m.centre_busy_again()}: ${calendar.name}`}>
                      {m.centre_busy_again()}
                    </Submit>
                  )}
                  <Submit name="intent" value="remove" className="btn small" aria-label={`${m.centre_busy_remove()}: ${calendar.name}`}>
                    {m.centre_busy_remove()}
                  </Submit>
                </Form>
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Within one day the time alone is shown. */
const endText = ({ from, until }: { from: number; until: number }, timeZone: string) =>
  (isoDay(from, timeZone) === isoDay(until, timeZone) ? time : dayTime)(until, { timeZone });

function faultOf(fault: NonNullable<View['calendars'][number]['fault']>): string {
  if ('unread' in fault) return m.centre_busy_unread({ count: fault.unread, lines: fault.lines });
  return m.centre_busy_kept({ reason: isCalendarFault(fault.fault) ? CALENDAR_FAULTS[fault.fault]() : '' });
}
