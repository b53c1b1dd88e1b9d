import { useLocation } from '@remix-run/react';
import { formTrouble } from '#app/http/form-trouble.ts';
import { localePath, pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { MOST_UNPAID_MINUTES, MOST_UNPAID_ORDERS } from '#app/modules/orders/unpaid-limit.ts';
import type { BookingView, OpenBooking } from '#app/read-models/view-booking.server.ts';
import { FormError } from '#app/ui/form.tsx';
import { date, dayTime, money } from '#app/ui/format.ts';
import { A } from '#app/ui/link.tsx';
import { Empty, Page } from '#app/ui/page.tsx';
import type { Refusal } from './answer.server.ts';
import type { Booker } from './page.server.ts';

const OFFERED = 3;

/** Why nothing was booked, what was kept, and what to do now. */
export function RefusalNotice({ refusal, view, requestedAt }: { refusal: Refusal; view: OpenBooking; requestedAt: number | null }) {
  const { pathname, search } = useLocation();
  const database = formTrouble(refusal.code);
  if (database)
    return (
      <FormError title={database.title}>
        <p>{database.text}</p>
      </FormError>
    );
  switch (refusal.code) {
    case 'slot_taken':
    case 'slot_closed':
      return (
        <FormError title={refusal.code === 'slot_taken' ? m.booking_slot_taken_title() : m.booking_slot_closed_title()}>
          <p>{m.booking_kept()}</p>
          <Nearest view={view} requestedAt={requestedAt} />
        </FormError>
      );
    case 'too_many_unpaid':
      return <Unpaid unpaid={refusal.unpaid} timeZone={view.week.zone} />;
    case 'sold_out':
      return (
        <FormError title={m.booking_sold_out_title()}>
          <p>{m.booking_kept()}</p>
        </FormError>
      );
    case 'start_gone':
      return (
        <FormError title={m.booking_start_gone_title()}>
          <p>{m.booking_start_gone_text()}</p>
        </FormError>
      );
    case 'price_changed':
      return (
        <FormError title={m.booking_price_changed_title()}>
          <p>
            {refusal.oldGross !== undefined && refusal.oldGross !== null && refusal.oldGross !== refusal.newGross
              ? m.booking_price_changed_text({ before: money(refusal.oldGross), now: money(refusal.newGross ?? 0) })
              : m.booking_terms_changed_text()}
          </p>
          <p>{m.booking_price_changed_next()}</p>
        </FormError>
      );
    case 'sign_in_required':
      return (
        <FormError title={m.booking_signed_out_title()}>
          <p>
            {m.booking_signed_out_text()}{' '}
            <a
              className="link"
              href={localePath(`/sign-in?next=${encodeURIComponent(pathname + search)}`)}
              target="_blank"
              rel="noreferrer"
            >
              {m.booking_signed_out_link()}
            </a>
          </p>
        </FormError>
      );
    case 'mandatory_verification':
      return (
        <FormError title={m.booking_mandatory_refused_title()}>
          <p>{m.booking_mandatory_refused_text()}</p>
        </FormError>
      );
    case 'stale':
      return (
        <FormError title={m.booking_stale_title()}>
          <p>{m.booking_stale_text()}</p>
        </FormError>
      );
    case 'forbidden':
      return <FormError title={m.booking_wrong_account()} />;
    default:
      return (
        <FormError title={m.booking_refused_title()}>
          <p>{m.booking_refused_text()}</p>
        </FormError>
      );
  }
}

/** What stands unpaid already, each with its way to be paid or given up; in a window of its own, so that nothing typed here is lost. */
function Unpaid({ unpaid, timeZone }: { unpaid: Refusal['unpaid']; timeZone: string }) {
  return (
    <FormError title={m.booking_unpaid_title()}>
      <p>
        {unpaid?.reason === 'minutes'
          ? m.booking_unpaid_minutes({ most: MOST_UNPAID_MINUTES / 60 })
          : m.booking_unpaid_orders({ most: MOST_UNPAID_ORDERS })}
      </p>
      <p>{m.booking_unpaid_kept()}</p>
      <ul className="mt-2 grid gap-1">
        {unpaid?.orders.map(({ number, nameZh, nameEn, gross, held, payBy, decideBy }) => {
          const until = dayTime((held ? payBy : decideBy) ?? 0, { timeZone });
          return (
            <li key={number}>
              <a className="link" href={localePath(`/orders/${number}`)} target="_blank" rel="noreferrer">
                {number}
              </a>{' '}
              {pick(nameZh, nameEn)} · {money(gross)} · {held ? m.booking_unpaid_pay_by({ until }) : m.booking_unpaid_decide_by({ until })}
            </li>
          );
        })}
      </ul>
    </FormError>
  );
}

/** The free starts nearest to the one that is gone. */
function Nearest({ view, requestedAt }: { view: OpenBooking; requestedAt: number | null }) {
  const near = view.week.days
    .flatMap((day) => day.starts.map((start) => start.at))
    .toSorted((a, b) => Math.abs(a - (requestedAt ?? 0)) - Math.abs(b - (requestedAt ?? 0)))
    .slice(0, OFFERED)
    .toSorted((a, b) => a - b);
  const offered = near.length > 0 ? near : view.nextFree === null ? [] : [view.nextFree];
  if (offered.length === 0) return null;
  return (
    <p className="mt-2 flex flex-wrap items-center gap-2">
      {m.booking_nearest()}
      {offered.map((at) => (
        <button key={at} type="submit" name="intent" value={`pick:${at}`} className="btn small">
          {dayTime(at, { timeZone: view.week.zone })}
        </button>
      ))}
    </p>
  );
}

/** Somebody who looks and cannot book is told so before filling anything in. */
export function BookerNotice({ booker, organisation }: { booker: Booker; organisation: string }) {
  if (booker === 'member' || booker === 'visitor') return null;
  const text =
    booker === 'nobody'
      ? m.booking_no_organisation()
      : booker === 'centre'
        ? m.booking_is_centre({ organisation })
        : m.booking_is_park({ organisation });
  return (
    <div className="rounded-field border border-warn/40 bg-warn-soft px-4 py-3 text-[.9375rem]" role="note">
      <p className="font-semibold text-warn">{m.booking_cannot_title()}</p>
      <p className="mt-1">{text}</p>
    </div>
  );
}

/** Why it cannot be booked now, and until when. */
export function Paused({ view }: { view: Extract<BookingView, { kind: 'paused' }> }) {
  const { slug, listed, until, timeZone, soldOut } = view;
  const name = pick(view.nameZh, view.nameEn);
  const gone = soldOut && until === null;
  return (
    <Page title={name} lead={pick(view.centreZh, view.centreEn)}>
      <Empty title={gone ? m.booking_sold_out_title() : m.booking_paused_title()}>
        {until !== null && <p className="font-semibold">{m.booking_paused_until({ day: date(until, { timeZone }) })}</p>}
        <p>{gone ? m.booking_sold_out_text() : m.booking_paused_text()}</p>
        <p className="flex flex-wrap gap-3">
          <A to={`/search?q=${encodeURIComponent(name)}`} className="btn go">
            {m.booking_paused_search()}
          </A>
          {listed && (
            <A to={`/services/${slug}`} className="btn">
              {m.booking_back_to_service()}
            </A>
          )}
        </p>
      </Empty>
    </Page>
  );
}
