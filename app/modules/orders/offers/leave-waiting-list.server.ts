import { and, eq, inArray } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import { slotOffer, waitingPlace } from '#db/schema/orders.ts';
import { closeOffer } from './close-offer.server.ts';
import { LIVE } from './join-waiting-list.server.ts';

/** Waits no longer; a slot kept for this place is free again. @throws Problem not_found */
export async function leaveWaitingList({ db, clock }: Pick<Deps, 'db' | 'clock'>, actor: Actor, placeId: string): Promise<void> {
  await db.write(async (tx) => {
    const [left] = await tx
      .update(waitingPlace)
      .set({ state: 'ended', updatedAt: clock() })
      .where(and(eq(waitingPlace.id, placeId), eq(waitingPlace.buyerId, actor.organisationId), inArray(waitingPlace.state, [...LIVE])))
      .returning({ id: waitingPlace.id });
    if (!left) throw new Problem('not_found');
    const open = await tx
      .select()
      .from(slotOffer)
      .where(and(eq(slotOffer.waitingId, placeId), eq(slotOffer.state, 'open')));
    for (const offer of open) await closeOffer(tx, offer, 'declined');
  });
}
