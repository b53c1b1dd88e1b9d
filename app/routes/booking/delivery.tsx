import { withVat } from '#app/core/money.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { type Handover, handoverOf, type Work } from '#app/modules/catalogue/handover.ts';
import { ORDER_TEXT_NAMES, ORDER_TEXTS } from '#app/modules/orders/order-texts.ts';
import type { OpenBooking } from '#app/read-models/view-booking.server.ts';
import { TextArea, TextField } from '#app/ui/form.tsx';
import { money, percent } from '#app/ui/format.ts';
import type { DeliveryMode } from '#db/schema/catalogue.ts';
import { deliveryOf } from '../catalogue/delivery-words.ts';
import { TEXT_WORDS } from '../orders/text-words.ts';
import { ZoneField } from './price-fields.tsx';
import type { FieldErrors } from './read-form.ts';
import { needsAddress, type Typed } from './typed.ts';
import { errorsOf } from './words.ts';

const TEXT: Record<Handover, () => string> = {
  instruments: m.booking_mode_at_centre_text,
  samples: m.booking_mode_samples_text,
  course: m.booking_attend_text,
  equipment: m.booking_use_text,
  meeting: m.booking_meet_text,
  goods: m.booking_goods_collect_text,
  visit: m.booking_mode_on_site_text,
  remote: m.booking_mode_remote_text,
};
function textOf(work: Work): string {
  const handover = handoverOf(work);
  if (work.deliveryMode !== 'courier') return TEXT[handover]();
  return handover === 'goods' ? m.booking_goods_courier_text() : m.booking_mode_courier_text();
}
/** A text that may be longer gets a field of several lines. */
const ONE_LINE = 500;

/** How the work reaches the centre, and where it goes back to. The address shows by the chosen mode, without a script too. */
export function Delivery({ view, typed, errors }: { view: OpenBooking; typed: Typed; errors: FieldErrors }) {
  const { deliveryModes, tariff, family } = view.service;
  const zones = tariff.travelZones.map(({ net }) => net);
  const cost = (mode: DeliveryMode) => {
    const travel = zones.length > 0 ? Math.min(...zones) : tariff.travelNet;
    const net = mode === 'courier' ? tariff.courierNet : mode === 'on_site' ? travel : 0;
    const amount = `+ ${money(withVat(net, tariff.vatBasisPoints))}`;
    if (mode === 'on_site' && zones.length > 1) return m.booking_cost_from({ amount });
    return net > 0 ? amount : m.booking_free();
  };
  return (
    <section className="card pad group/way grid gap-4" aria-labelledby="delivery-title">
      <h2 id="delivery-title">{m.booking_delivery_title()}</h2>
      <fieldset className="grid gap-2" aria-labelledby="delivery-title">
        {deliveryModes.map((mode) => (
          <label
            key={mode}
            className="choice rounded-field border border-line px-4 py-2 has-checked:border-accent has-checked:bg-accent-soft"
          >
            <input type="radio" name="deliveryMode" value={mode} defaultChecked={mode === typed.deliveryMode} />
            <span className="min-w-0 flex-1">
              <span className="font-semibold">{deliveryOf(family, mode)}</span>
              <span className="muted block text-[.875rem]">{textOf({ family, deliveryMode: mode })}</span>
            </span>
            <span className="text-[.9375rem] whitespace-nowrap">{cost(mode)}</span>
          </label>
        ))}
      </fieldset>
      {errorsOf(errors, 'deliveryMode') && (
        <p className="error-text" data-wrong="" tabIndex={-1}>
          {errorsOf(errors, 'deliveryMode')?.join(' ')}
        </p>
      )}
      {deliveryModes.includes('on_site') && <ZoneField view={view} typed={typed} errors={errors} />}
      {deliveryModes.some(needsAddress) && (
        <fieldset className="hidden gap-3 group-has-[[value=courier]:checked]/way:grid group-has-[[value$=site]:checked]/way:grid sm:grid-cols-2">
          <legend className="mb-2 text-[.9375rem] font-semibold">{m.booking_address_title()}</legend>
          <TextField
            label={m.booking_address_recipient()}
            name="recipient"
            defaultValue={typed.recipient}
            maxLength={200}
            autoComplete="name"
            errors={errorsOf(errors, 'recipient')}
          />
          <TextField
            label={m.booking_address_phone()}
            name="phone"
            type="tel"
            defaultValue={typed.phone}
            maxLength={40}
            autoComplete="tel"
            errors={errorsOf(errors, 'phone')}
          />
          <TextField
            className="sm:col-span-2"
            label={m.booking_address_line()}
            name="line"
            defaultValue={typed.line}
            maxLength={500}
            autoComplete="street-address"
            errors={errorsOf(errors, 'line')}
          />
        </fieldset>
      )}
    </section>
  );
}

/** Haste, purchase order, notes, and the declaration the law asks for. */
export function Extras({ view, typed, errors, member }: { view: OpenBooking; typed: Typed; errors: FieldErrors; member: boolean }) {
  const { expediteBasisPoints } = view.service.tariff;
  const measured = view.service.family === 'calibration' || view.service.family === 'verification';
  if (expediteBasisPoints === null && !member) return null;
  return (
    <section className="card pad grid gap-4" aria-labelledby="extras-title">
      <h2 id="extras-title">{m.booking_extras_title()}</h2>
      {expediteBasisPoints !== null && (
        <label className="choice">
          <input type="checkbox" name="expedited" defaultChecked={typed.expedited} />
          <span>
            {m.booking_expedite({ share: percent(expediteBasisPoints / 10_000, 0) })}
            <span className="muted block text-[.875rem]">{m.booking_expedite_text()}</span>
          </span>
        </label>
      )}
      {member && view.service.asksTrained && (
        <div>
          <label className="choice">
            <input type="checkbox" name="trainedUser" defaultChecked={typed.trainedUser} />
            <span>
              {m.booking_trained()}
              <span className="muted block text-[.875rem]">{m.booking_trained_text()}</span>
            </span>
          </label>
          {errors.trainedUser && (
            <p className="error-text" data-wrong="" tabIndex={-1}>
              {m.booking_trained_required()}
            </p>
          )}
        </div>
      )}
      {member && measured && (
        <label className="choice">
          <input type="checkbox" name="mandatoryUse" defaultChecked={typed.mandatoryUse} />
          <span>
            {m.booking_mandatory()}
            <span className="muted block text-[.875rem]">{m.booking_mandatory_text()}</span>
          </span>
        </label>
      )}
      {member &&
        ORDER_TEXT_NAMES.map((name) => {
          const { name: label, hint } = TEXT_WORDS[name];
          const most = ORDER_TEXTS[name];
          const said = name === 'notes' && !measured ? m.booking_notes_hint_other : hint;
          const field = { label: label(), hint: said(), name, defaultValue: typed[name], maxLength: most, errors: errorsOf(errors, name) };
          return most > ONE_LINE ? <TextArea key={name} {...field} /> : <TextField key={name} className="sm:max-w-80" {...field} />;
        })}
    </section>
  );
}
