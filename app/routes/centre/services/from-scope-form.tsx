import { Form } from '@remix-run/react';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { SCOPE_FAMILIES } from '#app/modules/catalogue/listing/draft-from-group.ts';
import { modesOf } from '#app/modules/catalogue/listing/family-fields.ts';
import type { viewUnlistedScope } from '#app/read-models/view-unlisted-scope.server.ts';
import { deliveryOf } from '#app/routes/catalogue/delivery-words.ts';
import { bookingName, familyName } from '#app/routes/catalogue/words.ts';
import { Select, Submit, TextField } from '#app/ui/form.tsx';
import type { useFormBack } from '#app/ui/form-answer.tsx';

type Scope = Awaited<ReturnType<typeof viewUnlistedScope>>;
type Props = {
  groups: Scope['groups'];
  pools: Scope['pools'];
  /** Every group that no service is sold on begins ticked. */
  all: boolean;
  /** Whether what is made can be put on sale at once. */
  sells: boolean;
  back: ReturnType<typeof useFormBack>;
};

/** What all have in common, and a line for each group: ticked, with its price. */
export function FromScopeForm({ groups, pools, all, sells, back }: Props) {
  const ticked = back.list('groups', all ? groups.filter(({ services }) => services === 0).map(({ key }) => key) : []);
  const typed = back.list('prices');
  const priced = new Map(back.list('keys').map((key, i) => [key, typed[i] ?? '']));
  const box = (name: string, value: string, chosen: readonly string[], text: string) => (
    <label key={value} className="flex min-h-11 items-center gap-3">
      <input type="checkbox" name={name} value={value} defaultChecked={chosen.includes(value)} />
      <span className="min-w-0">{text}</span>
    </label>
  );
  return (
    <Form method="post" className="card pad grid gap-6">
      <fieldset className="grid gap-3">
        <legend className="mb-3 text-[1.125rem] font-semibold">{m.centre_from_scope_common()}</legend>
        <div className="grid grid-cols-1 gap-4 sm:grid-cols-2 lg:grid-cols-3">
          <Select
            name="family"
            label={m.centre_listing_family()}
            defaultValue={back.text('family', 'calibration')}
            {...back.errors('family')}
          >
            {SCOPE_FAMILIES.map((family) => (
              <option key={family} value={family}>
                {familyName(family)}
              </option>
            ))}
          </Select>
          <TextField
            name="price"
            label={m.centre_from_scope_price()}
            hint={m.centre_from_scope_price_hint()}
            inputMode="decimal"
            maxLength={14}
            defaultValue={back.text('price')}
            {...back.errors('price')}
          />
          <Select name="booking" label={m.centre_listing_booking()} defaultValue={back.text('booking', 'instant')}>
            <option value="instant">{bookingName('instant')}</option>
            <option value="approve">{bookingName('approve')}</option>
          </Select>
          <TextField
            name="minutesPerItem"
            label={m.centre_listing_minutes_per_item()}
            inputMode="numeric"
            maxLength={6}
            defaultValue={back.text('minutesPerItem', '30')}
            {...back.errors('minutesPerItem')}
          />
          <TextField
            name="turnaroundDays"
            label={m.centre_listing_turnaround_days()}
            inputMode="numeric"
            maxLength={6}
            defaultValue={back.text('turnaroundDays', '5')}
            {...back.errors('turnaroundDays')}
          />
        </div>
      </fieldset>
      <fieldset>
        <legend className="mb-2 font-semibold">{m.centre_listing_section_pools()}</legend>
        {pools.length === 0 && <p className="muted">{m.centre_listing_pools_none()}</p>}
        <div className="grid gap-x-6 sm:grid-cols-3">
          {pools.map((pool) => box('poolIds', pool.id, back.list('poolIds'), pick(pool.nameZh, pool.nameEn)))}
        </div>
      </fieldset>
      <fieldset>
        <legend className="mb-2 font-semibold">{m.centre_listing_delivery_modes()}</legend>
        <div className="grid gap-x-6 sm:grid-cols-3">
          {modesOf('calibration').map((mode) =>
            box('deliveryModes', mode, back.list('deliveryModes', ['at_centre']), deliveryOf('calibration', mode)),
          )}
        </div>
      </fieldset>
      <table className="data stack">
        <thead>
          <tr>
            <th scope="col">{m.centre_from_scope_group()}</th>
            <th scope="col">{m.centre_listing_specification()}</th>
            <th scope="col">{m.centre_from_scope_sold()}</th>
            <th scope="col">{m.centre_listing_unit_net()}</th>
          </tr>
        </thead>
        <tbody>
          {groups.map(({ key, instrumentZh, instrumentEn, method, rows, services }) => {
            const name = pick(instrumentZh, instrumentEn);
            const wrong = back.fault(`row ${key}`);
            return (
              <tr key={key}>
                <td>
                  <label className="flex min-h-11 items-center gap-3">
                    <input type="checkbox" name="groups" value={key} defaultChecked={ticked.includes(key)} />
                    <span className="min-w-0">
                      {name} <span className="tiny">{m.centre_listing_scope_rows({ count: rows })}</span>
                    </span>
                  </label>
                </td>
                <td data-label={m.centre_listing_specification()}>{method || '–'}</td>
                <td data-label={m.centre_from_scope_sold()}>
                  {services > 0 ? <span className="chip">{m.centre_from_scope_services({ count: services })}</span> : '–'}
                </td>
                <td data-label={m.centre_listing_unit_net()}>
                  <span>
                    <input type="hidden" name="keys" value={key} />
                    <input
                      name="prices"
                      inputMode="decimal"
                      maxLength={14}
                      className="control w-32"
                      defaultValue={priced.get(key) ?? ''}
                      aria-label={`${m.centre_listing_unit_net()}${m.centre_list_colon()}${name} ${method}`}
                      aria-invalid={wrong !== undefined || undefined}
                    />
                    {wrong && (
                      <span className="error-text block">
                        {wrong === 'unticked' ? m.centre_from_scope_unticked() : m.centre_listing_fault_price()}
                      </span>
                    )}
                  </span>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <div className="flex flex-wrap gap-3 border-t border-line pt-4">
        {sells && (
          <Submit name="intent" value="publish" busy={m.centre_listing_busy()}>
            {m.centre_from_scope_publish()}
          </Submit>
        )}
        <Submit name="intent" value="draft" className={sells ? 'btn' : 'btn go'} busy={m.centre_listing_busy()}>
          {m.centre_from_scope_draft()}
        </Submit>
      </div>
    </Form>
  );
}
