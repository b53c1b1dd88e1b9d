import { setImmediate } from 'node:timers/promises';
import { asc, inArray } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import type { Queries } from '#db/queries.ts';
import { centre } from '#db/schema/centres.ts';
import { orderItem, orders } from '#db/schema/orders.ts';
import { findBuyerOrders, searchWords } from './find-buyer-orders.server.ts';
import { isUnder, LAST, type OrderListQuestion } from './list-buyer-orders.server.ts';

const AT_ONCE = 200;

export type ExportedOrder = Awaited<ReturnType<typeof rowsOf>>[number];

/** Every order that the buyer's list would show, newest first, with what a bookkeeper asks; read in portions, others are served between. */
export async function exportBuyerOrders({ db }: Pick<Deps, 'db'>, actor: Actor, question: OrderListQuestion): Promise<ExportedOrder[]> {
  requireRight(actor, 'order.view');
  const { from = 0, until = LAST, tab } = question;
  const span = { buyerId: actor.organisationId, from, until };
  const found = await db.read((q) => findBuyerOrders(q, span, searchWords(question.words)));
  const ids = found.filter(({ progress }) => isUnder(tab, progress)).map(({ id }) => id);
  const all: ExportedOrder[] = [];
  for (let i = 0; i < ids.length; i += AT_ONCE) {
    const part = ids.slice(i, i + AT_ONCE);
    const rows = new Map((await db.read((q) => rowsOf(q, part))).map((row) => [row.id, row]));
    all.push(...part.flatMap((id) => rows.get(id) ?? []));
    await setImmediate();
  }
  return all;
}

async function rowsOf(q: Queries, ids: string[]) {
  const rows = await q
    .select({
      id: orders.id,
      number: orders.number,
      createdAt: orders.createdAt,
      startAt: orders.startAt,
      endAt: orders.endAt,
      timeZone: orders.timeZone,
      progress: orders.progress,
      payment: orders.payment,
      deliveryMode: orders.deliveryMode,
      snapshot: orders.snapshot,
      quantity: orders.quantity,
      purchaseOrder: orders.purchaseOrder,
      net: orders.net,
      vat: orders.vat,
      gross: orders.gross,
      refunded: orders.refunded,
      centreId: orders.centreId,
    })
    .from(orders)
    .where(inArray(orders.id, ids));
  const centreIds = [...new Set(rows.map((row) => row.centreId))];
  const named = await q.select({ id: centre.id, zh: centre.nameZh, en: centre.nameEn }).from(centre).where(inArray(centre.id, centreIds));
  const items = await q
    .select()
    .from(orderItem)
    .where(inArray(orderItem.orderId, ids))
    .orderBy(asc(orderItem.orderId), asc(orderItem.position));
  const byOrder = Map.groupBy(items, (item) => item.orderId);
  const centres = new Map(named.map((one) => [one.id, one]));
  return rows.map((row) => ({ ...row, centre: centres.get(row.centreId)!, items: byOrder.get(row.id) ?? [] }));
}
