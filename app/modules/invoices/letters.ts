/** What is written to buyers and centres about invoices and red letters. */
import { instant } from '#app/core/instants.ts';
import type { Letter, LetterContext, Letters } from '#app/core/letter.ts';
import type { Locale, MailKind } from '#app/core/mail.server.ts';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import type { InvoiceMailFacts } from './mail-facts.ts';

type InvoiceMail = Extract<MailKind, `invoice_${string}` | `red_letter_${string}`>;
type Subject = (names: { number: string }, options: { locale: Locale }) => string;

/** 分 in yuan. */
const money = (cents: number, locale: Locale) => new Intl.NumberFormat(locale, { style: 'currency', currency: 'CNY' }).format(cents / 100);
const centreOf = (f: InvoiceMailFacts, locale: Locale) => pick(f.centreZh, f.centreEn, locale);
const buyerOf = (f: InvoiceMailFacts, locale: Locale) => pick(f.buyerZh, f.buyerEn, locale);

type More = { reason?: string; red?: number; redNumber?: string };

function invoiceLetter(subject: Subject, text: string, f: InvoiceMailFacts, { locale, url }: LetterContext, more: More = {}): Letter {
  const rows: Letter['rows'] = [
    [m.invoices_letter_row_invoice_request({}, { locale }), f.number],
    [m.invoices_letter_row_invoice_number({}, { locale }), f.invoiceNumber],
    [m.invoices_letter_row_invoice_title({}, { locale }), f.titleName],
    [m.notices_row_amount({}, { locale }), money(f.amount, locale)],
    [m.invoices_letter_row_red_amount({}, { locale }), more.red ? money(more.red, locale) : ''],
    [m.invoices_letter_row_red_number({}, { locale }), more.redNumber ?? ''],
    [m.notices_row_reason({}, { locale }), more.reason ?? ''],
  ];
  return {
    subject: subject({ number: f.number }, { locale }),
    greeting: m.notices_hello({}, { locale }),
    paragraphs: [text],
    rows: rows.filter(([, value]) => value !== ''),
    action: { label: m.invoices_letter_action_invoice({}, { locale }), href: url(f.link) },
  };
}

export const invoiceLetters: Letters<InvoiceMail> = {
  invoice_requested: (f, c) =>
    invoiceLetter(
      m.invoices_letter_invoice_requested_subject,
      m.invoices_letter_invoice_requested_text({ buyer: buyerOf(f, c.locale) }, c),
      f,
      c,
    ),
  invoice_withdrawn: (f, c) => {
    const names = { buyer: buyerOf(f, c.locale) };
    const text = f.refunded
      ? m.invoices_letter_invoice_withdrawn_refunded_text(names, c)
      : m.invoices_letter_invoice_withdrawn_text(names, c);
    return invoiceLetter(m.invoices_letter_invoice_withdrawn_subject, text, f, c);
  },
  invoice_issued: (f, c) =>
    invoiceLetter(
      m.invoices_letter_invoice_issued_subject,
      m.invoices_letter_invoice_issued_text({ centre: centreOf(f, c.locale) }, c),
      f,
      c,
    ),
  invoice_refused: (f, c) => {
    const text = m.invoices_letter_invoice_refused_text({ centre: centreOf(f, c.locale) }, c);
    return invoiceLetter(m.invoices_letter_invoice_refused_subject, text, f, c, { reason: f.reason });
  },
  red_letter_raised: (f, c) => {
    const text =
      f.until === 0
        ? m.invoices_letter_red_letter_raised_text({}, c)
        : m.invoices_letter_red_letter_raised_used_text({ until: instant(f.until, f.timeZone, c.locale) }, c);
    return invoiceLetter(m.invoices_letter_red_letter_raised_subject, text, f, c, { red: f.red });
  },
  red_letter_to_confirm: (f, c) => {
    const names = { centre: centreOf(f, c.locale), until: instant(f.until, f.timeZone, c.locale) };
    return invoiceLetter(m.invoices_letter_red_letter_to_confirm_subject, m.invoices_letter_red_letter_to_confirm_text(names, c), f, c, {
      red: f.red,
    });
  },
  red_letter_confirmed: (f, c) => {
    const text = m.invoices_letter_red_letter_confirmed_text({ buyer: buyerOf(f, c.locale) }, c);
    return invoiceLetter(m.invoices_letter_red_letter_confirmed_subject, text, f, c, { red: f.red });
  },
  red_letter_lapsed: (f, c) =>
    invoiceLetter(m.invoices_letter_red_letter_lapsed_subject, m.invoices_letter_red_letter_lapsed_text({}, c), f, c, { red: f.red }),
  red_letter_issued: (f, c) => {
    const text = m.invoices_letter_red_letter_issued_text({ centre: centreOf(f, c.locale) }, c);
    return invoiceLetter(m.invoices_letter_red_letter_issued_subject, text, f, c, { red: f.red, redNumber: f.redNumber });
  },
};
