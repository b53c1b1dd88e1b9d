/** Invoices: the titles buyers keep. */
import { id, index, instant, int, table, text, uniqueIndex } from '../columns.ts';
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
