/** Invoices: the titles buyers keep, and the rates of centres. */
import { id, index, instant, int, primaryKey, table, text, uniqueIndex } from '../columns.ts';
import { centre } from './centres.ts';
import { organisation } from './identity.ts';

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

/** 6 % of a general taxpayer, 3 % or the reduced 1 % of a small-scale one, or exempt, which is not a rate of nought on the invoice. */
export type TaxRate = '6' | '3' | '1' | 'exempt';

/** What a centre's invoices carry from a day on, until the next row begins. */
export const invoiceRate = table(
  'invoice_rate',
  {
    centreId: id()
      .notNull()
      .references(() => centre.id),
    /** A day of the centre's time zone: `2026-11-28`. */
    validFrom: text().notNull(),
    rate: text().$type<TaxRate>().notNull(),
    createdAt: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.centreId, t.validFrom] })],
);
