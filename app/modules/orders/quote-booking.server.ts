import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import { billFor, leastChoice } from '#app/modules/catalogue/bill.ts';
import { discountEligibility } from '#app/modules/catalogue/discount-eligibility.server.ts';
import { choiceOf } from '#app/modules/catalogue/price-rules.ts';
import { serviceIdOf } from '#app/modules/catalogue/service-facts.server.ts';
import { findFreeStarts } from '#app/modules/scheduling/find-free-starts.server.ts';
import type { DeliveryMode } from '#db/schema/catalogue.ts';
import { loadBookableService } from './load-bookable-service.server.ts';
import { fullRefundUntil } from './policy.ts';
import { fingerprint } from './price.ts';

export type QuoteQuestion = {
  slug: string;
  quantity: number;
  deliveryMode?: DeliveryMode;
  expedited?: boolean;
  /** Measuring points per piece, range and zone; what is not offered becomes the nearest that is. */
  points?: number | undefined;
  range?: string | undefined;
  zone?: string | undefined;
  /** The firm that asks: members and firms of the park have their own price. */
  buyerId?: string | undefined;
  /** ISO date of the first day shown; left out: the week that can be booked first. */
  firstDay?: string;
  days?: number;
  /** The start the visitor has chosen, UTC ms: says until when a cancellation would be free. */
  startAt?: number;
};

/**
 * All the booking page shows before anything is sent: the service, the bill, the terms, and the free starts.
 * A delivery mode or haste the service does not offer is answered with what it does offer.
 * @throws Problem not_found, service_not_bookable, quantity_out_of_range
 */
export async function quoteBooking(deps: Pick<Deps, 'db' | 'clock'>, question: QuoteQuestion) {
  const { quantity, points, firstDay, days } = question;
  const bookable = await deps.db.read(async (q) => {
    const id = await serviceIdOf(q, question.slug);
    if (id === undefined) throw new Problem('not_found');
    const found = await loadBookableService(q, id);
    const eligibility = question.buyerId === undefined ? undefined : await discountEligibility(q, question.buyerId, found.service);
    return { ...found, eligibility };
  });
  if (bookable.service.deliveryModes.length === 0) throw new Problem('service_not_bookable');
  // What nobody chose yet is what costs least: the page opens with the total that led to it.
  const { deliveryMode, ...usual } = leastChoice(bookable.service, question.deliveryMode);
  const { range = usual.range, zone = usual.zone } = question;
  const expedited = question.expedited === true && bookable.service.expediteBasisPoints !== null;
  const input = { quantity, deliveryMode, expedited, points, range, zone, eligibility: bookable.eligibility };
  const choice = choiceOf(bookable.service, input);
  const travelMinutes = choice.zone?.minutes ?? 0;
  const free = await findFreeStarts(deps, { service: bookable.service, quantity, travelMinutes, firstDay, days });
  const bill = billFor(bookable.service, input);
  const policy = bookable.service.cancelPolicy;
  return {
    service: bookable.service,
    centre: bookable.centre,
    verified: bookable.verified,
    /** Decides the button: 预约 or 提交申请. */
    booking: bookable.service.booking,
    quantity,
    deliveryMode,
    expedited,
    choice,
    travelMinutes,
    eligibility: bookable.eligibility,
    bill,
    /** Goes into the form as `shownPrice`. */
    shownPrice: fingerprint(bill, policy, travelMinutes),
    policy,
    fullRefundUntil: question.startAt === undefined ? null : fullRefundUntil(question.startAt, policy),
    minutes: free.minutes,
    window: free.window,
    week: free.week,
    sessions: free.sessions,
  };
}
