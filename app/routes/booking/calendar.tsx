import { useNavigation } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import type { OpenBooking } from '#app/read-models/view-booking.server.ts';
import { date, day as dayName, isoDay, time } from '#app/ui/format.ts';
import { counted, lasting, span, zoneName } from './words.ts';

type Day = OpenBooking['week']['days'][number];
const DAY_MS = 86_400_000;
/** So many starts of a day are shown at first, spread over it; the others on request. */
const AT_FIRST = 5;

const shifted = (iso: string, days: number) => new Date(Date.parse(`${iso}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
/** A calendar day, shown as it was counted. */
const named = (iso: string) => dayName(Date.parse(`${iso}T00:00:00Z`), { timeZone: 'UTC' });

function spread(count: number): Set<number> {
  if (count <= AT_FIRST) return new Set(Array.from({ length: count }, (_, i) => i));
  return new Set(Array.from({ length: AT_FIRST }, (_, i) => Math.round((i * (count - 1)) / (AT_FIRST - 1))));
}

export function whyNone(none: NonNullable<Day['none']>, leadDays: number): string {
  switch (none.kind) {
    case 'holiday':
      return pick(none.special.nameZh, none.special.nameEn);
    case 'closure':
      return pick(none.closure.reasonZh, none.closure.reasonEn) || m.booking_day_closure();
    case 'before_lead_time':
      return m.booking_day_before_lead({ days: leadDays });
    case 'past':
      return m.booking_day_past();
    case 'beyond_horizon':
      return m.booking_day_beyond();
    case 'closed_weekday':
      return m.booking_day_closed();
    case 'full':
      return m.booking_day_full();
    case 'too_short':
      return m.booking_day_too_short();
  }
}

/** The free starts of a week: radio buttons of the form, so that changing the week loses nothing. */
export function Calendar({ view, chosen, errors }: { view: OpenBooking; chosen: number | null; errors?: string[] | undefined }) {
  const { service, week, minutes, pools, window } = view;
  const { zone, days } = week;
  const busy = useNavigation().state === 'submitting';
  const first = days[0]?.day ?? '';
  const all = days.flatMap((d) => d.starts);
  const elsewhere = chosen !== null && !days.some((d) => d.day === isoDay(chosen, zone));
  const more = days.some((d) => d.starts.length > AT_FIRST);
  const runsOn = all.find((start) => isoDay(start.at, zone) !== isoDay(start.until - 1, zone));
  const before = first > isoDay(window.from, zone);
  const after = shifted(first, days.length) < isoDay(window.until, zone) || view.nextFree !== null;
  const strip = useRef<HTMLFieldSetElement>(null);
  // On a phone three days show: begin at the first that has something.
  const shownFirst = (days.find((d) => d.starts.some((s) => s.at === chosen)) ?? days.find((d) => d.starts.length > 0))?.day;
  const scrolledFor = useRef('');
  useEffect(() => {
    const box = strip.current;
    const column = box?.querySelector<HTMLElement>(`[data-day="${shownFirst}"]`);
    if (!box || !column || scrolledFor.current === first) return;
    scrolledFor.current = first;
    box.scrollLeft = column.offsetLeft - 4;
  }, [first, shownFirst]);
  const go = (by: number) => `week:${shifted(first, by)}`;
  return (
    <section className="card pad group/cal grid grid-cols-[minmax(0,1fr)] gap-4" aria-labelledby="calendar-title">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-64">
          <h2 id="calendar-title">{m.booking_calendar_title()}</h2>
          <p className="muted text-[.875rem]">
            {m.booking_calendar_facts({ quantity: counted(service.unit, view.quantity), time: lasting(minutes), zone: zoneName(zone) })}
          </p>
        </div>
        <div className="flex gap-2">
          <button type="submit" name="intent" value={go(-days.length)} className="btn small" disabled={!before}>
            ‹ {m.booking_week_before()}
          </button>
          <button type="submit" name="intent" value={go(days.length)} className="btn small" disabled={!after}>
            {m.booking_week_after()} ›
          </button>
        </div>
      </div>
      {view.travelMinutes > 0 && (
        <p className="text-[.875rem] text-ink-2">{m.booking_travel_note({ time: lasting(view.travelMinutes) })}</p>
      )}
      {runsOn && (
        <p className="rounded-field bg-info-soft px-3 py-2 text-[.875rem] text-info">
          {m.booking_runs_on({ time: lasting(minutes + 2 * view.travelMinutes), span: span(runsOn.at, runsOn.until, zone) })}
        </p>
      )}
      {errors && (
        <p id="start-error" className="error-text" data-wrong="" tabIndex={-1}>
          {errors.join(' ')}
        </p>
      )}
      <p className="visually-hidden" aria-live="polite">
        {m.booking_week_of({ from: named(first), until: named(days.at(-1)?.day ?? first) })}
      </p>
      {elsewhere && (
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-[.9375rem]">
          <span className="chip ok">{m.booking_chosen()}</span>
          {`${dayName(chosen, { timeZone: zone })} ${time(chosen, { timeZone: zone })}`}
          <button type="submit" name="intent" value={`pick:${chosen}`} className="btn quiet">
            {m.booking_show_chosen()}
          </button>
        </p>
      )}
      {all.length === 0 && (
        <div className="grid justify-items-start gap-2 rounded-field bg-sunk px-4 py-3">
          {view.nextFree === null ? (
            <>
              <p className="font-semibold">{m.booking_all_full()}</p>
              <p className="muted text-[.9375rem]">{m.booking_all_full_next({ until: date(window.until - 1, { timeZone: zone }) })}</p>
            </>
          ) : (
            <>
              <p className="font-semibold">{m.booking_week_empty()}</p>
              <button type="submit" name="intent" value={`week:${mondayBefore(isoDay(view.nextFree, zone))}`} className="btn small">
                {m.booking_next_free({ when: `${dayName(view.nextFree, { timeZone: zone })} ${time(view.nextFree, { timeZone: zone })}` })}
              </button>
            </>
          )}
        </div>
      )}
      {more && (
        <input
          type="checkbox"
          id="all-times"
          className="peer/all visually-hidden"
          aria-label={m.booking_all_times()}
          form="no-form"
          defaultChecked={false}
        />
      )}
      <fieldset
        ref={strip}
        className={`relative -mx-1 grid min-w-0 snap-x auto-cols-[calc((100%_-_16px)/3)] grid-flow-col gap-2 overflow-x-auto px-1 pb-2 transition-opacity md:auto-cols-[minmax(80px,1fr)] ${busy ? 'opacity-50' : ''}`}
        aria-busy={busy}
        aria-describedby={errors ? 'start-error' : undefined}
        tabIndex={all.length === 0 ? 0 : undefined} // without a start in it, a keyboard can scroll it only so
      >
        <legend className="visually-hidden">{m.booking_calendar_title()}</legend>
        {days.map((d) => (
          <DayColumn key={d.day} day={d} chosen={chosen} zone={zone} leadDays={service.leadDays} />
        ))}
      </fieldset>
      {more && (
        <label
          htmlFor="all-times"
          className="btn quiet justify-self-start group-has-[#all-times:focus-visible]/cal:outline-3 group-has-[#all-times:focus-visible]/cal:outline-accent/55"
        >
          <span className="group-has-[#all-times:checked]/cal:hidden">{m.booking_all_times()}</span>
          <span className="hidden group-has-[#all-times:checked]/cal:inline">{m.booking_fewer_times()}</span>
        </label>
      )}
      <div className="tiny grid gap-1">
        <p>{m.booking_pools({ pools: pools.map((p) => pick(p.nameZh, p.nameEn)).join(m.booking_list_comma()) })}</p>
        {days.some((d) => !d.confirmed) && <p>{m.booking_unconfirmed_year({ year: first.slice(0, 4) })}</p>}
      </div>
    </section>
  );
}

function mondayBefore(iso: string): string {
  const weekday = (new Date(`${iso}T00:00:00Z`).getUTCDay() + 6) % 7;
  return shifted(iso, -weekday);
}

function DayColumn({ day, chosen, zone, leadDays }: { day: Day; chosen: number | null; zone: string; leadDays: number }) {
  const shown = spread(day.starts.length);
  const makeUp = day.special?.kind === 'make_up' ? day.special : null;
  return (
    <div className="grid snap-start content-start gap-1.5 text-center" data-day={day.day}>
      <p className="border-b border-line pb-1 text-[.8125rem] font-semibold text-ink-2">
        <time dateTime={day.day}>{named(day.day)}</time>
        {makeUp && <span className="block font-normal text-warn">{m.booking_make_up({ name: pick(makeUp.nameZh, makeUp.nameEn) })}</span>}
      </p>
      {day.none && <p className="px-1 pt-3 text-[.8125rem] text-ink-3">{whyNone(day.none, leadDays)}</p>}
      {day.starts.map((start, i) => (
        <label
          key={start.at}
          className={`${shown.has(i) ? 'grid' : 'hidden group-has-[#all-times:checked]/cal:grid has-checked:grid'} relative min-h-11 cursor-pointer place-items-center rounded-field border border-line-strong bg-surface text-[.9375rem] hover:border-ink-3 has-checked:border-accent has-checked:bg-accent has-checked:font-semibold has-checked:text-accent-ink has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent/55`}
        >
          <input
            type="radio"
            name="startAt"
            value={start.at}
            defaultChecked={start.at === chosen}
            className="visually-hidden"
            aria-label={`${named(day.day)} ${time(start.at, { timeZone: zone })}`}
          />
          <span aria-hidden="true">{time(start.at, { timeZone: zone })}</span>
        </label>
      ))}
    </div>
  );
}
