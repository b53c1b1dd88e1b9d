import { Form } from '@remix-run/react';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { Select, Submit, TextField } from '#app/ui/form.tsx';
import { useFormBack } from '#app/ui/form-answer.tsx';
import { dayTime, isoDay, time } from '#app/ui/format.ts';

const WHY = {
  taken: m.centre_move_taken,
  taken_there: m.centre_move_taken_there,
  closed: m.centre_move_closed,
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

type Named = { id: string; nameZh: string; nameEn: string };

/** Another time for a booking, or, at its time, other resources. `pools` are the booking's; `held` what it has of them. */
export function MoveBooking({
  order: { startAt, timeZone, version },
  pools,
  held,
}: {
  order: { startAt: number; timeZone: string; version: number };
  pools: (Named & { resources: Named[] })[];
  held: { id: string }[];
}) {
  const back = useFormBack(WHY, (typed) => typed.intent?.[0] === 'move');
  return (
    <details className="card pad" open={back.refused || undefined}>
      <summary className="min-h-11 cursor-pointer font-semibold">{m.centre_move_title()}</summary>
      <Form method="post" className="grid gap-3">
        <p className="tiny">{m.centre_move_text()}</p>
        <input type="hidden" name="version" value={version} />
        <TextField
          label={m.centre_move_start()}
          name="start"
          type="datetime-local"
          required
          defaultValue={back.text('start', `${isoDay(startAt, timeZone)}T${time(startAt, { timeZone })}`)}
          {...back.errors('start')}
        />
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
