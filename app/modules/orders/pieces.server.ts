import { eq, sql } from 'drizzle-orm';
import type { Queries } from '#db/queries.ts';
import { orderItem, orders } from '#db/schema/orders.ts';

/** The pieces of the order `orderId` (a placeholder), for a statement built on it. One, at 0, where none is described: what was sold is work all the same. */
export const piecesOf = (q: Queries) =>
  q
    .select({ orderId: orders.id, position: sql<number>`coalesce(${orderItem.position}, 0)`.as('position') })
    .from(orders)
    .leftJoin(orderItem, eq(orderItem.orderId, orders.id))
    .where(eq(orders.id, sql.placeholder('orderId')))
    .as('piece');
