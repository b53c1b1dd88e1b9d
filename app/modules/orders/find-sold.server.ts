import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import { publishedService } from '#app/modules/catalogue/service-facts.server.ts';
import { bookingOf } from '#app/modules/centres/verification/takes-money.ts';
import { lengthOf } from '#app/modules/scheduling/find-free-starts.server.ts';

/** What reading a sent booking form has to know of the service. */
export type Sold = { id: string; booking: 'instant' | 'approve'; zone: string; asksTrained: boolean; takes: (quantity: number) => boolean };

/** A service that can be booked now, by one statement. @throws Problem service_not_bookable for any other, also for none */
export async function findSold({ db }: Pick<Deps, 'db'>, slug: string): Promise<Sold> {
  const row = await db.read((q) => publishedService(q, slug));
  if (!row) throw new Problem('service_not_bookable');
  const { id, zone, family, operation, verifiedAt, ...length } = row;
  const booking = bookingOf(row.booking, verifiedAt !== null);
  const asksTrained = family === 'shared_equipment' && operation === 'trained_user';
  return { id, booking, zone, asksTrained, takes: (quantity) => lengthOf(length, quantity).ok };
}
