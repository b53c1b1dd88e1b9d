/** What a firm asks a centre to quote for, where nothing on sale answers it. */
import { cents, id, index, instant, int, table, text, uniqueIndex } from '../columns.ts';
import { service } from './catalogue.ts';
import { centre } from './centres.ts';
import { organisation } from './identity.ts';

export type EnquiryState = 'open' | 'answered' | 'declined' | 'withdrawn';

export const enquiry = table(
  'enquiry',
  {
    id: id().primaryKey(),
    centreId: id()
      .notNull()
      .references(() => centre.id),
    buyerId: id()
      .notNull()
      .references(() => organisation.id),
    /** Who asked, and is written to about the answer. */
    personId: id().notNull(),
    /** The search it came from, as an address of ours and as the person read it; empty when it came from none. */
    path: text().notNull().default(''),
    said: text().notNull().default(''),
    text: text().notNull().default(''),
    quantity: int().notNull(),
    /** ISO day; empty: no day was named. */
    neededBy: text().notNull().default(''),
    state: text().$type<EnquiryState>().notNull().default('open'),
    /** What the centre answers, or why it declines. */
    answer: text().notNull().default(''),
    /** Gross 分 from which the centre would do it; empty: it names none. */
    priceFrom: cents(),
    /** A service of the centre by which it can be booked. */
    serviceId: id().references(() => service.id),
    answeredById: id(),
    answeredAt: instant(),
    /** Of the form and what it held: sent a second time to the same centre, it is the same enquiry. */
    once: text().notNull(),
    createdAt: instant().notNull(),
  },
  (t) => [
    uniqueIndex('enquiry_once').on(t.centreId, t.once),
    index('enquiry_buyer').on(t.buyerId, t.id),
    index('enquiry_centre').on(t.centreId, t.state, t.id),
  ],
);
