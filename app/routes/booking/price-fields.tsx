import { withVat } from '#app/core/money.ts';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { MOST_POINTS, rangeKey } from '#app/modules/catalogue/price-rules.ts';
import type { OpenBooking } from '#app/read-models/view-booking.server.ts';
import { Select, TextField } from '#app/ui/form.tsx';
import { money } from '#app/ui/format.ts';
import type { FieldErrors } from './read-form.ts';
import type { Typed } from './typed.ts';
import { errorsOf } from './words.ts';

type Props = { view: OpenBooking; typed: Typed; errors: FieldErrors };

/** What else a piece's price depends on, where the service says so. */
export function PriceFields({ view, typed, errors }: Props) {
  const { rangePrices, perPointNet, includedPoints, vatBasisPoints } = view.service.tariff;
  const price = money(withVat(perPointNet, vatBasisPoints));
  return (
    <>
      {rangePrices.length > 0 && (
        <Select
          className="min-w-0 basis-64"
          label={m.booking_range()}
          hint={m.booking_range_hint()}
          name="range"
          defaultValue={typed.range}
          errors={errorsOf(errors, 'range')}
        >
          {rangePrices.map((row) => (
            <option key={rangeKey(row)} value={rangeKey(row)}>
              {m.booking_range_option({ range: rangeKey(row), price: money(withVat(row.unitNet, vatBasisPoints)) })}
            </option>
          ))}
        </Select>
      )}
      {perPointNet > 0 && (
        <TextField
          label={m.booking_points()}
          hint={includedPoints > 0 ? m.booking_points_hint({ included: includedPoints, price }) : m.booking_points_hint_none({ price })}
          name="points"
          type="number"
          inputMode="numeric"
          min={1}
          max={MOST_POINTS}
          defaultValue={typed.points}
          className="w-52"
          errors={errorsOf(errors, 'points', MOST_POINTS)}
        />
      )}
    </>
  );
}

/** Where the technician travels to: asked only on site, without a script too. */
export function ZoneField({ view, typed, errors }: Props) {
  const { travelZones, vatBasisPoints } = view.service.tariff;
  if (travelZones.length === 0) return null;
  return (
    <Select
      className="hidden group-has-[[value$=site]:checked]/way:grid"
      label={m.booking_zone()}
      name="zone"
      defaultValue={typed.zone}
      errors={errorsOf(errors, 'zone')}
    >
      {travelZones.map(({ nameZh, nameEn, net, minutes }) => (
        <option key={nameZh} value={nameZh}>
          {m.booking_zone_option({ name: pick(nameZh, nameEn), amount: money(withVat(net, vatBasisPoints)), minutes })}
        </option>
      ))}
    </Select>
  );
}
