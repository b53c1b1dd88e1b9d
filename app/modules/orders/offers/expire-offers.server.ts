import { and, asc, eq, lte } from 'drizzle-orm';
import type { Deps } from '#app/core/deps.ts';
import { isProblem } from '#app/core/problem.ts';
import { slotOffer } from '#db/schema/orders.ts';
import { refuseOffer } from './close-offer.server.ts';

const MOST_AT_ONCE = 500;

/** Ends offers that were not answered in time. Any number of processes may do it at once. @returns how many ended */
export async function expireOffers({ db, clock, log }: Pick<Deps, 'db' | 'clock' | 'log'>): Promise<number> {
  const due = await db.read((q) =>
    q
      .select()
      .from(slotOffer)
      .where(and(eq(slotOffer.state, 'open'), lte(slotOffer.expiresAt, clock())))
      .orderBy(asc(slotOffer.expiresAt))
      .limit(MOST_AT_ONCE),
  );
  let ended = 0;
  for (const offer of due) {
    try {
      await db.write((tx) => refuseOffer(tx, offer, { state: 'expired', actorId: null }, clock()));
      ended++;
    } catch (error) {
      if (isProblem(error) && error.code === 'stale') continue; // answered a moment before
      log.warn({ offer: offer.id, error: String(error) }, 'an offer could not be ended, will be tried again');
    }
  }
  return ended;
}
