import { and, asc, eq, inArray, lt } from 'drizzle-orm';
import { organisationNames } from '#app/modules/identity/names.server.ts';
import { countAll, type Queries } from '#db/queries.ts';
import { orderItem, orders } from '#db/schema/orders.ts';
import { jobColumns } from './order-row.server.ts';

/** So many of an order's instruments are named; the rest is a number. */
const ITEMS_NAMED = 3;

/** What was sold, to whom and with which instruments, of those of the orders that are the centre's. */
export async function bookedWork(q: Queries, centreId: string, ids: readonly string[]) {
  if (ids.length === 0) return [];
  const wanted = inArray(orderItem.orderId, [...ids]);
  const rows = await q
    .select({ ...jobColumns, address: orders.address, buyerId: orders.buyerId })
    .from(orders)
    .where(and(inArray(orders.id, [...ids]), eq(orders.centreId, centreId)));
  const items = await q
    .select({ orderId: orderItem.orderId, name: orderItem.name, model: orderItem.model, serial: orderItem.serial })
    .from(orderItem)
    .where(and(wanted, lt(orderItem.position, ITEMS_NAMED)))
    .orderBy(asc(orderItem.position));
  const counts = await q.select({ orderId: orderItem.orderId, count: countAll() }).from(orderItem).where(wanted).groupBy(orderItem.orderId);
  const buyers = await organisationNames(
    q,
    rows.map(({ buyerId }) => buyerId),
  );
  return rows.map(({ snapshot, buyerId, ...row }) => ({
    ...row,
    buyerZh: buyers.get(buyerId)?.nameZh ?? '',
    buyerEn: buyers.get(buyerId)?.nameEn ?? '',
    family: snapshot.family,
    serviceZh: snapshot.nameZh,
    serviceEn: snapshot.nameEn,
    items: items.filter((item) => item.orderId === row.id).map(({ orderId: _, ...item }) => item),
    itemCount: counts.find((one) => one.orderId === row.id)?.count ?? 0,
  }));
}
