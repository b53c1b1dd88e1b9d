import * as m from '#app/i18n/paraglide/messages.js';
import type { OpenBooking } from '#app/read-models/view-booking.server.ts';
import { TextField } from '#app/ui/form.tsx';
import { isoDay } from '#app/ui/format.ts';
import type { Booker } from './page.server.ts';
import type { FieldErrors } from './read-form.ts';
import type { Typed } from './typed.ts';
import { errorsOf } from './words.ts';

/** Nothing early enough: the waiting list. Part of the booking form, so that what was typed is kept. */
export function Wait({ view, typed, errors, booker }: { view: OpenBooking; typed: Typed; errors: FieldErrors; booker: Booker }) {
  if (booker !== 'member' && booker !== 'visitor') return null;
  const wrong = errorsOf(errors, 'waitBefore');
  const { zone } = view.week;
  return (
    <details className="card pad" open={wrong ? true : undefined}>
      <summary className="min-h-6 cursor-pointer font-semibold">{m.booking_wait_title()}</summary>
      <div className="mt-2 flex flex-wrap items-end gap-3">
        <TextField
          label={m.booking_wait_before()}
          hint={m.booking_wait_hint()}
          name="waitBefore"
          type="date"
          min={isoDay(view.window.from, zone)}
          max={isoDay(view.window.until, zone)}
          defaultValue={typed.waitBefore}
          errors={wrong}
        />
        <button type="submit" name="intent" value="wait" className="btn">
          {m.booking_wait_join()}
        </button>
      </div>
    </details>
  );
}
