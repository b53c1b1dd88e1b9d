/** Invoices: the titles buyers keep, what they ask for and get, the red letters that take parts back, and how a centre is taxed. */
import { bool, cents, id, index, instant, int, json, primaryKey, table, text, uniqueIndex } from '../columns.ts';
import { centre } from './centres.ts';
import { organisation, person } from './identity.ts';
import { orders, type PriceLine } from './orders.ts';

/** 普通发票, or 增值税专用发票, whose tax the buyer may deduct. */
export type InvoiceKind = 'ordinary' | 'special';

/** What stands at the head of an invoice (抬头). A firm may have one of each kind under a tax id. */
export const invoiceTitle = table(
  'invoice_title',
  {
    id: id().primaryKey(),
    buyerId: id()
      .notNull()
      .references(() => organisation.id),
    kind: text().$type<InvoiceKind>().notNull(),
    name: text().notNull(),
    /** In its normal form, its check character held. */
    taxId: text().notNull(),
    email: text().notNull(),
    address: text().notNull().default(''),
    phone: text().notNull().default(''),
    bank: text().notNull().default(''),
    account: text().notNull().default(''),
    version: int().notNull().default(1),
    createdAt: instant().notNull(),
    updatedAt: instant().notNull(),
  },
  (t) => [uniqueIndex('invoice_title_once').on(t.buyerId, t.taxId, t.kind), index('invoice_title_buyer').on(t.buyerId, t.createdAt)],
);

/** A title as it was when an invoice was asked for: later changes leave the request alone. */
export type TitleAsked = {
  kind: InvoiceKind;
  name: string;
  taxId: string;
  email: string;
  address: string;
  phone: string;
  bank: string;
  account: string;
};

/** One price line of an order on an invoice, what was taken off spread over all. In 分. */
export type InvoicePart = Pick<PriceLine, 'key' | 'label' | 'quantity' | 'unitNet'> & { net: number; tax: number; gross: number };

/** One order on an invoice. Amounts in 分; `taxClass` (税收分类编码), `className` and `item` are empty where the centre has set none. */
export type InvoiceLine = {
  orderId: string;
  order: string;
  nameZh: string;
  nameEn: string;
  taxClass: string;
  className: string;
  item: string;
  quantity: number;
  net: number;
  basisPoints: number;
  tax: number;
  gross: number;
  /** What was bought, line by line: they sum to the order's. Missing on what was asked for before they were kept. */
  parts?: InvoicePart[];
};

export type InvoiceFile = { id: string; name: string; size: number };

/** `reversed`: red letters have taken all of it back, its orders may be invoiced again. */
export type InvoiceState = 'requested' | 'issued' | 'refused' | 'withdrawn' | 'reversed';

/** An invoice that was asked for, and what became of it. It is issued outside; here stand its number, day and files. */
export const invoice = table(
  'invoice',
  {
    id: id().primaryKey(),
    /** Short, readable, not guessable: FP-7K2M-Q9XD. */
    number: text().notNull(),
    buyerId: id()
      .notNull()
      .references(() => organisation.id),
    centreId: id()
      .notNull()
      .references(() => centre.id),
    /** Who asked, and is written to. */
    personId: id()
      .notNull()
      .references(() => person.id),
    state: text().$type<InvoiceState>().notNull(),
    title: json().$type<TitleAsked>().notNull(),
    note: text().notNull().default(''),
    /** As asked for; once it is issued, as it was issued. */
    lines: json().$type<InvoiceLine[]>().notNull(),
    /** Tax included, the sum of the lines. */
    amount: cents().notNull(),
    tax: cents().notNull(),
    currency: text().notNull().default('cny'),
    /** Why the centre refused. */
    reason: text().notNull().default(''),
    /** 发票号码, 20 digits. */
    invoiceNumber: text(),
    /** A day of the centre's zone, `2026-11-28`. */
    issuedOn: text(),
    issuedAt: instant(),
    /** The buyer has deducted or booked it: a red letter then needs the other side's confirmation. */
    usedAt: instant(),
    files: json().$type<InvoiceFile[]>().notNull(),
    /** Whose files they are. */
    filesOwnerId: id(),
    /** What the buyer sent with the form, once: a second submit of it finds this request. */
    submissionKey: text().notNull(),
    version: int().notNull().default(1),
    createdAt: instant().notNull(),
    updatedAt: instant().notNull(),
  },
  (t) => [
    uniqueIndex('invoice_own_number').on(t.number),
    uniqueIndex('invoice_number_once').on(t.invoiceNumber),
    uniqueIndex('invoice_submission').on(t.submissionKey, t.buyerId),
    index('invoice_buyer').on(t.buyerId, t.createdAt, t.id),
    index('invoice_centre').on(t.centreId, t.state, t.createdAt),
  ],
);

