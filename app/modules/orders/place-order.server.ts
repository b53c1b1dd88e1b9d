import { and, eq, sql } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { newId } from '#app/core/ids.server.ts';
import { isProblem, Problem } from '#app/core/problem.ts';
import { discountEligibility } from '#app/modules/catalogue/discount-eligibility.server.ts';
import { poolsOf } from '#app/modules/catalogue/service-pools.server.ts';
import { isStocked, takeStock } from '#app/modules/catalogue/stock.server.ts';
import { can } from '#app/modules/identity/policy.ts';
import { answerDue } from '#app/modules/scheduling/answer-due.ts';
import { bookingWindow } from '#app/modules/scheduling/booking-window.ts';
import { claimSlot } from '#app/modules/scheduling/claim-slot.server.ts';
import { bookingRule, poolsNeeded } from '#app/modules/scheduling/find-free-starts.server.ts';
import { type PoolAvailability, type PoolHours, withClosures } from '#app/modules/scheduling/load-pool-facts.server.ts';
import { DAY_MS } from '#app/modules/scheduling/local-day.ts';
import { behindJob } from '#app/modules/scheduling/slot-search.ts';
import type { PoolCalendar } from '#app/modules/scheduling/working-calendar.ts';
import { isUniqueViolation } from '#db/errors.ts';
import { prepare, type Queries } from '#db/queries.ts';
import { orders } from '#db/schema/orders.ts';
import { type BookingForm, type BookingInput, bookingForm } from './booking-form.ts';
import { countUnpaid } from './count-unpaid.server.ts';
import { insertOrder } from './insert-order.server.ts';
import { type Booking, judgeBooking } from './judge-booking.ts';
import { type BookableService, loadBookableService } from './load-bookable-service.server.ts';
import { freeKeptSlot } from './offers/free-kept-slot.server.ts';
import { mailBuyer, mailCentre } from './order-mail.server.ts';
import type { Order } from './order-row.server.ts';
import { recordOrderEvent } from './record-order-event.server.ts';

/** `again`: the form had been sent before, this is the order it made then. */
export type Placed = Pick<Order, 'id' | 'number' | 'progress' | 'holdExpiresAt' | 'decisionDueAt'> & { again: boolean };

/** Time to pay before the slot is given up. Not below 30 minutes: the shortest a checkout at the gateway may last (Stripe `expires_at`). */
export const HOLD_MS = 30 * 60_000;

/** A number is 40 random bits: a second clash in a row would mean that the dice are broken. */
const MOST_NUMBERS = 3;

type Needs = Pick<Deps, 'db' | 'clock'>;

/** Books a slot of a service that needs no approval: it is the buyer's until `holdExpiresAt`, and for good once it is paid. Problems: `placeOrder`. */
export const holdSlot = (deps: Needs, actor: Actor, form: BookingForm): Promise<Placed> => placeOrder(deps, actor, form, 'instant');

/** Asks the centre for a slot; it stays the buyer's until the centre has decided or `decisionDueAt` has passed. Problems: `placeOrder`. */
export const requestBooking = (deps: Needs, actor: Actor, form: BookingForm): Promise<Placed> => placeOrder(deps, actor, form, 'approve');

/**
 * Makes an order: checks the input against what is sold now, claims the slot and writes all of it in one transaction.
 * A form sent twice, from one tab or two, ends in one order.
 * @throws Problem forbidden, invalid_form, not_found, service_not_bookable, sold_out, slot_closed, slot_taken, too_many_unpaid; of `judgeBooking`
 */
async function placeOrder({ db, clock }: Needs, actor: Actor, form: BookingForm, booking: Booking): Promise<Placed> {
  if (!can(actor, 'order.place')) throw new Problem('forbidden');
  const input = readInput(form);
  for (let tries = 1; ; tries++) {
    try {
      return await db.write(
        (tx) => place(tx, actor, input, booking, clock()),
        // The buyer, too: two holds of one firm count by the same row.
        async (q) => [...(await poolsOf(q, input.serviceId)), `buyer:${actor.organisationId}`],
      );
    } catch (error) {
      // Whatever stops the second submit of a form (its slot is taken: by the first), the answer is the order the first one made.
      if (!isProblem(error) && !isUniqueViolation(error)) throw error;
      const earlier = await db.read((q) => madeBefore(q, actor.organisationId, input.submissionKey));
      if (earlier) return earlier;
      if (isProblem(error) || tries >= MOST_NUMBERS) throw error;
    }
  }
}

