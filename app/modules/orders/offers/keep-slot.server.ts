import { claimSlotOf } from '#app/modules/scheduling/claim-slot.server.ts';
import type { PoolHours } from '#app/modules/scheduling/load-pool-facts.server.ts';
import type { Queries } from '#db/queries.ts';
import type { CourseSession } from '#db/schema/catalogue.ts';
import { slotOffer } from '#db/schema/orders.ts';

export type Offer = typeof slotOffer.$inferSelect;
type Kept = Omit<Offer, 'endAt' | 'state'>;
/** `minutes` of the pools' time, of which `bufferMinutes` are kept free behind the work and `travelMinutes` each way; of a course its dates. */
type Job = {
  poolHours: readonly PoolHours[];
  minutes: number;
  bufferMinutes?: number | undefined;
  travelMinutes?: number | undefined;
  sessions: CourseSession[] | null;
};

/** Keeps a slot for one buyer: its cells are claimed under the offer's id, so nobody else can get them. @throws Problem slot_taken, slot_closed */
export async function keepSlot(tx: Queries, kept: Kept, job: Job): Promise<Offer> {
  const { endAt } = await claimSlotOf(tx, { holder: { kind: 'offer', id: kept.id }, startAt: kept.startAt, ...job });
  const offer: Offer = { ...kept, endAt, state: 'open' };
  await tx.insert(slotOffer).values(offer);
  return offer;
}
