/** What other modules ask of orders, as the piece of a statement that gives it without one of its own. */
import { type AnyColumn, type SQL, sql } from 'drizzle-orm';
import type { Progress } from '#db/schema/orders.ts';

/** For a select of a table that names an order. */
export const progressOf = (orderId: AnyColumn): SQL<Progress> =>
  // Spelled out: among the columns of one table drizzle leaves their table's name away, and here are two.
  sql<Progress>`(select o.progress from orders o where o.id = ${orderId})`;
