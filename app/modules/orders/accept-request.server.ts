import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import { mustBeVerified } from '#app/modules/centres/verification/must-be-verified.server.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import { HOLD_MS } from './hold-slot.server.ts';
import { mailBuyer } from './order-mail.server.ts';
import { centreOrder } from './order-row.server.ts';
import { changeOrder, progressAfter } from './record-order-event.server.ts';

/** Time to pay after the centre has said yes: the buyer is not at the screen then. Not longer than a checkout at the gateway may last. */
const PAY_MS = 24 * 3_600_000;

/**
 * The centre takes a request on: the slot is held for the buyer to pay.
 * @throws Problem not_found, forbidden, transition_refused (decided already, or too late), stale, centre_unverified
 */
export async function acceptRequest({ db, clock }: Pick<Deps, 'db' | 'clock'>, actor: Actor, number: string): Promise<void> {
  await db.write(async (tx) => {
    const now = clock();
    const order = await centreOrder(tx, actor, number);
    requireRight(actor, 'order.decide');
    const progress = progressAfter(order, 'accept');
    if (now >= order.startAt || (order.decisionDueAt !== null && now >= order.decisionDueAt))
      throw new Problem('transition_refused', { from: order.progress, event: 'accept', reason: 'too_late' });
    const payBy = Math.max(now + HOLD_MS, Math.min(now + PAY_MS, order.startAt));
    await mustBeVerified(tx, order.centreId);
    const held = await changeOrder(
      tx,
      order,
      { progress, holdExpiresAt: payBy, decisionDueAt: null },
      { kind: 'accepted', actorId: actor.personId },
      now,
    );
    await mailBuyer(tx, held, 'order_accepted', { payBy }, now);
  });
}
