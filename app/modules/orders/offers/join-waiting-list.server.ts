import { and, eq, inArray } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { newId } from '#app/core/ids.server.ts';
import { Problem } from '#app/core/problem.ts';
import { can } from '#app/modules/identity/policy.ts';
import { MAX_HORIZON_DAYS } from '#app/modules/scheduling/booking-window.ts';
import { earliestStarts } from '#app/modules/scheduling/earliest-start.server.ts';
import { minutesOf } from '#app/modules/scheduling/find-free-starts.server.ts';
import { DAY_MS } from '#app/modules/scheduling/local-day.ts';
import { countAll, type Queries } from '#db/queries.ts';
import { waitingPlace } from '#db/schema/orders.ts';
import { loadBookableService } from '../load-bookable-service.server.ts';
import { orderFor } from '../order-row.server.ts';
import { MOST_PLACES } from './offer-rules.ts';

/** `beforeAt`: starts before this instant (UTC ms) are wanted. */
export type WaitingInput = { serviceId: string; quantity: number; beforeAt: number };

export const LIVE = ['waiting', 'offered'] as const;

/**
 * Waits for an earlier time of a booking. Asking twice is asking once.
 * @throws Problem not_found; transition_refused when it is not confirmed, or its time has come; invalid_form {reason: too_many}
 */
export async function waitForEarlier({ db, clock }: Pick<Deps, 'db' | 'clock'>, actor: Actor, number: string): Promise<void> {
  await db.write(async (tx) => {
    const now = clock();
    const { order, side } = await orderFor(tx, actor, number);
    if (side !== 'buyer') throw new Problem('not_found');
    if (order.progress !== 'confirmed' || order.startAt <= now)
      throw new Problem('transition_refused', { from: order.progress, event: 'wait' });
    const live = await tx
      .select({ id: waitingPlace.id })
      .from(waitingPlace)
      .where(and(eq(waitingPlace.orderId, order.id), inArray(waitingPlace.state, [...LIVE])));
    if (live.length > 0) return;
    const { centreId, serviceId, quantity, id: orderId, startAt: beforeAt } = order;
    await join(tx, actor, { centreId, serviceId, quantity, orderId, beforeAt }, now);
  });
}

/**
 * Waits for a time of a service that has none early enough.
 * @throws Problem forbidden for others than SMEs, not_found, service_not_bookable, quantity_out_of_range;
 * invalid_form {field: waitBefore, reason: out_of_range | still_free | too_many}
 */
export async function joinWaitingList(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  { serviceId, quantity, beforeAt }: WaitingInput,
): Promise<void> {
  if (!can(actor, 'order.place')) throw new Problem('forbidden');
  const now = deps.clock();
  const { service } = await deps.db.read((q) => loadBookableService(q, serviceId));
  minutesOf(service, quantity);
  // How far ahead a course is announced is the centre's own choice.
  const horizonDays = service.sessions ? MAX_HORIZON_DAYS : service.horizonDays;
  if (!Number.isSafeInteger(beforeAt) || beforeAt <= now || beforeAt > now + (horizonDays + 1) * DAY_MS) throw refused('out_of_range');
  const free = (await earliestStarts(deps, [service], { quantity })).get(serviceId) ?? null;
  if (free !== null && free < beforeAt) throw refused('still_free');
  await deps.db.write((tx) => join(tx, actor, { centreId: service.centreId, serviceId, quantity, orderId: null, beforeAt }, now));
}

const refused = (reason: string) => new Problem('invalid_form', { field: 'waitBefore', reason });

type Place = Pick<typeof waitingPlace.$inferSelect, 'centreId' | 'serviceId' | 'quantity' | 'orderId' | 'beforeAt'>;

async function join(tx: Queries, actor: Actor, place: Place, now: number): Promise<void> {
  const { organisationId: buyerId, personId } = actor;
  const [own] = await tx
    .select({ count: countAll() })
    .from(waitingPlace)
    .where(and(eq(waitingPlace.buyerId, buyerId), inArray(waitingPlace.state, [...LIVE]), eq(waitingPlace.serviceId, place.serviceId)));
  if ((own?.count ?? 0) >= MOST_PLACES) throw refused('too_many');
  const at = { createdAt: now, updatedAt: now };
  await tx.insert(waitingPlace).values({ ...place, id: newId(), buyerId, personId, fromAt: now, state: 'waiting', ...at });
}
