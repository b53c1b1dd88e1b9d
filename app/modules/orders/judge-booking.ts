import { Problem } from '#app/core/problem.ts';
import { billFor } from '#app/modules/catalogue/bill.ts';
import { choiceOf, type DiscountEligibility, MOST_GROSS, misfit } from '#app/modules/catalogue/price-rules.ts';
import { sessionAt, sessionMinutes } from '#app/modules/scheduling/course-sessions.ts';
import { minutesOf } from '#app/modules/scheduling/find-free-starts.server.ts';
import type { PoolHours } from '#app/modules/scheduling/load-pool-facts.server.ts';
import type { service } from '#db/schema/catalogue.ts';
import type { BookingInput } from './booking-form.ts';
import { fingerprint } from './price.ts';

type Service = typeof service.$inferSelect;
/** Held to be paid, or asked of the centre: what the button said that was pressed. */
export type Booking = Service['booking'];

/** What a booking is, once it is judged to be one that the service sells. */
export type Judged = ReturnType<typeof judgeBooking>;

/**
 * Whether a service sells what was asked, and at the price that was shown. The price is computed here; what the form says was shown is
 * only compared.
 * @throws Problem stale (the service has begun to ask for approval, or has ceased to), mandatory_verification, invalid_form,
 * quantity_out_of_range, price_changed, slot_closed for a course on a day it has no date
 */
export function judgeBooking(
  { service, poolHours }: { service: Service; poolHours: readonly PoolHours[] },
  input: BookingInput,
  booking: Booking,
  eligibility: DiscountEligibility,
) {
  if (service.booking !== booking) throw new Problem('stale');
  const measured = service.family === 'calibration' || service.family === 'verification';
  if (input.mandatoryUse && measured) throw new Problem('mandatory_verification');
  const asksTrained = service.family === 'shared_equipment' && service.operation === 'trained_user';
  if (asksTrained && !input.trainedUser) throw wrong('trainedUser', 'required');
  const choice = choiceOf(service, input);
  const travelMinutes = choice.zone?.minutes ?? 0;
  const session = sessionAt(service, input.startAt);
  if (service.sessions && !session) throw new Problem('slot_closed');
  const asked = minutesOf(service, input.quantity, travelMinutes);
  const seats = poolHours.find(({ kind }) => kind === 'seat');
  const minutes = session && seats ? sessionMinutes(seats, session) : asked;
  if (minutes === 0) throw new Problem('slot_closed');
  if (!service.deliveryModes.includes(input.deliveryMode)) throw wrong('deliveryMode', 'not_offered');
  if (input.expedited && service.expediteBasisPoints === null) throw wrong('expedited', 'not_offered');
  const unfit = misfit(service, input);
  if (unfit) throw wrong(unfit, 'not_offered');
  const bill = billFor(service, { ...input, eligibility });
  if (bill.gross > MOST_GROSS) throw wrong('quantity', 'total_too_high');
  const price = fingerprint(bill, service.cancelPolicy, travelMinutes);
  if (price !== input.shownPrice) throw new Problem('price_changed', { net: bill.net, vat: bill.vat, gross: bill.gross, price });
  return { choice, travelMinutes, minutes, bill, dated: session !== undefined };
}

const wrong = (field: string, reason: string) => new Problem('invalid_form', { field, reason });
