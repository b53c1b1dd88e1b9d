/** How much one firm may keep without paying: what it holds, nobody else can book. */
import type { Progress } from '#db/schema/orders.ts';

/** Held to be paid, and asked for: both keep a slot, and neither has cost anything yet. */
export const UNPAID: readonly Progress[] = ['requested', 'held'];

/** More than a metrology room sends in one go (an order takes dozens of instruments); few enough that nobody empties a calendar for nothing. */
export const MOST_UNPAID_ORDERS = 20;
/** 400 half-hours, whatever a pool's grid: one bench for five weeks of working days, or all benches of a middling centre for some days. */
export const MOST_UNPAID_MINUTES = 400 * 30;

export type Unpaid = { orders: number; minutes: number };

/** Pools' time an order keeps: of all pools it stands in. @param minutes of each */
export const minutesKept = ({ poolIds, minutes }: { poolIds: readonly unknown[]; minutes: number }): number => poolIds.length * minutes;

/**
 * Whether so much may stand unpaid, the order to be made included; `orders` or `minutes`: what there is too much of. A single order may be as
 * large as its service lets it.
 */
export function unpaidFault({ orders, minutes }: Unpaid): 'orders' | 'minutes' | undefined {
  if (orders <= 1) return undefined;
  if (orders > MOST_UNPAID_ORDERS) return 'orders';
  return minutes > MOST_UNPAID_MINUTES ? 'minutes' : undefined;
}

/** By how much a change of state changes what stands unpaid: one order more, one less, or none. */
export const unpaidStep = (from: Progress, to: Progress): -1 | 0 | 1 =>
  UNPAID.includes(from) === UNPAID.includes(to) ? 0 : UNPAID.includes(to) ? 1 : -1;
