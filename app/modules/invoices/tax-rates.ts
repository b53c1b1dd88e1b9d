/** The rates of a centre: which held on a day. */

import type { TaxRate } from '#db/schema/invoices.ts';

/** `validFrom`: a day of the centre's time zone, `2026-11-28`. */
export type DatedRate = { validFrom: string; rate: TaxRate };

const BASIS_POINTS: Record<TaxRate, number> = { '6': 600, '3': 300, '1': 100, exempt: 0 };

export const basisPointsOf = (rate: TaxRate): number => BASIS_POINTS[rate];

/** Null before the first of them: nobody has said, and it is not guessed. */
export function rateOn(rates: readonly DatedRate[], day: string): TaxRate | null {
  let held: DatedRate | null = null;
  for (const one of rates) if (one.validFrom <= day && (!held || one.validFrom > held.validFrom)) held = one;
  return held?.rate ?? null;
}
