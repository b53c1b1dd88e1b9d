import { MINUTE_MS } from '#app/modules/scheduling/local-day.ts';
import type { waitingPlace } from '#db/schema/orders.ts';
import smes from './data/demonstration-smes.json' with { type: 'json' };
import type { SeedDay } from './day.ts';
import type { Sold } from './demand.ts';
import { seedId } from './ids.ts';
import { organisationId, personId } from './people.ts';
import type { SlotBook } from './slot-book.ts';

/** Working time of the job that is waited for: a day. */
const JOB_MINUTES = 7 * 60;
const DAYS_LOOKED_AT = 30;

/** Three firms wait for the service that is full longest. */
export function waitingList(sold: readonly Sold[], book: SlotBook, from: SeedDay, now: number): (typeof waitingPlace.$inferInsert)[] {
  const sellable = sold
    .filter(({ booking, unit }) => booking === 'instant' && unit !== 'seat')
    .map((service) => ({ ...service, quantity: quantityOf(service), first: firstFreeDay(service, book, from) }));
  const fullest = sellable.toSorted((a, b) => b.first - b.leadDays - (a.first - a.leadDays))[0];
  if (!fullest) return [];
  return smes.slice(0, 3).map(({ slug, email }, i) => {
    const at = now - (3 - i) * 5 * 60 * MINUTE_MS;
    return {
      id: seedId('waiting', `${from.day} ${slug}`),
      centreId: fullest.row.centreId,
      serviceId: fullest.row.id,
      buyerId: organisationId(slug),
      personId: personId(`${email}@demo.hengji.example`),
      orderId: null,
      quantity: fullest.quantity,
      fromAt: at,
      beforeAt: from.at(fullest.first),
      state: 'waiting' as const,
      createdAt: at,
      updatedAt: at,
    };
  });
}

const quantityOf = ({ maxQuantity, setupMinutes, minutesPerItem }: Sold): number =>
  Math.max(1, Math.min(maxQuantity, Math.round((JOB_MINUTES - setupMinutes) / minutesPerItem)));

/** Days from the seeded day to the first on which the job may begin. */
function firstFreeDay(service: Sold, book: SlotBook, from: SeedDay): number {
  const minutes = service.setupMinutes + service.minutesPerItem * quantityOf(service);
  for (let offset = 1; offset < DAYS_LOOKED_AT; offset++)
    if (book.find(service.poolIds, minutes, from.day + offset, 0, () => 0)) return offset;
  return DAYS_LOOKED_AT;
}
