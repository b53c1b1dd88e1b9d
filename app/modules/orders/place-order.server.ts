import { and, eq, sql } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { newId, publicNumber } from '#app/core/ids.server.ts';
import { isProblem, Problem } from '#app/core/problem.ts';
import { discountEligibility } from '#app/modules/catalogue/discount-eligibility.server.ts';
import { choiceOf, type DiscountEligibility, MOST_GROSS, misfit } from '#app/modules/catalogue/price-rules.ts';
import { isStocked, takeStock } from '#app/modules/catalogue/stock.server.ts';
import { can } from '#app/modules/identity/policy.ts';
import { bookingWindow } from '#app/modules/scheduling/booking-window.ts';
import { claimSlot } from '#app/modules/scheduling/claim-slot.server.ts';
import { bookingRule, minutesOf } from '#app/modules/scheduling/find-free-starts.server.ts';
import { poolsOf, withClosures } from '#app/modules/scheduling/load-pool-facts.server.ts';
import { DAY_MS } from '#app/modules/scheduling/local-day.ts';
import { behindJob } from '#app/modules/scheduling/slot-search.ts';
import { isUniqueViolation } from '#db/errors.ts';
import { prepare, type Queries } from '#db/queries.ts';
import { orders } from '#db/schema/orders.ts';
import { type BookingForm, type BookingInput, bookingForm } from './booking-form.ts';
import { countUnpaid } from './count-unpaid.server.ts';
import { insertOrder } from './insert-order.server.ts';
import { type BookableService, loadBookableService } from './load-bookable-service.server.ts';
import { freeKeptSlot } from './offers/free-kept-slot.server.ts';
import type { Order } from './order-row.server.ts';
import { billFor, fingerprint } from './price.ts';
import { recordOrderEvent } from './record-order-event.server.ts';

/** How an order begins: as a hold to be paid, or as a request the centre decides on. */
export type Beginning = {
  booking: 'instant' | 'approve';
  state: (bookable: BookableService, startAt: number, now: number) => Pick<Order, 'progress' | 'holdExpiresAt' | 'decisionDueAt'>;
  /** What else is written with the order. */
  after?: (tx: Queries, order: Order, now: number) => Promise<void>;
};

/** `again`: the form had been sent before, this is the order it made then. */
export type Placed = Pick<Order, 'id' | 'number' | 'progress' | 'holdExpiresAt' | 'decisionDueAt'> & { again: boolean };

/** A number is 40 random bits: a second clash in a row would mean that the dice are broken. */
const MOST_NUMBERS = 3;

/**
 * Makes an order: checks the input against what is sold now, claims the slot and writes all of it in one transaction.
 * A form sent twice, from one tab or two, ends in one order.
 * @throws Problem forbidden, invalid_form, not_found, service_not_bookable, stale (the service has begun to ask for approval, or has
 * ceased to), mandatory_verification, sold_out, quantity_out_of_range, price_changed, slot_closed, slot_taken,
 * too_many_unpaid
 */
