import { and, eq, isNotNull, sql } from 'drizzle-orm';
import type { Deps } from '#app/core/deps.ts';
import { bookingOf } from '#app/modules/centres/verification/takes-money.ts';
import { lengthOf } from '#app/modules/scheduling/find-free-starts.server.ts';
import { prepare } from '#db/queries.ts';
import { service } from '#db/schema/catalogue.ts';
import { centre } from '#db/schema/centres.ts';

/** What reading a sent booking form has to know of the service. */
export type Sold = { id: string; booking: 'instant' | 'approve'; zone: string; asksTrained: boolean; takes: (quantity: number) => boolean };

/** A service that can be booked now, by one statement; null for any other, also for none. */
export async function findSold({ db }: Pick<Deps, 'db'>, slug: string): Promise<Sold | null> {
  const [row] = await db.read((q) =>
    prepare(q, 'service_sold_by_slug', (p) =>
      p
        .select({
          id: service.id,
          booking: service.booking,
          family: service.family,
          operation: service.operation,
          maxQuantity: service.maxQuantity,
          setupMinutes: service.setupMinutes,
          minutesPerItem: service.minutesPerItem,
          bufferMinutes: service.bufferMinutes,
          zone: centre.timeZone,
          verifiedAt: centre.verifiedAt,
        })
        .from(service)
        .innerJoin(centre, eq(centre.id, service.centreId))
        .where(and(eq(service.slug, sql.placeholder('slug')), eq(service.status, 'published'), isNotNull(centre.organisationId))),
    ).execute({ slug }),
  );
  if (!row) return null;
  const { id, zone, family, operation, verifiedAt, ...length } = row;
  const booking = bookingOf(row.booking, verifiedAt !== null);
  const asksTrained = family === 'shared_equipment' && operation === 'trained_user';
  return { id, booking, zone, asksTrained, takes: (quantity) => lengthOf(length, quantity).ok };
}
