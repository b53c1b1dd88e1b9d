import type { Deps } from '#app/core/deps.ts';
import { isProblem } from '#app/core/problem.ts';
import { sessionsOf } from '#app/modules/catalogue/service-facts.server.ts';
import { isStocked, returnStock, takeStock } from '#app/modules/catalogue/stock.server.ts';
import { isVerified } from '#app/modules/centres/centre-facts.server.ts';
import { claimSlotOf } from '#app/modules/scheduling/claim-slot.server.ts';
import { loadPools } from '#app/modules/scheduling/load-pool-facts.server.ts';
import { releaseClaims } from '#app/modules/scheduling/release-claims.server.ts';
import type { Queries } from '#db/queries.ts';
import { next, PAYMENT, type PaymentEvent } from './machines.ts';
import { mailBuyer, mailCentre } from './order-mail.server.ts';
import { type Order, orderById } from './order-row.server.ts';
import { changeOrder, endOf, progressAfter } from './record-order-event.server.ts';
import { datesForMove } from './sessions/dates-for-move.ts';

/**
 * `booked`: the hold became a booking. `late_booked`: the hold had ended, the slot was still free and is booked now.
 * `late_no_slot`: there is nothing to book any more, `unverified`: the centre takes no money now; whoever calls gives the money back.
 * `already`: known before, nothing was done.
 */
export type PaidOutcome = 'booked' | 'late_booked' | 'late_no_slot' | 'unverified' | 'already';

/**
 * The order has been paid in full. Call it in the transaction that books the money, as often as the news comes.
 *
 * An expired order gets its slot back if that is still free. A cancelled one does not: who cancelled does not want it any more.
 * A centre that is not verified (it took another name while the checkout was open) sells nothing: the buyer agreed to pay whom the platform
 * had seen. The order ends, its slot is free again, both sides are told.
 * @throws Problem not_found
 */
export async function recordPaid(
  tx: Queries,
  { tell }: Pick<Deps, 'tell'>,
  { orderId, now }: { orderId: string; now: number },
): Promise<PaidOutcome> {
  const order = await orderById(tx, orderId);
  const payment = next(PAYMENT, order.payment, 'pay');
  if (!payment) return 'already';
  if ((order.progress === 'held' || order.progress === 'expired') && !(await isVerified(tx, order.centreId))) {
    await refuseMoney(tx, { tell }, order, now);
    return 'unverified';
  }
  if (order.progress === 'held') {
    const progress = progressAfter(order, 'pay');
    const booked = await changeOrder(
      tx,
      order,
      { progress, payment, holdExpiresAt: null },
      { kind: 'paid', actorId: null, data: { amount: order.gross } },
      now,
    );
    await tell(tx, 'orderConfirmed', { orderId }, now);
    await announceBooking(tx, booked, now);
    return 'booked';
  }
  const endAt = order.progress === 'expired' && order.startAt > now ? await reclaim(tx, order) : undefined;
  if (endAt !== undefined) {
    const progress = progressAfter(order, 'pay_late');
    const booked = await changeOrder(
      tx,
      order,
      { progress, payment, endAt, holdExpiresAt: null },
      { kind: 'late_booked', actorId: null, data: { amount: order.gross } },
      now,
    );
    await tell(tx, 'orderConfirmed', { orderId }, now);
    await mailBuyer(tx, booked, 'payment_late_booked', {}, now);
    await announceBooking(tx, booked, now);
    return 'late_booked';
  }
  const unbooked = await changeOrder(tx, order, { payment }, { kind: 'late_no_slot', actorId: null, data: { amount: order.gross } }, now);
  await mailBuyer(tx, unbooked, 'payment_late_refunded', { refund: order.gross }, now);
  return 'late_no_slot';
}

async function refuseMoney(tx: Queries, { tell }: Pick<Deps, 'tell'>, order: Order, now: number): Promise<void> {
  const payment = next(PAYMENT, order.payment, 'pay') as Order['payment'];
  const event = { kind: 'paid_unverified' as const, actorId: null, data: { amount: order.gross } };
  const held = order.progress === 'held';
  const changes = held ? { payment, progress: progressAfter(order, 'cancel'), holdExpiresAt: null } : { payment };
  const ended = await changeOrder(tx, order, changes, event, now);
  if (held) {
    await releaseClaims(tx, order.id);
    await returnStock(tx, order);
    await tell(tx, 'orderEnded', endOf(order), now);
  }
  await mailBuyer(tx, ended, 'payment_unverified_refunded', { refund: order.gross }, now);
  await mailCentre(tx, ended, 'centre_payment_returned', {}, now);
}

/**
 * A payment has begun (`begin`) or come to nothing (`fail`). News that comes late or twice changes nothing.
 * @returns whether the order changed
 */
export async function setPaymentState(
  tx: Queries,
  { orderId, event, now }: { orderId: string; event: Extract<PaymentEvent, 'begin' | 'fail'>; now: number },
): Promise<boolean> {
  const order = await orderById(tx, orderId);
  const payment = next(PAYMENT, order.payment, event);
  if (!payment) return false;
  const kind = event === 'begin' ? 'payment_started' : 'payment_failed';
  await changeOrder(tx, order, { payment }, { kind, actorId: null }, now);
  return true;
}

async function announceBooking(tx: Queries, order: Order, now: number): Promise<void> {
  await mailBuyer(tx, order, 'order_confirmed', {}, now);
  await mailCentre(tx, order, 'centre_new_order', { decisionDueAt: 0 }, now, { once: 'paid' });
}

/** The same slot again, as it was sold; nothing when others have it, it is closed now, or the shelf is empty. */
async function reclaim(tx: Queries, order: Order): Promise<number | undefined> {
  const { poolIds, minutes, bufferMinutes, travelMinutes } = order.snapshot;
  const poolHours = await loadPools(tx, poolIds);
  if (poolHours.length < poolIds.length) return undefined;
  if (isStocked(order.snapshot.family) && !(await takeStock(tx, order.serviceId, order.quantity))) return undefined;
  try {
    // No claim is written before a slot is found free.
    return (
      await claimSlotOf(tx, {
        holder: { kind: 'order', id: order.id },
        poolHours,
        minutes,
        bufferMinutes,
        travelMinutes,
        startAt: order.startAt,
        sessions: datesForMove(await sessionsOf(tx, order.serviceId), order, order.startAt),
      })
    ).endAt;
  } catch (error) {
    if (!isProblem(error) || error.cause !== undefined) throw error;
    await returnStock(tx, order);
    return undefined;
  }
}
