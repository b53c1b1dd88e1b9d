import { asc, eq } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { possibleActions } from '#app/modules/orders/order-actions.ts';
import { type Order, orderFor } from '#app/modules/orders/order-row.server.ts';
import { fullRefundUntil, refundDue } from '#app/modules/orders/policy.ts';
import { stepsOf } from '#app/modules/orders/timeline.ts';
import type { Queries } from '#db/queries.ts';
import { centre } from '#db/schema/centres.ts';
import { organisation, person } from '#db/schema/identity.ts';
import { orderEvent, orderItem } from '#db/schema/orders.ts';

/**
 * An order as one of its two parties sees it: what was sold, its bill, its way so far, and what may be done now.
 * @throws Problem not_found for everybody else
 */
export async function viewOrder({ db, clock }: Pick<Deps, 'db' | 'clock'>, actor: Actor, number: string) {
  return db.read(async (q) => {
    const { order, side } = await orderFor(q, actor, number);
    const now = clock();
    const [place] = await q
      .select({
        slug: centre.slug,
        nameZh: centre.nameZh,
        nameEn: centre.nameEn,
        cityZh: centre.cityZh,
        cityEn: centre.cityEn,
        addressZh: centre.addressZh,
        addressEn: centre.addressEn,
      })
      .from(centre)
      .where(eq(centre.id, order.centreId));
    const [buyer] = await q
      .select({ nameZh: organisation.nameZh, nameEn: organisation.nameEn, taxNumber: organisation.taxNumber })
      .from(organisation)
      .where(eq(organisation.id, order.buyerId));
    const [contact] = await q.select({ name: person.name }).from(person).where(eq(person.id, order.personId));
    const items = await q
      .select({ name: orderItem.name, maker: orderItem.maker, model: orderItem.model, serial: orderItem.serial })
      .from(orderItem)
      .where(eq(orderItem.orderId, order.id))
      .orderBy(asc(orderItem.position));
    const events = await eventsOf(q, order.id);
    const { snapshot } = order;
    return {
      side,
      id: order.id,
      number: order.number,
      version: order.version,
      progress: order.progress,
      workBegunAt: order.workBegunAt,
      payment: order.payment,
      payout: order.payout,
      dispute: order.dispute,
      service: snapshot,
      centre: place ?? null,
      buyer: buyer ? { ...buyer, person: contact?.name ?? '' } : null,
      startAt: order.startAt,
      endAt: order.endAt,
      timeZone: order.timeZone,
      quantity: order.quantity,
      items,
      deliveryMode: order.deliveryMode,
      address: order.address,
      notes: order.notes,
      purchaseOrder: order.purchaseOrder,
      expedited: order.expedited,
      bill: { lines: order.lines, net: order.net, vatBasisPoints: order.vatBasisPoints, vat: order.vat, gross: order.gross },
      currency: order.currency,
      refunded: order.refunded,
      policy: { ...order.cancelPolicy, fullRefundUntil: fullRefundUntil(order.startAt, order.cancelPolicy) },
      holdExpiresAt: order.holdExpiresAt,
      decisionDueAt: order.decisionDueAt,
      /** Why it was declined or cancelled, in the words of whoever did. */
      reason: order.decisionReason,
      createdAt: order.createdAt,
      steps: stepsOf(order, events),
      events,
      actions: possibleActions(order, side, now),
      /** What a cancellation at this moment would give back, 分. */
      refundIfCancelled: refundDue(order, { by: side, at: now }),
    };
  });
}

export type OrderView = Awaited<ReturnType<typeof viewOrder>>;

async function eventsOf(q: Queries, orderId: Order['id']) {
  return q
    .select({ at: orderEvent.at, kind: orderEvent.kind, data: orderEvent.data, actor: person.name })
    .from(orderEvent)
    .leftJoin(person, eq(person.id, orderEvent.actorId))
    .where(eq(orderEvent.orderId, orderId))
    .orderBy(asc(orderEvent.at), asc(orderEvent.id));
}
