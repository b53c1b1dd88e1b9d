import { useState } from 'react';
import * as m from '#app/i18n/paraglide/messages.js';
import { handoverOf } from '#app/modules/catalogue/handover.ts';
import type { OpenBooking } from '#app/read-models/view-booking.server.ts';
import { TextArea, TextField } from '#app/ui/form.tsx';
import type { FieldErrors } from './read-form.ts';
import { EMPTY_ROW, MOST_ROWS, type Row, serialsOf } from './typed.ts';
import { errorsOf } from './words.ts';

/** A dozen numbers are seen at once, on a phone too. */
const MOST_LINES = 12;

/** What is sent: one row per kind of instrument, its serial numbers one per line. Works by submit buttons; the browser does it at once. */
export function Instruments({
  view,
  rows: typed,
  pieces,
  serials,
  repeated,
  quantity,
  errors,
}: {
  view: OpenBooking;
  rows: Row[];
  /** Pieces the rows describe, and how many of them have a number. */
  pieces: number;
  serials: number;
  /** Serial numbers that stand twice. */
  repeated: string[];
  quantity: number;
  errors: FieldErrors;
}) {
  const [rows, setRows] = useState(() => typed.map((row, id) => ({ ...row, id })));
  const [nextId, setNextId] = useState(typed.length);
  const add = () => {
    setRows([...rows, { ...EMPTY_ROW, id: nextId }]);
    setNextId(nextId + 1);
  };
  const wrong = errorsOf(errors, 'rows');
  const several = rows.length > 1;
  const testing = handoverOf({ family: view.service.family, deliveryMode: 'at_centre' }) === 'samples';
  return (
    <section className="card pad grid gap-4" aria-labelledby="instruments-title">
      <div>
        <h2 id="instruments-title">{testing ? m.booking_samples_title() : m.booking_instruments_title()}</h2>
        <p className="muted text-[.875rem]">{m.booking_instruments_hint()}</p>
      </div>
      {wrong && (
        <p className="error-text" data-wrong="" tabIndex={-1}>
          {wrong.join(' ')}
        </p>
      )}
      {rows.map((row, i) => (
        <fieldset key={row.id} className="grid gap-3 border-t border-line pt-4 first-of-type:border-0 first-of-type:pt-0">
          <legend className="visually-hidden">{m.booking_instrument_n({ n: i + 1 })}</legend>
          <div className="grid gap-3 sm:grid-cols-3">
            <TextField
              label={m.booking_item_name()}
              name={`rows.${i}.name`}
              defaultValue={row.name}
              maxLength={200}
              errors={errorsOf(errors, `rows.${i}.name`)}
            />
            <TextField
              label={m.booking_item_maker()}
              name={`rows.${i}.maker`}
              defaultValue={row.maker}
              maxLength={200}
              errors={errorsOf(errors, `rows.${i}.maker`)}
            />
            <TextField
              label={m.booking_item_model()}
              name={`rows.${i}.model`}
              defaultValue={row.model}
              maxLength={200}
              errors={errorsOf(errors, `rows.${i}.model`)}
            />
          </div>
          <TextArea
            label={m.booking_item_serials()}
            hint={view.quantity > 1 || several ? m.booking_item_serials_hint() : undefined}
            name={`rows.${i}.serials`}
            defaultValue={row.serials}
            rows={Math.min(MOST_LINES, Math.max(several ? 3 : view.quantity, serialsOf(row.serials).length))}
            style={{ minHeight: view.quantity > 1 ? undefined : 44, fontFamily: 'var(--font-mono)' }}
            errors={errorsOf(errors, `rows.${i}.serials`)}
          />
          {several && (
            <button
              type="submit"
              name="intent"
              value={`remove_row:${i}`}
              className="btn quiet justify-self-start"
              onClick={(e) => {
                e.preventDefault();
                setRows(rows.filter((r) => r.id !== row.id));
              }}
            >
              {m.booking_row_remove({ n: i + 1 })}
            </button>
          )}
        </fieldset>
      ))}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        {rows.length < MOST_ROWS && (
          <button
            type="submit"
            name="intent"
            value="add_row"
            className="btn small"
            onClick={(e) => {
              e.preventDefault();
              add();
            }}
          >
            + {m.booking_row_add()}
          </button>
        )}
        <p className={`text-[.875rem] ${pieces > quantity ? 'error-text' : 'muted'}`} aria-live="polite">
          {pieces > quantity ? m.booking_pieces_over({ pieces, quantity }) : m.booking_serials_count({ serials, quantity })}
        </p>
      </div>
      <p className="text-[.875rem] text-warn empty:hidden" aria-live="polite">
        {repeated.length > 0 && m.booking_serials_repeated({ serials: repeated.join(m.booking_list_comma()) })}
      </p>
    </section>
  );
}
