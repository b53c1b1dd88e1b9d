import { Form } from '@remix-run/react';
import * as m from '#app/i18n/paraglide/messages.js';
import type { DocumentsFault, EntryFault, StatementFault } from '#app/modules/centres/verification/request-rules.ts';
import { FileField, Submit, TextArea } from '#app/ui/form.tsx';
import { FormTrouble, useFormBack } from '#app/ui/form-answer.tsx';

const STATEMENT_FAULTS: Record<StatementFault, () => string> = {
  needed: m.centre_claim_fault_statement,
  too_long: m.centre_claim_fault_statement_long,
  bad_character: m.centre_claim_fault_character,
};
const DOCUMENTS_FAULTS: Record<DocumentsFault, () => string> = {
  none: m.centre_claim_fault_documents,
  too_many: m.centre_claim_fault_too_many,
  together: m.centre_claim_fault_together,
  file_empty: m.centre_accreditation_fault_file_empty,
  file_too_large: m.centre_accreditation_fault_file_too_large,
  file_kind: m.centre_accreditation_fault_file_kind,
};
export const ENTRY_FAULTS: Record<EntryFault, () => string> = {
  taken: m.centre_claim_fault_taken,
  verified: m.centre_claim_fault_verified,
  own_entry: m.centre_claim_fault_own_entry,
  waiting: m.centre_claim_fault_waiting,
};

const FAULTS = {
  ...STATEMENT_FAULTS,
  ...ENTRY_FAULTS,
  ...Object.fromEntries(Object.entries(DOCUMENTS_FAULTS).map(([code, say]) => [`documents.${code}`, say])),
};

/** Statement and documents; files cannot be given back to a browser, so what was chosen is chosen anew. */
export function VerificationRequestForm({ again }: { again: boolean }) {
  const back = useFormBack(FAULTS);
  const ofEntry = back.fault('entry') !== undefined;
  return (
    <Form method="post" encType="multipart/form-data" className="card pad grid max-w-3xl gap-4">
      <h2>{again ? m.centre_claim_again() : m.centre_claim_needed()}</h2>
      <FormTrouble back={back} {...(ofEntry ? {} : { title: m.centre_claim_fault() })} />
      <ul className="grid list-disc gap-1 pl-5">
        <li>{m.centre_claim_needed_licence()}</li>
        <li>{m.centre_claim_needed_letter()}</li>
        <li>{m.centre_claim_needed_approval()}</li>
      </ul>
      <TextArea
        name="statement"
        label={m.centre_claim_statement()}
        hint={m.centre_claim_statement_hint()}
        rows={5}
        defaultValue={back.text('statement')}
        {...back.errors('statement')}
      />
      <FileField
        label={m.centre_claim_documents()}
        hint={m.centre_claim_documents_hint()}
        name="documents"
        multiple
        most={8}
        accept=".pdf,.png,.jpg,.jpeg,application/pdf,image/png,image/jpeg"
        {...back.errors('documents')}
      />
      <Submit className="btn go justify-self-start" name="intent" value="ask" busy={m.centre_claim_busy()}>
        {m.centre_claim_submit()}
      </Submit>
    </Form>
  );
}
