/**
 * How long a booking takes.
 *
 * Length = fixed set-up + minutes per item × quantity, rounded up to whole cells of each pool's grid.
 *
 * Where it may lie (slot-search.ts applies it): in one unbroken stretch, open in all its pools at once. Where the stretch is too short for
 * it, it runs on: its cells are the next cells open in all its pools, breaks, nights, weekends, holidays and closures skipped, on the same
 * resources from beginning to end. It then begins with at least an hour and a half before the first break, whatever its length; so what takes less is
 * never cut, and a larger job never gets a start that a smaller one is refused. On seats it begins with the longest stretch of the week: what
 * fits one is never cut. A visit may go on after a break; a night cuts it only when it fits no day, and it then begins with the longest day
 * (decisions/jobs-over-breaks.md).
 */

export interface DurationRule {
  /** Once per booking, whole minutes ≥ 0. */
  readonly setUpMinutes: number;
  /** Per item, whole minutes ≥ 0. */
  readonly minutesPerItem: number;
  /** Largest quantity one booking may have. */
  readonly maxQuantity: number;
}

export type QuantityProblem = 'quantity_not_whole' | 'quantity_too_small' | 'quantity_too_large' | 'duration_too_long';

/** No single booking lasts longer (working time): 60 days around the clock keeps every search bounded. */
export const MAX_BOOKING_MINUTES = 60 * 24 * 60;

/** Minutes a booking of `quantity` items takes, or why it cannot be booked. A rule without any time still takes a minute. */
export function bookingMinutes(
  rule: DurationRule,
  quantity: number,
): { ok: true; minutes: number } | { ok: false; problem: QuantityProblem; maxQuantity: number } {
  const refuse = (problem: QuantityProblem) => ({ ok: false as const, problem, maxQuantity: rule.maxQuantity });
  if (!Number.isInteger(quantity)) return refuse('quantity_not_whole');
  if (quantity < 1) return refuse('quantity_too_small');
  if (quantity > rule.maxQuantity) return refuse('quantity_too_large');
  const minutes = Math.max(1, rule.setUpMinutes + rule.minutesPerItem * quantity);
  if (minutes > MAX_BOOKING_MINUTES) return refuse('duration_too_long');
  return { ok: true, minutes };
}

/** Whole cells that hold `minutes`, rounded up. */
export function cellsFor(minutes: number, gridMinutes: number): number {
  return Math.ceil(minutes / gridMinutes);
}
