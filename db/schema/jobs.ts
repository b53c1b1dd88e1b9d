/** Jobs: the work on each piece of a confirmed order. */
import { id, index, instant, int, primaryKey, table, text } from '../columns.ts';
import { orders } from './orders.ts';

/** `refused`: not taken on when it came; `failed`: taken on and not to be done. The other pieces of the order go on. */
export type JobState = 'awaited' | 'received' | 'in_service' | 'reported' | 'closed' | 'refused' | 'failed' | 'cancelled';

export const job = table(
  'job',
  {
    orderId: id()
      .notNull()
      .references(() => orders.id),
    /** Of the piece in its order (`order_item`); 0 alone where the order describes none. */
    position: int().notNull(),
    state: text().$type<JobState>().notNull(),
    /** When it came into that state. */
    changedAt: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.orderId, t.position] })],
);

/** A report or certificate (证书、报告) a centre gave out on an order: what the buyer takes from the order's page. */
export const orderReport = table(
  'order_report',
  {
    fileId: id().primaryKey(),
    orderId: id()
      .notNull()
      .references(() => orders.id),
    /** Who gave it out. */
    personId: id().notNull(),
    name: text().notNull(),
    size: int().notNull(),
    createdAt: instant().notNull(),
  },
  (t) => [index('order_report_order').on(t.orderId)],
);
