import { and, eq, inArray, lt, ne, notExists, notInArray } from 'drizzle-orm';
import type { Deps } from '#app/core/deps.ts';
import { slotOffer, waitingPlace } from '#db/schema/orders.ts';

/** As long as somebody may ask what became of a place in the list. */
const KEPT_MS = 90 * 86_400_000;
const CHUNK = 500;

/** Background work: offers answered and places ended a season ago. An order's own timeline keeps what was done with it. */
export const forgetEndedOffers = ({ db, clock }: Pick<Deps, 'db' | 'clock'>): Promise<void> =>
  db.write(async (tx) => {
    const until = clock() - KEPT_MS;
    const offers = tx
      .select({ id: slotOffer.id })
      .from(slotOffer)
      .where(and(ne(slotOffer.state, 'open'), lt(slotOffer.expiresAt, until)))
      .limit(CHUNK);
    await tx.delete(slotOffer).where(inArray(slotOffer.id, offers));
    const spoken = tx.select({ id: slotOffer.id }).from(slotOffer).where(eq(slotOffer.waitingId, waitingPlace.id));
    const places = tx
      .select({ id: waitingPlace.id })
      .from(waitingPlace)
      .where(and(notInArray(waitingPlace.state, ['waiting', 'offered']), lt(waitingPlace.updatedAt, until), notExists(spoken)))
      .limit(CHUNK);
    await tx.delete(waitingPlace).where(inArray(waitingPlace.id, places));
  });
