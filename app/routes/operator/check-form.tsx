import { Form } from '@remix-run/react';
import * as m from '#app/i18n/paraglide/messages.js';
import { FAMILIES } from '#app/modules/catalogue/facets.ts';
import { Submit, TextArea } from '#app/ui/form.tsx';
import { FormTrouble, useFormBack } from '#app/ui/form-answer.tsx';
import { familyName } from '../catalogue/words.ts';
import { REASON_FAULTS } from './words.ts';

/** Why a check was not put down. */
export const CHECK_FAULTS = {
  ...REASON_FAULTS,
  choose: m.operator_check_fault_families,
  changed: m.operator_check_fault_changed,
  decided: m.operator_check_fault_decided,
  ended: m.operator_check_fault_ended,
  no_certificate: m.operator_check_no_certificate_text,
};

/** Accept for some kinds of service, or refuse with a reason; what was typed comes back. */
export function CheckForm({ revision }: { revision: number }) {
  const back = useFormBack(CHECK_FAULTS);
  const ofFamilies = back.errors('families').errors?.[0];
  const described = [ofFamilies && 'families-fault', 'families-hint'].filter(Boolean).join(' ');
  // What was ticked for another state of it says nothing of this one.
  const ticked = back.trouble ? [] : back.list('families');
  return (
    <Form method="post" className="card pad grid max-w-3xl gap-4">
      <h2>{m.operator_decide()}</h2>
      <FormTrouble back={back} />
      <p className="muted">{m.operator_check_decide()}</p>
      <input type="hidden" name="revision" value={revision} />
      <fieldset className="grid gap-2" aria-describedby={described}>
        <legend className="mb-2 font-semibold">{m.operator_check_families()}</legend>
        {ofFamilies && (
          <p id="families-fault" className="error-text">
            {ofFamilies}
          </p>
        )}
        <p id="families-hint" className="tiny">
          {m.operator_check_families_hint()}
        </p>
        <div className="grid gap-x-6 sm:grid-cols-2">
          {FAMILIES.map((family) => (
            <label key={family} className="flex min-h-11 items-center gap-3">
              <input type="checkbox" name="families" value={family} defaultChecked={ticked.includes(family)} />
              <span>{familyName(family)}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <div>
        <Submit name="intent" value="accept">
          {m.operator_check_accept()}
        </Submit>
      </div>
      <div className="grid gap-3 border-t border-line pt-4">
        <TextArea
          name="reason"
          label={m.operator_reason()}
          hint={m.operator_check_reason_hint()}
          rows={4}
          defaultValue={back.text('reason')}
          {...back.errors('reason')}
        />
        <div>
          <Submit name="intent" value="refuse" className="btn danger">
            {m.operator_refuse()}
          </Submit>
        </div>
      </div>
    </Form>
  );
}
