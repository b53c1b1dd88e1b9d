import { and, asc, eq } from 'drizzle-orm';
import type { Deps } from '#app/core/deps.ts';
import { newId } from '#app/core/ids.server.ts';
import { isProblem } from '#app/core/problem.ts';
import { usualTravel } from '#app/modules/catalogue/price-rules.ts';
import { serviceFacts } from '#app/modules/catalogue/service-facts.server.ts';
import { centreFacts } from '#app/modules/centres/centre-facts.server.ts';
import { bookingWindow } from '#app/modules/scheduling/booking-window.ts';
import { earliestStarts } from '#app/modules/scheduling/earliest-start.server.ts';
import { type Bookable, bookingRule, minutesOf, poolsNeeded } from '#app/modules/scheduling/find-free-starts.server.ts';
import { FOR_EVER, loadPools, loadPoolsOfService, withClosures } from '#app/modules/scheduling/load-pool-facts.server.ts';
import { DAY_MS, dayOf, dayStart } from '#app/modules/scheduling/local-day.ts';
import type { Queries } from '#db/queries.ts';
import { orders, slotOffer, waitingPlace } from '#db/schema/orders.ts';
import { orderById } from '../order-row.server.ts';
import { keepSlot } from './keep-slot.server.ts';
import { mailSlot } from './offer-mail.server.ts';
import { offerUntil, SHORTEST_MS } from './offer-rules.ts';

type Waiting = Awaited<ReturnType<typeof whoWaits>>[number];

/**
 * Offers free slots to those who wait for them, the longest waiting first. All services are one list, since services share pools.
 * Whoever let an offer pass goes to the end of the list, and is not offered a slot of the same day again.
 * @returns how many offers were made
 */
export async function offerFreed(deps: Pick<Deps, 'db' | 'clock' | 'log'>): Promise<number> {
  let made = 0;
  for (const waiting of await deps.db.read(whoWaits)) {
    try {
      if (await offerTo(deps, waiting)) made++;
    } catch (error) {
      if (isProblem(error)) continue; // somebody booked it a moment before
      deps.log.warn({ place: waiting.place.id, error: String(error) }, 'a slot could not be offered, will be tried again');
    }
  }
  return made;
}

function whoWaits(q: Queries) {
  const [service, centre] = [serviceFacts(q), centreFacts(q)];
  return q
    .select({
      place: waitingPlace,
      rule: service._.selectedFields,
      zone: centre.timeZone,
      booked: { progress: orders.progress, startAt: orders.startAt, snapshot: orders.snapshot },
    })
    .from(waitingPlace)
    .innerJoin(service, eq(service.id, waitingPlace.serviceId))
    .innerJoin(centre, eq(centre.id, service.centreId))
    .leftJoin(orders, eq(orders.id, waitingPlace.orderId))
    .where(eq(waitingPlace.state, 'waiting'))
    .orderBy(asc(waitingPlace.updatedAt), asc(waitingPlace.id));
}

async function offerTo(deps: Pick<Deps, 'db' | 'clock'>, waiting: Waiting): Promise<boolean> {
  const { place, booked, rule } = waiting;
  // The booking may have been moved meanwhile: an earlier time than its new one is wanted.
  const beforeAt = booked?.startAt ?? place.beforeAt;
  if (deps.clock() >= beforeAt || (booked && booked.progress !== 'confirmed')) {
    await endPlace(deps, place.id);
    return false;
  }
  if (rule.status !== 'published') return false;
  const startAt = await firstWanted(deps, waiting, beforeAt);
  return startAt !== null && deps.db.write((tx) => offer(tx, waiting, startAt, deps.clock()));
}

const endPlace = ({ db, clock }: Pick<Deps, 'db' | 'clock'>, id: string) =>
  db.write((tx) =>
    tx
      .update(waitingPlace)
      .set({ state: 'ended', updatedAt: clock() })
      .where(and(eq(waitingPlace.id, id), eq(waitingPlace.state, 'waiting'))),
  );

/** The first free start that suits, on a day on which this place has had no offer yet. */
async function firstWanted(
  deps: Pick<Deps, 'db' | 'clock'>,
  { place, rule, zone, booked }: Waiting,
  beforeAt: number,
): Promise<number | null> {
  const way = booked && { travelMinutes: booked.snapshot.travelMinutes ?? 0 };
  let days: Set<number> | undefined;
  // Without a first day the answer is the one that lists of services have kept too.
  for (let from = place.fromAt > deps.clock() ? place.fromAt : 0; ; ) {
    const start = (await earliestStarts(deps, [rule], { quantity: place.quantity, from, ...way })).get(rule.id) ?? null;
    if (start === null || start >= beforeAt) return null;
    const soon = deps.clock() + SHORTEST_MS;
    if (start < soon) {
      from = soon;
      continue;
    }
    days ??= await daysOffered(deps, place.id, zone);
    const day = dayOf(zone, start);
    if (!days.has(day)) return start;
    from = dayStart(zone, day + 1);
  }
}

async function daysOffered({ db }: Pick<Deps, 'db'>, placeId: string, zone: string): Promise<Set<number>> {
  const rows = await db.read((q) => q.select({ startAt: slotOffer.startAt }).from(slotOffer).where(eq(slotOffer.waitingId, placeId)));
  return new Set(rows.map(({ startAt }) => dayOf(zone, startAt)));
}

/** Looks again inside the transaction. @throws Problem slot_taken, slot_closed */
async function offer(tx: Queries, { place, rule, zone }: Waiting, startAt: number, now: number): Promise<boolean> {
  const job = await jobOf(tx, place, rule);
  const calendars = (await withClosures(tx, job.poolHours, { from: now - DAY_MS, until: FOR_EVER })).map(({ calendar }) => calendar);
  const earliest = (at: number) => bookingWindow(at, bookingRule(rule), calendars).from;
  const expiresAt = calendars.length === 0 ? null : offerUntil(now, { startAt, zone, earliest });
  if (expiresAt === null) return false;
  const [taken] = await tx
    .update(waitingPlace)
    .set({ state: 'offered' })
    .where(and(eq(waitingPlace.id, place.id), eq(waitingPlace.state, 'waiting')))
    .returning({ id: waitingPlace.id });
  if (!taken) return false;
  const { id: waitingId, centreId, serviceId, buyerId, orderId, quantity } = place;
  const kept = { id: newId(), kind: 'waiting' as const, centreId, serviceId, buyerId, waitingId, orderId, quantity, startAt };
  await mailSlot(tx, await keepSlot(tx, { ...kept, expiresAt, createdAt: now }, job), 'slot_offered', now);
  return true;
}

/** A booking keeps the pools and the length it was sold with. */
async function jobOf(tx: Queries, { orderId, quantity }: Waiting['place'], rule: Bookable) {
  if (orderId === null) {
    const travelMinutes = usualTravel(rule);
    const minutes = minutesOf(rule, quantity, travelMinutes);
    const poolHours = poolsNeeded(await loadPoolsOfService(tx, rule.id, rule.version), rule, quantity);
    return { poolHours, minutes, bufferMinutes: rule.bufferMinutes, travelMinutes, sessions: rule.sessions };
  }
  const { poolIds, minutes, bufferMinutes, travelMinutes } = (await orderById(tx, orderId)).snapshot;
  return { poolHours: await loadPools(tx, poolIds), minutes, bufferMinutes, travelMinutes, sessions: rule.sessions };
}
