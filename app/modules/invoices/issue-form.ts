/** What a centre fills in when it has issued an invoice or a red letter. A fault is a code; the page has the words. */
import { z } from 'zod';
import { given } from '#app/core/form.ts';
import { isInvoiceNumber, normalInvoiceNumber } from './invoice-number.ts';

export type IssueFault = 'number' | 'number_taken' | 'day' | 'day_ahead' | 'day_early' | 'amount' | 'amount_differs';
const fault = (code: IssueFault) => ({ error: code });

const invoiceNumber = given.transform((typed, context) => {
  const number = normalInvoiceNumber(typed);
  if (isInvoiceNumber(number)) return number;
  context.addIssue({ code: 'custom', message: typed === '' ? 'required' : ('number' satisfies IssueFault) });
  return z.NEVER;
});

/** A day there is: `2026-11-28`. */
const day = given.refine((typed) => /^\d{4}-\d{2}-\d{2}$/.test(typed) && isDay(typed), fault('day'));
const isDay = (text: string) => {
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
};

/** Yuan as people write them, in 分: `1 060.00`, `￥1,060`. */
const yuan = given.transform((typed, context) => {
  const plain = typed.normalize('NFKC').replace(/[\s,¥元]/g, '');
  const [, whole = '', part = ''] = /^(\d{1,10})(?:\.(\d{1,2}))?$/.exec(plain) ?? [];
  if (whole !== '') return Number(whole) * 100 + Number(part.padEnd(2, '0'));
  context.addIssue({ code: 'custom', message: typed === '' ? 'required' : ('amount' satisfies IssueFault) });
  return z.NEVER;
});

export const issueForm = z.object({ invoiceNumber, issuedOn: day, amount: yuan });
export type IssueInput = z.output<typeof issueForm>;
