import { asc, eq } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { beginsAtOnce } from '#app/modules/catalogue/handover.ts';
import { stateOf } from '#app/modules/orders/machines.ts';
import { possibleActions } from '#app/modules/orders/order-actions.ts';
import { type Order, orderFor } from '#app/modules/orders/order-row.server.ts';
import { orderTexts } from '#app/modules/orders/order-texts.ts';
import { fullRefundUntil, refundDue } from '#app/modules/orders/policy.ts';
import { stepsOf } from '#app/modules/orders/timeline.ts';
import { disputeStanding } from '#app/modules/payments/dispute-standing.server.ts';
import type { Queries } from '#db/queries.ts';
import { centre } from '#db/schema/centres.ts';
import { organisation, person } from '#db/schema/identity.ts';
import { orderReport } from '#db/schema/jobs.ts';
import { orderEvent, orderItem, orders, type Progress } from '#db/schema/orders.ts';

const REPORTED: readonly Progress[] = ['reported', 'closed'];

/**
 * An order as one of its two parties sees it: what was sold, its bill, its way so far, and what may be done now.
 * @throws Problem not_found for everybody else
 */
export async function viewOrder({ db, clock }: Pick<Deps, 'db' | 'clock'>, actor: Actor, number: string) {
  return db.read(async (q) => {
    const { order, side } = await orderFor(q, actor, number);
    const now = clock();
    const [around] = await q
      .select({
        place: {
          slug: centre.slug,
          nameZh: centre.nameZh,
          nameEn: centre.nameEn,
          cityZh: centre.cityZh,
          cityEn: centre.cityEn,
          addressZh: centre.addressZh,
          addressEn: centre.addressEn,
        },
        phone: centre.phone,
        verifiedAt: centre.verifiedAt,
        buyer: { nameZh: organisation.nameZh, nameEn: organisation.nameEn, taxNumber: organisation.taxNumber },
        contact: person.name,
      })
      .from(orders)
      .innerJoin(centre, eq(centre.id, orders.centreId))
      .innerJoin(organisation, eq(organisation.id, orders.buyerId))
      .innerJoin(person, eq(person.id, orders.personId))
      .where(eq(orders.id, order.id));
    const dispute = await disputeStanding(q, order.id);
    const items = await q
      .select({ name: orderItem.name, maker: orderItem.maker, model: orderItem.model, serial: orderItem.serial })
      .from(orderItem)
      .where(eq(orderItem.orderId, order.id))
      .orderBy(asc(orderItem.position));
    const events = await eventsOf(q, order.id);
    const reports = REPORTED.includes(order.progress) ? await reportsOf(q, order.id) : [];
    const { snapshot } = order;
    return {
      side,
      id: order.id,
      number: order.number,
      version: order.version,
      progress: order.progress,
      workBegunAt: order.workBegunAt,
      payment: order.payment,
      dispute,
      service: snapshot,
      centre: around?.place ?? null,
      /** From when the order is paid; empty where the centre states none. */
      phone: (stateOf(order.progress) === 'confirmed' && around?.phone) || '',
      buyer: around ? { ...around.buyer, person: around.contact } : null,
      startAt: order.startAt,
      endAt: order.endAt,
      timeZone: order.timeZone,
      quantity: order.quantity,
      items,
      reports,
      deliveryMode: order.deliveryMode,
      address: order.address,
      ...orderTexts((name) => order[name]),
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
      steps: stepsOf(
        { progress: order.progress, beginsAtOnce: beginsAtOnce({ family: snapshot.family, deliveryMode: order.deliveryMode }) },
        events,
      ),
      events,
      actions: possibleActions({ ...order, verified: (around?.verifiedAt ?? null) !== null }, side, now),
      /** What a cancellation at this moment would give back, 分. */
      refundIfCancelled: refundDue({ ...order, dispute }, { by: side, at: now }),
    };
  });
}

export type OrderView = Awaited<ReturnType<typeof viewOrder>>;

/** What the centre gave out, in order. */
const reportsOf = (q: Queries, orderId: Order['id']) =>
  q
    .select({
      id: orderReport.fileId,
      name: orderReport.name,
      size: orderReport.size,
      at: orderReport.createdAt,
      person: person.name,
    })
    .from(orderReport)
    .leftJoin(person, eq(person.id, orderReport.personId))
    .where(eq(orderReport.orderId, orderId))
    .orderBy(asc(orderReport.createdAt), asc(orderReport.fileId));

async function eventsOf(q: Queries, orderId: Order['id']) {
  return q
    .select({ at: orderEvent.at, kind: orderEvent.kind, data: orderEvent.data, actor: person.name })
    .from(orderEvent)
    .leftJoin(person, eq(person.id, orderEvent.actorId))
    .where(eq(orderEvent.orderId, orderId))
    .orderBy(asc(orderEvent.at), asc(orderEvent.id));
}
