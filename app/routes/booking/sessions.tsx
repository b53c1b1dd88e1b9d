import * as m from '#app/i18n/paraglide/messages.js';
import type { OpenBooking } from '#app/read-models/view-booking.server.ts';
import { counted, span, zoneName } from './words.ts';

type Session = NonNullable<OpenBooking['sessions']>[number];
/** So few left are worth a warning. */
const FEW = 3;

export function seatsLeft({ left, tooSoon }: Pick<Session, 'left' | 'tooSoon'>): string {
  if (tooSoon) return m.booking_session_soon();
  if (left === 0) return m.booking_session_full();
  return left <= FEW ? m.booking_session_few({ left }) : m.booking_session_left({ left });
}

/** The dates of a course in place of the calendar: radio buttons of the form. One with fewer seats than are asked for cannot be chosen. */
export function Sessions({ view, chosen, errors }: { view: OpenBooking; chosen: number | null; errors?: string[] | undefined }) {
  const { service, week, quantity } = view;
  const sessions = view.sessions ?? [];
  return (
    <section className="card pad grid grid-cols-[minmax(0,1fr)] gap-4" aria-labelledby="sessions-title">
      <div>
        <h2 id="sessions-title">{m.booking_sessions_title()}</h2>
        <p className="muted text-[.875rem]">
          {m.booking_sessions_facts({ quantity: counted(service.unit, quantity), zone: zoneName(week.zone) })}
        </p>
      </div>
      {errors && (
        <p id="start-error" className="error-text" data-wrong="" tabIndex={-1}>
          {errors.join(' ')}
        </p>
      )}
      {sessions.length === 0 && (
        <div className="grid gap-2 rounded-field bg-sunk px-4 py-3">
          <p className="font-semibold">{m.booking_sessions_none()}</p>
          <p className="muted text-[.9375rem]">{m.booking_sessions_none_text()}</p>
        </div>
      )}
      <fieldset className="grid gap-2" aria-describedby={errors ? 'start-error' : undefined}>
        <legend className="visually-hidden">{m.booking_sessions_title()}</legend>
        {sessions.map((session) => {
          const free = !session.tooSoon && session.left >= quantity;
          return (
            <label
              key={session.startAt}
              className={`relative flex min-h-11 flex-wrap items-center justify-between gap-x-4 gap-y-1 rounded-field border px-4 py-2 ${free ? 'cursor-pointer border-line-strong bg-surface hover:border-ink-3 has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent/55' : 'border-line bg-sunk text-ink-2'}`}
            >
              <span className="flex items-center gap-3">
                <input
                  type="radio"
                  name="startAt"
                  value={session.startAt}
                  defaultChecked={session.startAt === chosen && free}
                  disabled={!free}
                />
                <b className="num font-semibold">{span(session.startAt, session.endAt, week.zone)}</b>
              </span>
              <span className="text-[.9375rem]">{seatsLeft(session)}</span>
            </label>
          );
        })}
      </fieldset>
    </section>
  );
}
