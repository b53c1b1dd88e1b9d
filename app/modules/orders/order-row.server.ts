import { eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import { Problem } from '#app/core/problem.ts';
import { centreFacts, centreIdsOf } from '#app/modules/centres/centre-facts.server.ts';
import { prepare, type Queries } from '#db/queries.ts';
import { orders } from '#db/schema/orders.ts';
import type { Side } from './policy.ts';

export type Order = typeof orders.$inferSelect;

/** What a centre's lists say of an order: what is to be done, when, how it comes. */
export const jobColumns = {
  id: orders.id,
  number: orders.number,
  version: orders.version,
  progress: orders.progress,
  deliveryMode: orders.deliveryMode,
  expedited: orders.expedited,
  snapshot: orders.snapshot,
  quantity: orders.quantity,
  startAt: orders.startAt,
  endAt: orders.endAt,
};

/** @throws Problem not_found */
export async function orderById(q: Queries, orderId: string): Promise<Order> {
  const [order] = await prepare(q, 'order_by_id', (p) =>
    p
      .select()
      .from(orders)
      .where(eq(orders.id, sql.placeholder('orderId'))),
  ).execute({ orderId });
  if (!order) throw new Problem('not_found');
  return order;
}

/**
 * An order by its public number, for somebody who is party to it.
 * @throws Problem not_found for everybody else: they must not learn that it exists
 */
export async function orderFor(q: Queries, actor: Actor, number: string): Promise<{ order: Order; side: Side }> {
  const [found] = await prepare(q, 'order_by_number', (p) => {
    const at = centreFacts(p);
    return p
      .select({ order: orders, centreOrganisationId: at.organisationId })
      .from(orders)
      .innerJoin(at, eq(at.id, orders.centreId))
      .where(eq(orders.number, sql.placeholder('number')));
  }).execute({ number });
  if (found && actor.organisationKind === 'sme' && found.order.buyerId === actor.organisationId)
    return { order: found.order, side: 'buyer' };
  if (found && actor.organisationKind === 'centre' && found.centreOrganisationId === actor.organisationId)
    return { order: found.order, side: 'centre' };
  throw new Problem('not_found');
}

/** For a query over `orders`: those the actor's organisation is party to. */
export const partyTo = (q: Queries, { organisationKind, organisationId }: Actor): SQL | undefined =>
  organisationKind === 'sme' ? eq(orders.buyerId, organisationId) : inArray(orders.centreId, centreIdsOf(q, organisationId));

/** An order at the actor's own centre. @throws Problem not_found for everybody else, its buyer too: deciding is the centre's */
export async function centreOrder(q: Queries, actor: Actor, number: string): Promise<Order> {
  const { order, side } = await orderFor(q, actor, number);
  if (side !== 'centre') throw new Problem('not_found');
  return order;
}

/** The queues (`Database.write`) that a change of an order's cells waits in: one per pool. None for an order that is not there. */
export async function linesOf(q: Queries, which: { id: string } | { number: string }): Promise<readonly string[]> {
  const [order] = await q
    .select({ snapshot: orders.snapshot })
    .from(orders)
    .where('id' in which ? eq(orders.id, which.id) : eq(orders.number, which.number));
  return order?.snapshot.poolIds ?? [];
}
