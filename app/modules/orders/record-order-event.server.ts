import { and, eq, sql } from 'drizzle-orm';
import { audit } from '#app/core/audit.server.ts';
import type { HookFacts } from '#app/core/hooks.ts';
import { newId } from '#app/core/ids.server.ts';
import { Problem } from '#app/core/problem.ts';
import { prepare, type Queries } from '#db/queries.ts';
import { type OrderState, orderEvent, orders } from '#db/schema/orders.ts';
import { countChange } from './count-unpaid.server.ts';
import { next, ORDER, type OrderMove, stateOf } from './machines.ts';
import type { Order } from './order-row.server.ts';

/** What happened to an order: a line of its timeline (`orders_event_<kind>`) and of its audit chain. */
export type OrderEvent = {
  kind: OrderEventKind;
  /** Empty: the platform itself. */
  actorId: string | null;
  data?: Record<string, string | number>;
};
export type OrderEventKind =
  | 'requested'
  | 'held'
  | 'accepted'
  | 'declined'
  | 'paid'
  | 'late_booked'
  | 'late_no_slot'
  /** Paid while the centre was not verified: all goes back, nothing is booked. */
  | 'paid_unverified'
  | 'payment_started'
  | 'payment_failed'
  | 'moved'
  | 'move_asked'
  | 'move_refused'
  | 'move_withdrawn'
  | 'received'
  | 'in_service'
  | 'reported'
  | 'closed'
  /** Some of its pieces: the order shows where the last one is. */
  | 'pieces_moved'
  /** A document that came after the word that the report is out. */
  | 'report_added'
  | 'cancelled'
  | 'expired'
  | 'refunded'
  | 'refund_failed';

type Changes = Partial<Omit<typeof orders.$inferInsert, 'id' | 'version' | 'updatedAt'>>;

/** The state an event leads to. @throws Problem transition_refused when the order is past it, or not there yet */
export function progressAfter(order: Pick<Order, 'progress'>, event: OrderMove): OrderState {
  const to = next(ORDER, stateOf(order.progress), event);
  if (!to) throw new Problem('transition_refused', { from: order.progress, event });
  return to;
}

/** What `orderEnded` tells of an order as it was before. */
export const endOf = ({ id, progress }: Pick<Order, 'id' | 'progress'>): HookFacts['orderEnded'] => ({
  orderId: id,
  wasConfirmed: stateOf(progress) === 'confirmed',
});

/**
 * Changes an order as it was read, and says so in its timeline and its audit chain.
 * @throws Problem stale when somebody changed it since
 * @returns the order as it is now
 */
export async function changeOrder(tx: Queries, order: Order, changes: Changes, event: OrderEvent, now: number): Promise<Order> {
  const [changed] = await tx
    .update(orders)
    .set({ ...changes, version: order.version + 1, updatedAt: now })
    .where(
      and(
        eq(orders.id, order.id),
        eq(orders.progress, order.progress),
        eq(orders.payment, order.payment),
        eq(orders.version, order.version),
      ),
    )
    .returning();
  if (!changed) throw new Problem('stale');
  await countChange(tx, order, changed);
  await recordOrderEvent(tx, order.id, event, { progress: changed.progress, payment: changed.payment }, now);
  return changed;
}

/** A line of the timeline and of the audit chain, for an order that was just made (`isNew`) or changed. */
export async function recordOrderEvent(
  tx: Queries,
  orderId: string,
  { kind, actorId, data = {} }: OrderEvent,
  state: Record<string, string | number>,
  now: number,
  isNew = false,
): Promise<void> {
  await prepare(tx, 'order_event_insert', (q) =>
    q.insert(orderEvent).values({
      id: sql.placeholder('id'),
      orderId: sql.placeholder('orderId'),
      at: sql.placeholder('at'),
      kind: sql.placeholder('kind'),
      actorId: sql.placeholder('actorId'),
      data: sql.placeholder('data'),
    }),
  ).execute({ id: newId(), orderId, at: now, kind, actorId, data });
  await audit(tx, { chain: `order:${orderId}`, actorId, action: `order.${kind}`, data: { ...state, ...data } }, now, isNew);
}
