import { and, eq, isNotNull } from 'drizzle-orm';
import type { Queries } from '#db/queries.ts';
import { service, servicePool } from '#db/schema/catalogue.ts';

export type DateOf = { nameZh: string; nameEn: string; quantity: number; endAt: number };

/** The dates of the courses that need a pool, by what their teachers are claimed under. */
export async function datesOf(q: Queries, poolId: string): Promise<Map<string, DateOf>> {
  const courses = await q
    .select({ nameZh: service.nameZh, nameEn: service.nameEn, sessions: service.sessions })
    .from(service)
    .innerJoin(servicePool, eq(servicePool.serviceId, service.id))
    .where(and(eq(servicePool.poolId, poolId), isNotNull(service.sessions)));
  return new Map(
    courses.flatMap(({ nameZh, nameEn, sessions }) =>
      (sessions ?? []).flatMap(({ holderId, seats, endAt }) =>
        holderId ? [[holderId, { nameZh, nameEn, quantity: seats, endAt }] as const] : [],
      ),
    ),
  );
}
