import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import { asksBeforeMoves, sessionsOf } from '#app/modules/catalogue/service-facts.server.ts';
import { personNames } from '#app/modules/identity/names.server.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import { claimSlotOf } from '#app/modules/scheduling/claim-slot.server.ts';
import { sessionAt } from '#app/modules/scheduling/course-sessions.ts';
import { loadPools } from '#app/modules/scheduling/load-pool-facts.server.ts';
import { narrowPools } from '#app/modules/scheduling/narrow-pools.server.ts';
import { releaseClaims } from '#app/modules/scheduling/release-claims.server.ts';
import type { Queries } from '#db/queries.ts';
import type { Progress } from '#db/schema/orders.ts';
import { endOffersOf } from './offers/close-offer.server.ts';
import { proposeMove } from './offers/propose-move.server.ts';
import { mailBuyer, mailCentre } from './order-mail.server.ts';
import { centreOrder, linesOf, type Order } from './order-row.server.ts';
import { changeOrder } from './record-order-event.server.ts';
import { datesForMove } from './sessions/dates-for-move.ts';

/** Paid for and not begun: earlier the buyer still chooses, later the work lies where it lies. */
const MOVABLE: readonly Progress[] = ['confirmed', 'received'];
export const isMovable = (progress: Progress, workBegunAt: number | null): boolean => MOVABLE.includes(progress) && workBegunAt === null;

/**
 * Moves a booking to another time; at the same time, to the resources that suit it best now (one of them may have gone out of use).
 * All or nothing: where the new cells are somebody else's, the old ones are kept. The buyer is told of another time, and so are the centre's managers, but for who moves it; where the service
 * says that the buyer is asked first, the new time is kept and the booking stays where it is until the answer.
 * @param startAt UTC ms
 * @param version of the order the page showed
 * @param resourceId what it is put on in its pool; at the same time the other pools then keep what they have. Left out: what suits best
 * @returns `asked` when the buyer has to agree
 * @throws Problem not_found, forbidden, stale, transition_refused once work has begun, slot_closed ({reason: dates}: it has a date of its
 * course, and there is none at that time), slot_taken,
 * invalid_form {field: resource} for what none of its pools has
 */
export async function moveBooking(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  { number, startAt, version, resourceId }: { number: string; startAt: number; version: number; resourceId?: string | undefined },
): Promise<'moved' | 'asked'> {
  return db.write(
    async (tx) => {
      const now = clock();
      const order = await centreOrder(tx, actor, number);
      requireRight(actor, 'time.plan');
      if (order.version !== version) throw new Problem('stale');
      if (!isMovable(order.progress, order.workBegunAt)) throw new Problem('transition_refused', { from: order.progress, event: 'move' });
      if (startAt <= now) throw new Problem('slot_closed');
      const pools = await loadPools(tx, order.snapshot.poolIds);
      const keeps = startAt === order.startAt;
      const sessions = datesForMove(await sessionsOf(tx, order.serviceId), order, startAt);
      if (sessions && !sessionAt({ sessions }, startAt)) throw new Problem('slot_closed', { reason: 'dates' });
      const poolHours = resourceId ? await narrowPools(tx, pools, { holderId: order.id, resourceId, keeps }) : pools;
      if (!keeps) {
        await endOffersOf(tx, order.id, now, 'for_now');
        if (await asksBeforeMoves(tx, order.serviceId)) {
          await proposeMove(tx, order, { startAt, poolHours, sessions, actorId: actor.personId }, now);
          return 'asked';
        }
      }
      await releaseClaims(tx, order.id);
      const { minutes, bufferMinutes, travelMinutes } = order.snapshot;
      const { endAt } = await claimSlotOf(tx, {
        holder: { kind: 'order', id: order.id },
        poolHours,
        minutes,
        bufferMinutes,
        travelMinutes,
        startAt,
        sessions,
      });
      const event = { kind: 'moved' as const, actorId: actor.personId, data: { from: order.startAt, to: startAt } };
      const moved = await changeOrder(tx, order, { startAt, endAt }, event, now);
      if (!keeps) await tellMoved(tx, moved, order.startAt, actor, now);
      return 'moved';
    },
    (q) => linesOf(q, { number }),
  );
}

/** The buyer, and those at the centre who have the old time in their calendars. */
async function tellMoved(tx: Queries, moved: Order, before: number, { personId }: Actor, now: number): Promise<void> {
  const once = String(moved.version);
  await mailBuyer(tx, moved, 'order_moved', { before, agreed: false }, now, once);
  const names = await personNames(tx, [personId]);
  await mailCentre(tx, moved, 'centre_order_moved', { before, mover: names.get(personId) ?? '' }, now, { once, doer: personId });
}