function readInput(form: BookingForm): BookingInput {
  const parsed = bookingForm.safeParse(form);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  // NaN and infinities are numbers nobody can sell: said as what they are.
  if (issue?.path[0] === 'quantity') throw new Problem('quantity_out_of_range');
  throw new Problem('invalid_form', { field: issue?.path.join('.') ?? '', reason: issue?.message ?? '' });
}

async function place(tx: Queries, actor: Actor, input: BookingInput, booking: Booking, now: number): Promise<Placed> {
  // Read what is sold, and judge what was asked by it.
  const bookable = await loadBookableService(tx, input.serviceId);
  const { service } = bookable;
  const judged = judgeBooking(bookable, input, booking, await discountEligibility(tx, actor.organisationId, service));
  const needed = poolsNeeded(bookable.poolHours, service, input.quantity);
  const pools = await openPools(tx, { service, poolHours: needed }, { startAt: input.startAt, minutes: judged.minutes }, now);

  await countUnpaid(tx, actor.organisationId, { poolIds: needed, minutes: judged.minutes });
  // Claim the slot, and what the order takes from a shelf.
  if (input.offerId) await freeKeptSlot(tx, actor, { ...input, offerId: input.offerId }, now);
  if (isStocked(service.family) && !(await takeStock(tx, service.id, input.quantity))) throw new Problem('sold_out');
  const id = newId();
  const { minutes, travelMinutes } = judged;
  const { endAt } = await claimSlot(tx, {
    holder: { kind: 'order', id },
    pools,
    minutes,
    bufferMinutes: service.bufferMinutes,
    travelMinutes,
    startAt: input.startAt,
    sessions: service.sessions,
  });

  // Write the order, its event and its letters.
  const calendars = pools.map((pool) => pool.calendar);
  const state = stateAtFirst(booking, service.answerHours, calendars, input.startAt, now);
  const order = await insertOrder(tx, { id, actor, bookable, input, judged, endAt, state }, now);
  const { progress, number, holdExpiresAt, decisionDueAt, quantity, startAt, gross } = order;
  const facts = { progress, service: service.id, quantity, startAt, endAt, gross };
  await recordOrderEvent(tx, id, { kind: state.progress, actorId: actor.personId }, facts, now, true);
  if (state.decisionDueAt !== null) await mailRequest(tx, order, state.decisionDueAt, now);
  return { id, number, progress, holdExpiresAt, decisionDueAt, again: false };
}

/** The service's pools with their closures around the slot. @throws Problem service_not_bookable without pools; slot_closed outside the days it is sold for */
async function openPools(
  tx: Queries,
  { service, poolHours }: Pick<BookableService, 'service'> & { poolHours: readonly PoolHours[] },
  { startAt, minutes }: { startAt: number; minutes: number },
  now: number,
): Promise<PoolAvailability[]> {
  if (poolHours.length === 0) throw new Problem('service_not_bookable');
  const around = { from: Math.min(now, startAt) - DAY_MS, until: behindJob(poolHours, minutes, startAt) };
  const pools = await withClosures(tx, poolHours, around);
  const calendars = pools.map((pool) => pool.calendar);
  const { from, until } = bookingWindow(now, bookingRule(service), calendars);
  // How far ahead a course is announced is the centre's own choice.
  if (startAt < from || (!service.sessions && startAt >= until)) throw new Problem('slot_closed', { from, until });
  return pools;
}

/** A hold waits for its payment, a request for the centre's answer: one after the slot has begun helps nobody. */
const stateAtFirst = (booking: Booking, answerHours: number, calendars: readonly PoolCalendar[], startAt: number, now: number) =>
  booking === 'instant'
    ? { progress: 'held' as const, holdExpiresAt: now + HOLD_MS, decisionDueAt: null }
    : { progress: 'requested' as const, holdExpiresAt: null, decisionDueAt: answerDue(now, answerHours, calendars, startAt) };

async function mailRequest(tx: Queries, order: Order, decisionDueAt: number, now: number): Promise<void> {
  await mailBuyer(tx, order, 'order_requested', { decisionDueAt }, now);
  await mailCentre(tx, order, 'centre_new_order', { decisionDueAt }, now, { once: 'requested' });
}

async function madeBefore(q: Queries, buyerId: string, submissionKey: string): Promise<Placed | undefined> {
  const [order] = await prepare(q, 'order_by_submission', (p) =>
    p
      .select({
        id: orders.id,
        number: orders.number,
        progress: orders.progress,
        holdExpiresAt: orders.holdExpiresAt,
        decisionDueAt: orders.decisionDueAt,
      })
      .from(orders)
      .where(and(eq(orders.buyerId, sql.placeholder('buyerId')), eq(orders.submissionKey, sql.placeholder('submissionKey')))),
  ).execute({ buyerId, submissionKey });
  return order && { ...order, again: true };
}
