import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import { markUsed } from '#app/modules/scheduling/release-claims.server.ts';
import { isUsed } from '#app/modules/scheduling/used-progress.ts';
import type { ProgressEvent } from './machines.ts';
import { endOffersOf } from './offers/close-offer.server.ts';
import { mailBuyer } from './order-mail.server.ts';
import { centreOrder } from './order-row.server.ts';
import { changeOrder, progressAfter } from './record-order-event.server.ts';

/** What a centre says of its work, in the order it happens. */
export const ADVANCES = ['receive', 'begin', 'report', 'close'] as const satisfies readonly ProgressEvent[];
export type Advance = (typeof ADVANCES)[number];

type Reached = 'received' | 'in_service' | 'reported' | 'closed';

/**
 * The centre moves an order on: received, in service, reported, closed.
 * @param version of the order the page showed: two people who press at once move it one step, not two
 * @throws Problem not_found, forbidden, transition_refused, stale
 */
export async function advanceOrder(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  { number, event, version }: { number: string; event: Advance; version: number },
): Promise<{ progress: Reached }> {
  return db.write(async (tx) => {
    const now = clock();
    const order = await centreOrder(tx, actor, number);
    requireRight(actor, 'order.work');
    const progress = progressAfter(order, event) as Reached; // the four events lead to these four
    if (order.version !== version) throw new Problem('stale');
    const moved = await changeOrder(tx, order, { progress }, { kind: progress, actorId: actor.personId }, now);
    if (isUsed(progress) && !isUsed(order.progress)) {
      await markUsed(tx, order.id);
      await endOffersOf(tx, order.id, now, 'for_good');
    }
    await mailBuyer(tx, moved, 'order_progress', { progress }, now, progress);
    return { progress };
  });
}
