import { Form } from '@remix-run/react';
import * as m from '#app/i18n/paraglide/messages.js';
import { Submit, TextArea } from '#app/ui/form.tsx';
import { FormTrouble, useFormBack } from '#app/ui/form-answer.tsx';
import { dayTime } from '#app/ui/format.ts';
import { timeZone } from './words.ts';

const FAULTS = {
  needed: m.operator_factor_reason_needed,
  too_long: m.operator_factor_reason_too_long,
  bad_character: m.operator_factor_reason_bad_character,
};

interface Found {
  id: string;
  email: string;
  operator: boolean;
  secondFactorSince: number | null;
  removal: { name: string; own: boolean; reason: string; until: number } | null;
}

/** Whether somebody has a second factor, and taking it off who has lost it. */
export function FactorRemoval({ found, self }: { found: Found; self: boolean }) {
  const back = useFormBack(FAULTS);
  const { id, email, operator, secondFactorSince: since, removal } = found;
  const when = (at: number) => dayTime(at, { timeZone });
  const confirms = removal !== null && !removal.own;
  return (
    <div className="grid gap-3 border-t border-line pt-4">
      <h3>{m.operator_factor_title()}</h3>
      <p>{since === null ? m.operator_factor_none() : m.operator_factor_since({ when: when(since) })}</p>
      {since !== null && self && <p className="tiny">{m.operator_factor_own()}</p>}
      {since !== null && !self && (
        <Form method="post" className="grid gap-3">
          <FormTrouble back={back} />
          <input type="hidden" name="person" value={id} />
          <input type="hidden" name="email" value={email} />
          <p className="tiny">{m.operator_factor_note()}</p>
          {operator && <p className="tiny">{m.operator_factor_two()}</p>}
          {removal && (
            <p className="[overflow-wrap:anywhere]">
              {removal.own
                ? m.operator_factor_asked_own({ until: when(removal.until) })
                : m.operator_factor_asked_by({ name: removal.name, until: when(removal.until), reason: removal.reason })}
            </p>
          )}
          <TextArea
            id="factor-reason"
            label={m.operator_factor_reason()}
            name="reason"
            rows={2}
            defaultValue={back.text('reason')}
            {...back.errors('reason')}
          />
          <Submit className="btn danger justify-self-start" name="intent" value="take-factor">
            {!operator ? m.operator_factor_remove() : confirms ? m.operator_factor_confirm() : m.operator_factor_ask()}
          </Submit>
        </Form>
      )}
    </div>
  );
}
