import type { Deps } from '#app/core/deps.ts';
import { centresWithOtherVat, setCentreVat } from '#app/modules/catalogue/set-centre-vat.server.ts';
import { zoneOf } from '#app/modules/centres/centre-facts.server.ts';
import { DEFAULT_ZONE } from '#app/modules/scheduling/local-day.ts';
import type { Queries } from '#db/queries.ts';
import { taxRate } from '#db/schema/invoices.ts';
import { dayIn } from './invoice-zone.server.ts';
import { basisPointsOf, rateOn } from './tax-rates.ts';

type Needs = Pick<Deps, 'db' | 'clock'>;

/**
 * Background work: what a centre sells bears the rate of its day, whoever has written another into a listing meanwhile. A service keeps the
 * rate it is sold at, so that search, booking and order show one sum; an order keeps the one of the day it was made.
 * @returns how many services changed
 */
export async function applyTaxRates({ db, clock }: Needs): Promise<number> {
  const rates = await db.read(currentRates(clock()));
  let changed = 0;
  for (const basisPoints of new Set(rates.values())) {
    const centreIds = [...rates].filter(([, points]) => points === basisPoints).map(([id]) => id);
    for (const centreId of await db.read((q) => centresWithOtherVat(q, centreIds, basisPoints)))
      changed += await db.write((tx) => setCentreVat(tx, centreId, basisPoints, clock()));
  }
  return changed;
}

/** Basis points by centre, of those that have said so for today. */
const currentRates =
  (now: number) =>
  async (q: Queries): Promise<Map<string, number>> => {
    const rows = await q
      .select({ centreId: taxRate.centreId, validFrom: taxRate.validFrom, rate: taxRate.rate, zone: zoneOf(taxRate.centreId) })
      .from(taxRate);
    const current = new Map<string, number>();
    for (const [centreId, own] of Map.groupBy(rows, (row) => row.centreId)) {
      const rate = rateOn(own, dayIn(own[0]?.zone ?? DEFAULT_ZONE, now));
      if (rate) current.set(centreId, basisPointsOf(rate));
    }
    return current;
  };
