import { type Mail, type MailFacts, type MailKind, queueMail } from '#app/core/mail.server.ts';
import { placeOfCentre } from '#app/modules/centres/centre-facts.server.ts';
import { membersOf } from '#app/modules/identity/members-of.server.ts';
import { organisationOf } from '#app/modules/identity/organisations.server.ts';
import { addresseeOf } from '#app/modules/identity/people.server.ts';
import { can } from '#app/modules/identity/policy.ts';
import type { Queries } from '#db/queries.ts';
import type { Invoice } from './invoice-row.server.ts';
import { zoneOfCentre } from './invoice-zone.server.ts';
import type { InvoiceMailFacts } from './mail-facts.ts';

type InvoiceMail = Extract<MailKind, `invoice_${string}` | `red_letter_${string}`>;
type Extra<K extends InvoiceMail> = Omit<MailFacts[K], keyof InvoiceMailFacts>;

/**
 * Writes to who asked for the invoice; with `toTitle` also to the address of the title, where the firm wants its invoices.
 * @param once tells two mails of one kind about one invoice apart
 */
export async function mailBuyerOfInvoice<K extends InvoiceMail>(
  tx: Queries,
  row: Invoice,
  kind: K,
  extra: Extra<K>,
  now: number,
  { once = '', toTitle = false }: { once?: string; toTitle?: boolean } = {},
) {
  const person = await addresseeOf(tx, row.personId);
  if (!person) return;
  const facts = { ...(await factsOf(tx, row, `/invoices/${row.number}`)), ...extra };
  const to = new Set([person.email, ...(toTitle ? [row.title.email] : [])]);
  for (const email of to) await queue(tx, { kind, to: email, locale: person.locale, facts }, `${kind}:${row.id}:${email}:${once}`, now);
}

/** Writes to everybody of the centre who issues invoices, each in their own language. */
export async function mailCentreOfInvoice<K extends InvoiceMail>(
  tx: Queries,
  row: Invoice,
  kind: K,
  extra: Extra<K>,
  now: number,
  { once = '' }: { once?: string } = {},
) {
  const place = await placeOfCentre(tx, row.centreId);
  if (!place?.organisationId) return;
  const facts = { ...(await factsOf(tx, row, `/centre/invoices/${row.number}`)), ...extra };
  for (const { id, email, locale, role } of await membersOf(tx, place.organisationId))
    if (can({ organisationKind: 'centre', role }, 'invoice.issue'))
      await queue(tx, { kind, to: email, locale, facts }, `${kind}:${row.id}:${id}:${once}`, now);
}

const queue = (tx: Queries, mail: { kind: InvoiceMail; to: string; locale: string; facts: object }, dedupeKey: string, now: number) =>
  queueMail(tx, { ...mail, dedupeKey } as unknown as Mail, now); // kind and facts belong together by the signatures above

async function factsOf(tx: Queries, row: Invoice, link: string): Promise<InvoiceMailFacts> {
  const place = await placeOfCentre(tx, row.centreId);
  const buyer = await organisationOf(tx, row.buyerId);
  return {
    number: row.number,
    invoiceNumber: row.invoiceNumber ?? '',
    titleName: row.title.name,
    amount: row.amount,
    centreZh: place?.nameZh ?? '',
    centreEn: place?.nameEn ?? '',
    buyerZh: buyer?.nameZh ?? '',
    buyerEn: buyer?.nameEn ?? '',
    timeZone: await zoneOfCentre(tx, row.centreId),
    link,
  };
}
