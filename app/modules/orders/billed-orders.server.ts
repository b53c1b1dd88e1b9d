import { inArray } from 'drizzle-orm';
import type { Queries } from '#db/queries.ts';
import { orders } from '#db/schema/orders.ts';

/** What an invoice has to know of an order. */
const columns = {
  id: orders.id,
  number: orders.number,
  buyerId: orders.buyerId,
  personId: orders.personId,
  centreId: orders.centreId,
  payment: orders.payment,
  snapshot: orders.snapshot,
  quantity: orders.quantity,
  lines: orders.lines,
  currency: orders.currency,
  net: orders.net,
  vat: orders.vat,
  vatBasisPoints: orders.vatBasisPoints,
  gross: orders.gross,
  refunded: orders.refunded,
};

/** Orders by their ids or public numbers, whoever asks: the caller judges whose they are. Those that are not there are left out. */
export const billedOrders = (q: Queries, which: { ids: readonly string[] } | { numbers: readonly string[] }) =>
  q
    .select(columns)
    .from(orders)
    .where('ids' in which ? inArray(orders.id, [...which.ids]) : inArray(orders.number, [...which.numbers]));

export type BilledOrder = Awaited<ReturnType<typeof billedOrders>>[number];

/** Whether its money has come, and some of it has stayed. */
export const isPaid = ({ payment, gross, refunded }: Pick<BilledOrder, 'payment' | 'gross' | 'refunded'>): boolean =>
  (payment === 'paid' || payment === 'part_refunded') && gross > refunded;
