import { getTableColumns, sql } from 'drizzle-orm';
import { prepare, type Queries } from '#db/queries.ts';
import { orderItem, orders } from '#db/schema/orders.ts';
import type { BookingInput } from './booking-form.ts';
import type { Order } from './order-row.server.ts';

const placeholders = Object.fromEntries(Object.keys(getTableColumns(orders)).map((name) => [name, sql.placeholder(name)]));

/** Writes a new order with its items: the walk of every booking, so both statements are built once. */
export async function insertOrder(tx: Queries, order: Order, items: BookingInput['items']): Promise<void> {
  await prepare(tx, 'order_insert', (q) => q.insert(orders).values(placeholders as unknown as Order)).execute(order);
  for (const [position, item] of items.entries())
    await prepare(tx, 'order_item_insert', (q) =>
      q.insert(orderItem).values({
        orderId: sql.placeholder('orderId'),
        position: sql.placeholder('position'),
        name: sql.placeholder('name'),
        maker: sql.placeholder('maker'),
        model: sql.placeholder('model'),
        serial: sql.placeholder('serial'),
      }),
    ).execute({ orderId: order.id, position, ...item });
}
