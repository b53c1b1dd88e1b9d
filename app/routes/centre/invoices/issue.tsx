import { Form } from '@remix-run/react';
import * as m from '#app/i18n/paraglide/messages.js';
import { FileField, Submit, TextField } from '#app/ui/form.tsx';
import { FormTrouble, useFormBack } from '#app/ui/form-answer.tsx';
import { money } from '#app/ui/format.ts';
import { ISSUE_FAULTS } from '../../invoices/words.ts';

/** MB of the files together: MOST_INVOICE_BYTES, which stands where the files are read. */
const MOST_MB = 8;

/** Number, day, amount and files of what was issued outside: an invoice, or with `letter` the red invoice of that letter. */
export function IssueForm({ due, letter = '', today }: { due: number; letter?: string; today: string }) {
  const back = useFormBack(ISSUE_FAULTS, (typed) => typed.intent?.[0] === 'issue' && (typed.letter?.[0] ?? '') === letter);
  const red = letter !== '';
  return (
    <Form method="post" encType="multipart/form-data" className="grid gap-4">
      <FormTrouble back={back} />
      <input type="hidden" name="intent" value="issue" />
      <input type="hidden" name="letter" value={letter} />
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <TextField
          label={red ? m.invoices_red_number() : m.invoices_number()}
          hint={m.invoices_number_hint()}
          name="invoiceNumber"
          inputMode="numeric"
          required
          defaultValue={back.text('invoiceNumber')}
          {...back.errors('invoiceNumber')}
        />
        <TextField
          label={m.invoices_issued_on()}
          type="date"
          name="issuedOn"
          required
          max={today}
          defaultValue={back.text('issuedOn', today)}
          {...back.errors('issuedOn')}
        />
        <TextField
          label={red ? m.invoices_red_amount() : m.invoices_gross()}
          hint={red ? m.invoices_red_amount_hint({ due: money(due) }) : m.invoices_amount_hint({ due: money(due) })}
          name="amount"
          inputMode="decimal"
          required
          defaultValue={back.text('amount')}
          {...back.errors('amount')}
        />
        <FileField
          label={m.invoices_files()}
          hint={m.invoices_issue_files_hint()}
          name="files"
          multiple
          required
          most={MOST_MB}
          accept=".ofd,.xml,.pdf,application/ofd,application/xml,text/xml,application/pdf"
          {...back.errors('files')}
        />
      </div>
      <Submit className="btn go justify-self-start">{red ? m.invoices_red_issue() : m.invoices_issue()}</Submit>
    </Form>
  );
}
