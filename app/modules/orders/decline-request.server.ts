import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { returnStock } from '#app/modules/catalogue/stock.server.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import { releaseClaims } from '#app/modules/scheduling/release-claims.server.ts';
import { mailBuyer } from './order-mail.server.ts';
import { centreOrder } from './order-row.server.ts';
import { readReason } from './reason.ts';
import { changeOrder, endOf, progressAfter } from './record-order-event.server.ts';

/**
 * The centre does not take a request on, and says why in its own words. The slot is free again.
 * @throws Problem not_found, forbidden, transition_refused, invalid_form (no reason given), stale
 */
export async function declineRequest(
  { db, clock, tell }: Pick<Deps, 'db' | 'clock' | 'tell'>,
  actor: Actor,
  number: string,
  reason: string,
): Promise<void> {
  const decisionReason = readReason(reason, { required: true });
  await db.write(async (tx) => {
    const now = clock();
    const order = await centreOrder(tx, actor, number);
    requireRight(actor, 'order.decide');
    const progress = progressAfter(order, 'decline');
    const declined = await changeOrder(
      tx,
      order,
      { progress, decisionReason, decisionDueAt: null },
      { kind: 'declined', actorId: actor.personId, data: { reason: decisionReason } },
      now,
    );
    await releaseClaims(tx, order.id);
    await returnStock(tx, order);
    await tell(tx, 'orderEnded', endOf(order), now);
    await mailBuyer(tx, declined, 'order_declined', { reason: decisionReason }, now);
  });
}
