import { Form } from '@remix-run/react';
import { localePath, pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import type { listWaiting } from '#app/read-models/view-waiting.server.ts';
import { Submit } from '#app/ui/form.tsx';
import { dayTime } from '#app/ui/format.ts';
import { A } from '#app/ui/link.tsx';

/** What is kept for the buyer until when, and what is waited for. */
export function WaitingList({ waiting: { offers, places } }: { waiting: Awaited<ReturnType<typeof listWaiting>> }) {
  if (offers.length + places.length === 0) return null;
  return (
    <section className="card pad grid gap-3" aria-labelledby="waiting-title">
      <h2 id="waiting-title">{m.order_waiting_title()}</h2>
      <ul className="grid gap-3 text-[.9375rem]">
        {offers.map((offer) => {
          const { zone: timeZone } = offer;
          const to = offer.number ? `/orders/${offer.number}` : `/services/${offer.slug}/book?quantity=${offer.quantity}&offer=${offer.id}`;
          return (
            <li key={offer.id} className="flex flex-wrap items-center gap-x-4 gap-y-2">
              <span className="chip warn">{m.order_waiting_kept()}</span>
              <span className="min-w-0 flex-1 basis-64">
                {pick(offer.nameZh, offer.nameEn)} · {dayTime(offer.startAt, { timeZone })}
                <span className="tiny block">{m.order_offer_until({ until: dayTime(offer.expiresAt, { timeZone }) })}</span>
              </span>
              <A to={to} className="btn go small">
                {offer.number ? m.order_waiting_answer() : m.order_waiting_book()}
              </A>
              {!offer.number && (
                <Form method="post" action={localePath(`/offers/${offer.id}`)}>
                  <Submit name="intent" value="decline" className="btn small">
                    {m.order_offer_decline()}
                  </Submit>
                </Form>
              )}
            </li>
          );
        })}
        {places.map((place) => (
          <li key={place.id} className="flex flex-wrap items-center gap-x-4 gap-y-2">
            <span className="chip">{m.order_waiting_waits()}</span>
            <span className="min-w-0 flex-1 basis-64">
              <A to={place.number ? `/orders/${place.number}` : `/services/${place.slug}`} className="link">
                {pick(place.nameZh, place.nameEn)}
              </A>{' '}
              × {place.quantity}
              <span className="tiny block">{m.order_waiting_before({ before: dayTime(place.beforeAt, { timeZone: place.zone }) })}</span>
            </span>
            <Form method="post" action={localePath('/waiting')}>
              <input type="hidden" name="place" value={place.id} />
              <Submit name="intent" value="leave" className="btn small">
                {m.order_earlier_leave()}
              </Submit>
            </Form>
          </li>
        ))}
      </ul>
    </section>
  );
}
