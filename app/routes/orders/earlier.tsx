import { Form } from '@remix-run/react';
import { localePath } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import type { OrderView } from '#app/read-models/view-order.server.ts';
import type { OrderOffers } from '#app/read-models/view-waiting.server.ts';
import { Submit } from '#app/ui/form.tsx';
import { dayTime } from '#app/ui/format.ts';
import { span } from '../booking/words.ts';
import { Countdown } from './countdown.tsx';
import { Notice } from './parts.tsx';

const SAID = {
  moved: m.order_said_moved,
  offer_declined: m.order_said_offer_declined,
  offer_gone: m.order_said_offer_gone,
  waiting: m.order_said_waiting,
  left: m.order_said_left,
  wait_refused: m.order_said_wait_refused,
};
export const EARLIER_SAID = Object.keys(SAID) as (keyof typeof SAID)[];

/** What was just answered, asked or left. */
export function EarlierSaid({ said }: { said: string | null }) {
  const name = EARLIER_SAID.find((known) => known === said);
  if (!name) return null;
  return <Notice tone={name === 'offer_gone' || name === 'wait_refused' ? 'warn' : 'ok'}>{SAID[name]()}</Notice>;
}

type Shown = { order: OrderView; now: number };
type Offered = NonNullable<OrderOffers['move']>;

const HOUR_MS = 3_600_000;

/** Takes or declines what is offered, with the time left. */
function Answer({ offer, take, now }: { offer: Offered; take: string; now: number }) {
  return (
    <Form method="post" action={localePath(`/offers/${offer.id}`)} className="flex flex-wrap items-center gap-3">
      <Submit name="intent" value="take" className="btn go">
        {take}
      </Submit>
      <Submit name="intent" value="decline" className="btn">
        {m.order_offer_decline()}
      </Submit>
      {offer.expiresAt - now < HOUR_MS && <Countdown until={offer.expiresAt} now={now} />}
    </Form>
  );
}

/** The centre asks to move the booking. */
export function MoveAsked({ order: { startAt, endAt, timeZone }, move, now }: Shown & { move: Offered }) {
  return (
    <section className="card pad grid gap-3 border-warn/40" aria-labelledby="asked-title">
      <h2 id="asked-title">{m.order_asked_title()}</h2>
      <p>{m.order_asked_text({ now: span(startAt, endAt, timeZone), proposed: span(move.startAt, move.endAt, timeZone) })}</p>
      <p className="muted text-[.9375rem]">{m.order_asked_until({ until: dayTime(move.expiresAt, { timeZone }) })}</p>
      <Answer offer={move} take={m.order_asked_agree()} now={now} />
    </section>
  );
}

/** An earlier time: asked for, waited for, or offered. */
export function Earlier({ order, offers: { place, earlier }, now }: Shown & { offers: OrderOffers }) {
  const { timeZone, startAt, number } = order;
  const joinable = order.progress === 'confirmed' && startAt > now;
  if (!place && !earlier && !joinable) return null;
  return (
    <section className="card pad grid gap-3" aria-labelledby="earlier-title">
      <h2 id="earlier-title">{m.order_earlier_title()}</h2>
      {earlier ? (
        <>
          <p>{m.order_offer_text({ when: span(earlier.startAt, earlier.endAt, timeZone) })}</p>
          <p className="muted text-[.9375rem]">{m.order_offer_until({ until: dayTime(earlier.expiresAt, { timeZone }) })}</p>
          <Answer offer={earlier} take={m.order_offer_take()} now={now} />
        </>
      ) : (
        <p className="text-[.9375rem]">
          {place ? m.order_earlier_waiting({ before: dayTime(startAt, { timeZone }) }) : m.order_earlier_text()}
        </p>
      )}
      <Form method="post" action={localePath('/waiting')}>
        {place ? <input type="hidden" name="place" value={place.id} /> : <input type="hidden" name="order" value={number} />}
        <Submit name="intent" value={place ? 'leave' : 'join'} className="btn small">
          {place ? m.order_earlier_leave() : m.order_earlier_join()}
        </Submit>
      </Form>
    </section>
  );
}