export async function placeOrder(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  form: BookingForm,
  beginning: Beginning,
): Promise<Placed> {
  if (!can(actor, 'order.place')) throw new Problem('forbidden');
  const input = readInput(form);
  for (let tries = 1; ; tries++) {
    try {
      return await db.write(
        (tx) => place(tx, actor, input, beginning, clock()),
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

async function place(tx: Queries, actor: Actor, input: BookingInput, beginning: Beginning, now: number): Promise<Placed> {
  const bookable = await loadBookableService(tx, input.serviceId);
  const { service } = bookable;
  if (service.booking !== beginning.booking) throw new Problem('stale');
  if (input.mandatoryUse && (service.family === 'calibration' || service.family === 'verification'))
    throw new Problem('mandatory_verification');
  const trained = service.family === 'shared_equipment' && service.operation === 'trained_user';
  if (trained && !input.trainedUser) throw new Problem('invalid_form', { field: 'trainedUser', reason: 'required' });
  const choice = choiceOf(service, input);
  const travelMinutes = choice.zone?.minutes ?? 0;
  const minutes = minutesOf(service, input.quantity, travelMinutes);
  const bill = priceOf(bookable, input, travelMinutes, await discountEligibility(tx, actor.organisationId, service));
  if (bookable.poolHours.length === 0) throw new Problem('service_not_bookable');
  const span = { from: Math.min(now, input.startAt) - DAY_MS, until: behindJob(bookable.poolHours, minutes, input.startAt) };
  const pools = await withClosures(tx, bookable.poolHours, span);
  const window = bookingWindow(
    now,
    bookingRule(service),
    pools.map((pool) => pool.calendar),
  );
  if (input.startAt < window.from || input.startAt >= window.until)
    throw new Problem('slot_closed', { from: window.from, until: window.until });

  await countUnpaid(tx, actor.organisationId, { poolIds: bookable.poolHours, minutes });
  if (input.offerId) await freeKeptSlot(tx, actor, { ...input, offerId: input.offerId }, now);
  if (isStocked(service.family) && !(await takeStock(tx, service.id, input.quantity))) throw new Problem('sold_out');
  const id = newId();
  const { endAt } = await claimSlot(tx, {
    orderId: id,
    pools,
    minutes,
    bufferMinutes: service.bufferMinutes,
    travelMinutes,
    startAt: input.startAt,
  });
  const order: Order = {
    id,
    number: publicNumber('HJ'),
    centreId: service.centreId,
    serviceId: service.id,
    buyerId: actor.organisationId,
    personId: actor.personId,
    ...beginning.state(bookable, input.startAt, now),
    payment: 'unpaid',
    payout: 'none',
    dispute: 'none',
    snapshot: {
      version: service.version,
      slug: service.slug,
      nameZh: service.nameZh,
      nameEn: service.nameEn,
      family: service.family,
      specification: service.specification,
      unit: service.unit,
      turnaroundDays: service.turnaroundDays,
      poolIds: bookable.poolHours.map((hours) => hours.id),
      minutes,
      ...(service.family === 'shared_equipment' && service.operation ? { operation: service.operation } : {}),
      ...(travelMinutes > 0 && { travelMinutes }),
      ...(service.bufferMinutes > 0 && { bufferMinutes: service.bufferMinutes }),
      ...(choice.points !== null && { points: choice.points }),
    },
    quantity: input.quantity,
    startAt: input.startAt,
    endAt,
    timeZone: bookable.centre.timeZone,
    deliveryMode: input.deliveryMode,
    address: input.address,
    notes: input.notes,
    purchaseOrder: input.purchaseOrder,
    expedited: input.expedited,
    currency: 'cny',
    ...bill,
    refunded: 0,
    cancelPolicy: service.cancelPolicy,
    decisionReason: '',
    submissionKey: input.submissionKey,
    version: 1,
    createdAt: now,
    updatedAt: now,
  };
  await insertOrder(tx, order, input.items);
  const kind = order.progress === 'requested' ? 'requested' : 'held';
  const facts = {
    progress: order.progress,
    service: service.id,
    quantity: order.quantity,
    startAt: order.startAt,
    endAt,
    gross: order.gross,
  };
  await recordOrderEvent(tx, id, { kind, actorId: actor.personId }, facts, now, true);
  await beginning.after?.(tx, order, now);
  return placed(order, false);
}

/** The price is computed here; what the form says was shown is only compared. */
function priceOf({ service }: BookableService, input: BookingInput, travelMinutes: number, eligibility: DiscountEligibility) {
  if (!service.deliveryModes.includes(input.deliveryMode))
    throw new Problem('invalid_form', { field: 'deliveryMode', reason: 'not_offered' });
  if (input.expedited && service.expediteBasisPoints === null)
    throw new Problem('invalid_form', { field: 'expedited', reason: 'not_offered' });
  const wrong = misfit(service, input);
  if (wrong) throw new Problem('invalid_form', { field: wrong, reason: 'not_offered' });
  const bill = billFor(service, { ...input, eligibility });
  if (bill.gross > MOST_GROSS) throw new Problem('invalid_form', { field: 'quantity', reason: 'total_too_high' });
  const price = fingerprint(bill, service.cancelPolicy, travelMinutes);
  if (price !== input.shownPrice) throw new Problem('price_changed', { net: bill.net, vat: bill.vat, gross: bill.gross, price });
  return bill;
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

const placed = ({ id, number, progress, holdExpiresAt, decisionDueAt }: Order, again: boolean): Placed => ({
  id,
  number,
  progress,
  holdExpiresAt,
  decisionDueAt,
  again,
});
