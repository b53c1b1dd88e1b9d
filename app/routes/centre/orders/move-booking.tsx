import { Form } from '@remix-run/react';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import type { MoveDates } from '#app/read-models/view-move-dates.server.ts';
import { span } from '#app/routes/booking/words.ts';
import { Select, Submit, TextField } from '#app/ui/form.tsx';
import { useFormBack } from '#app/ui/form-answer.tsx';
import { dayTime, isoDay, time } from '#app/ui/format.ts';
import { A } from '#app/ui/link.tsx';

const WHY = {
  taken: m.centre_move_taken,
  taken_there: m.centre_move_taken_there,
  closed: m.centre_move_closed,
  dates: m.centre_move_dates,
  when: m.centre_move_when,
  resource: m.centre_move_resource_gone,
};

/** The buyer has been asked, and what can be done until the answer comes. */
export function MoveAsked({
  asked,
  timeZone,
  planner,
}: {
  asked: { startAt: number; expiresAt: number };
  timeZone: string;
  planner: boolean;
}) {
  return (
    <Form method="post" className="card pad grid gap-3">
      <h2>{m.centre_asked_title()}</h2>
      <p>{m.centre_asked_text({ proposed: dayTime(asked.startAt, { timeZone }), until: dayTime(asked.expiresAt, { timeZone }) })}</p>
      {planner && (
        <Submit name="intent" value="withdraw" className="btn">
          {m.centre_asked_withdraw()}
        </Submit>
      )}
    </Form>
  );
}

/** `12月2日 周三 09:00–16:00 · 剩余 4 / 6 座`, the present one named. */
const dateText = ({ startAt, endAt, left, seats }: MoveDates['dates'][number], now: number, timeZone: string) =>
  startAt === now
    ? m.centre_move_held({ resource: span(startAt, endAt, timeZone) })
    : `${span(startAt, endAt, timeZone)} · ${m.centre_date_seats({ left, seats })}`;

type Named = { id: string; nameZh: string; nameEn: string };

/** Another time for a booking, or, at its time, other resources. `pools` are the booking's; `held` what it has of them. */
export function MoveBooking({
  order: { startAt, timeZone, version },
  pools,
  held,
  dates,
}: {
  order: { startAt: number; timeZone: string; version: number };
  pools: (Named & { resources: Named[] })[];
  held: { id: string }[];
  /** Of a course that has dates. */
  dates: MoveDates | null;
}) {
  const back = useFormBack(WHY, (typed) => typed.intent?.[0] === 'move');
  const typed = (at: number) => `${isoDay(at, timeZone)}T${time(at, { timeZone })}`;
  return (
    <details className="card pad" open={back.refused || undefined}>
      <summary className="min-h-11 cursor-pointer font-semibold">{m.centre_move_title()}</summary>
      <Form method="post" className="grid gap-3">
        <p className="tiny">{m.centre_move_text()}</p>
        <input type="hidden" name="version" value={version} />
        {dates?.bound ? (
          <Select
            label={m.centre_move_date()}
            name="start"
            required
            defaultValue={back.text('start', typed(startAt))}
            {...back.errors('start')}
          >
            {dates.dates.map((one) => (
              <option key={one.startAt} value={typed(one.startAt)} disabled={!one.fits}>
                {dateText(one, startAt, timeZone)}
              </option>
            ))}
          </Select>
        ) : (
          <TextField
            label={m.centre_move_start()}
            name="start"
            type="datetime-local"
            required
            defaultValue={back.text('start', typed(startAt))}
            {...back.errors('start')}
          />
        )}
        {dates && !dates.bound && dates.dates.length > 0 && (
          <div className="tiny">
            {m.centre_move_dates_too()}
            <ul>
              {dates.dates.map((one) => (
                <li key={one.startAt}>{dateText(one, startAt, timeZone)}</li>
              ))}
            </ul>
          </div>
        )}
        {dates?.bound && (
          <A to={`/centre/services/${dates.serviceId}/dates`} className="link inline-flex min-h-6 items-center">
            {m.centre_dates_title()}
          </A>
        )}
        <Select label={m.centre_move_resource()} name="resource" defaultValue={back.text('resource')} {...back.errors('resource')}>
          <option value="">{m.centre_move_any()}</option>
          {pools.map((pool) => (
            <optgroup key={pool.id} label={pick(pool.nameZh, pool.nameEn)}>
              {pool.resources.map((one) => (
                <option key={one.id} value={one.id}>
                  {held.some(({ id }) => id === one.id)
                    ? m.centre_move_held({ resource: pick(one.nameZh, one.nameEn) })
                    : pick(one.nameZh, one.nameEn)}
                </option>
              ))}
            </optgroup>
          ))}
        </Select>
        <Submit name="intent" value="move" className="btn">
          {m.centre_move_submit()}
        </Submit>
      </Form>
    </details>
  );
}
