/** What pages call invoices, their states and what is wrong with a form of theirs. */
import * as m from '#app/i18n/paraglide/messages.js';
import type { Difference } from '#app/modules/invoices/compare-invoice.ts';
import { percent } from '#app/ui/format.ts';
import type { InvoiceKind, InvoiceState, RedLetterReason, RedLetterState } from '#db/schema/invoices.ts';

type Word = () => string;

const KIND: Record<InvoiceKind, Word> = { ordinary: m.invoices_kind_ordinary, special: m.invoices_kind_special };
export const kindName = (kind: InvoiceKind): string => KIND[kind]();

const STATE: Record<InvoiceState, [tone: string, name: Word]> = {
  requested: ['warn', m.invoices_state_requested],
  issued: ['ok', m.invoices_state_issued],
  refused: ['bad', m.invoices_state_refused],
  withdrawn: ['', m.invoices_state_withdrawn],
  reversed: ['', m.invoices_state_reversed],
};
export const stateName = (state: InvoiceState): string => STATE[state][1]();
export const stateTone = (state: InvoiceState): string => STATE[state][0];

const RED: Record<RedLetterState, [tone: string, name: Word]> = {
  raised: ['warn', m.invoices_red_raised],
  confirmed: ['info', m.invoices_red_confirmed],
  lapsed: ['bad', m.invoices_red_lapsed],
  withdrawn: ['', m.invoices_red_withdrawn],
  issued: ['ok', m.invoices_red_issued],
};
export const redName = (state: RedLetterState): string => RED[state][1]();
export const redTone = (state: RedLetterState): string => RED[state][0];

const REASON: Record<RedLetterReason, Word> = { refund: m.invoices_red_for_refund, mistake: m.invoices_red_for_mistake };
export const redReason = (reason: RedLetterReason): string => REASON[reason]();

const DIFFERENCE: Record<Difference, Word> = {
  refund_without_letter: m.invoices_differ_refund_without_letter,
  letter_lapsed: m.invoices_differ_letter_lapsed,
  letter_waits: m.invoices_differ_letter_waits,
  letter_without_refund: m.invoices_differ_letter_without_refund,
  lines_differ: m.invoices_differ_lines,
};
export const differenceName = (difference: Difference): string => DIFFERENCE[difference]();

/** Exempt is a word on an invoice, not a rate of nought. */
export const rateName = (basisPoints: number): string =>
  basisPoints === 0 ? m.invoices_exempt() : percent(basisPoints / 10_000, basisPoints % 100 === 0 ? 0 : 1);

export const TITLE_FAULTS = {
  'name.required': m.invoices_fault_name,
  'taxId.required': m.invoices_fault_tax_id,
  tax_id_length: m.invoices_fault_tax_id_length,
  tax_id_character: m.invoices_fault_tax_id_character,
  tax_id_check: m.invoices_fault_tax_id_check,
  email: m.invoices_fault_email,
  'email.required': m.invoices_fault_email,
  account: m.invoices_fault_account,
  characters: m.ui_fault_characters,
  stale: m.invoices_title_stale,
};

export const REQUEST_FAULTS = {
  'title.choose': m.invoices_fault_title,
  orders_none: m.invoices_fault_orders_none,
  orders_too_many: m.invoices_fault_orders_too_many,
  orders_two_centres: m.invoices_fault_orders_two_centres,
  orders_unpaid: m.invoices_fault_orders_unpaid,
  orders_already: m.invoices_fault_orders_already,
  orders_changed: m.invoices_fault_orders_changed,
};

export const ISSUE_FAULTS = {
  'invoiceNumber.required': m.invoices_fault_number,
  'invoiceNumber.number': m.invoices_fault_number,
  number_taken: m.invoices_fault_number_taken,
  day: m.invoices_fault_day,
  day_ahead: m.invoices_fault_day_ahead,
  day_early: m.invoices_fault_day_early,
  'amount.required': m.invoices_fault_amount,
  'amount.amount': m.invoices_fault_amount,
  amount_differs: m.invoices_fault_amount_differs,
  files_none: m.invoices_fault_files_none,
  files_twice: m.invoices_fault_files_twice,
  files_together: m.invoices_fault_files_together,
  file_empty: m.invoices_fault_file_empty,
  file_too_large: m.invoices_fault_file_too_large,
  file_kind: m.invoices_fault_file_kind,
  file_number: m.invoices_fault_file_number,
};
