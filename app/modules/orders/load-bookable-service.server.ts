import { Problem } from '#app/core/problem.ts';
import { serviceHead, serviceWithCentre } from '#app/modules/catalogue/service-facts.server.ts';
import { bookingOf } from '#app/modules/centres/verification/takes-money.ts';
import { loadPoolsOfService, type PoolHours } from '#app/modules/scheduling/load-pool-facts.server.ts';
import type { Queries } from '#db/queries.ts';
import type { service } from '#db/schema/catalogue.ts';

/** What a booking of a service has to know of it. */
export type BookableService = {
  service: typeof service.$inferSelect;
  centre: { id: string; organisationId: string | null; slug: string; nameZh: string; nameEn: string; timeZone: string };
  /** Whether its centre takes money; of another it is asked for (`service.booking` says so then). */
  verified: boolean;
  poolHours: PoolHours[];
};

const SALES_KEPT = 5_000;
const kept = new WeakMap<Queries, Map<string, BookableService>>();

/**
 * A service with its centre and pools. Its version and status, and whether its centre is verified, are read every time; what they stand for is kept per connection.
 * @throws Problem not_found for what is not there or not public yet; service_not_bookable when paused or its centre is unclaimed
 */
export async function loadBookableService(q: Queries, serviceId: string): Promise<BookableService> {
  const head = await serviceHead(q, serviceId);
  if (!head || head.status === 'draft') throw new Problem('not_found');
  const bookable = await bookableServiceOf(q, serviceId, head.version);
  if (head.status === 'paused' || bookable.centre.organisationId === null) throw new Problem('service_not_bookable');
  if (head.verifiedAt !== null) return bookable;
  return { ...bookable, verified: false, service: { ...bookable.service, booking: bookingOf(bookable.service.booking, false) } };
}

async function bookableServiceOf(q: Queries, serviceId: string, version: number): Promise<BookableService> {
  const services = kept.get(q) ?? new Map<string, BookableService>();
  kept.set(q, services);
  const known = services.get(serviceId);
  if (known?.service.version === version) return known;
  const row = await serviceWithCentre(q, serviceId);
  if (!row) throw new Problem('not_found');
  const bookable = { ...row, verified: true, poolHours: await loadPoolsOfService(q, serviceId, row.service.version) };
  if (services.size >= SALES_KEPT) services.clear();
  services.set(serviceId, bookable);
  return bookable;
}
