/** Jobs: the work on each piece of a confirmed order. */
import { id, instant, int, primaryKey, table, text } from '../columns.ts';
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