/** An order that is on a live invoice: on one at a time, whatever the code does. */
export const invoicedOrder = table(
  'invoiced_order',
  {
    orderId: id()
      .primaryKey()
      .references(() => orders.id),
    invoiceId: id()
      .notNull()
      .references(() => invoice.id),
    /** What was paid and not given back when it was asked for. */
    amount: cents().notNull(),
    /** Given back since, before the invoice was issued. */
    reduced: cents().notNull().default(0),
  },
  (t) => [index('invoiced_order_invoice').on(t.invoiceId)],
);

/** The title chosen for an order that is not paid yet: the invoice is asked for when it is. */
export const invoiceChoice = table(
  'invoice_choice',
  {
    orderId: id()
      .primaryKey()
      .references(() => orders.id),
    titleId: id()
      .notNull()
      .references(() => invoiceTitle.id),
    personId: id().notNull(),
  },
  (t) => [index('invoice_choice_title').on(t.titleId)],
);

export type RedLetterState = 'raised' | 'confirmed' | 'lapsed' | 'withdrawn' | 'issued';
/** `refund`: raised by a refund of one of its orders; `mistake` 开票有误: all that is left of the invoice. */
export type RedLetterReason = 'refund' | 'mistake';

/** A red letter (红字发票信息确认单, then 红字发票): takes back a part of an invoice, or all of it. */
export const redLetter = table(
  'red_letter',
  {
    id: id().primaryKey(),
    invoiceId: id()
      .notNull()
      .references(() => invoice.id),
    /** Of a refund; both empty for a mistake. */
    refundId: id(),
    orderId: id(),
    reason: text().$type<RedLetterReason>().notNull(),
    state: text().$type<RedLetterState>().notNull(),
    /** Tax included, above zero. */
    amount: cents().notNull(),
    tax: cents().notNull(),
    /** As it was when the letter was raised. */
    invoiceUsed: bool().notNull(),
    raisedAt: instant().notNull(),
    confirmedAt: instant(),
    /** 红字发票号码, 20 digits. */
    redNumber: text(),
    issuedOn: text(),
    files: json().$type<InvoiceFile[]>().notNull(),
    filesOwnerId: id(),
    version: int().notNull().default(1),
    updatedAt: instant().notNull(),
  },
  (t) => [
    uniqueIndex('red_letter_number_once').on(t.redNumber),
    index('red_letter_invoice').on(t.invoiceId, t.raisedAt),
    index('red_letter_state').on(t.state, t.raisedAt),
  ],
);

/** 6 % of a general taxpayer, 3 % or the reduced 1 % of a small-scale one, or exempt, which is not a rate of nought on the invoice. */
export type TaxRate = '6' | '3' | '1' | 'exempt';

/** The rate of a centre from a day of its zone on, until the next one begins. */
export const taxRate = table(
  'tax_rate',
  {
    centreId: id()
      .notNull()
      .references(() => centre.id),
    /** `2026-11-28`. */
    validFrom: text().notNull(),
    rate: text().$type<TaxRate>().notNull(),
    createdAt: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.centreId, t.validFrom] })],
);

/** What a centre writes on its invoices for a family of services: 税收分类编码, its short name, and the item. */
export const taxClass = table(
  'tax_class',
  {
    centreId: id()
      .notNull()
      .references(() => centre.id),
    /** Empty: all families that have none of their own. */
    family: text().notNull(),
    code: text().notNull(),
    name: text().notNull(),
    item: text().notNull(),
    updatedAt: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.centreId, t.family] })],
);
