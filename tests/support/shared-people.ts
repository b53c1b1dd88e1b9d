/** A market of several services, each with a pool of its own, in which people stand in several pools. */
import { eq } from 'drizzle-orm';
import { newId } from '#app/core/ids.server.ts';
import type { Database } from '#db/open.server.ts';
import { service, servicePool } from '#db/schema/catalogue.ts';
import { pool, resource } from '#db/schema/scheduling.ts';
import { type Market, type MarketOptions, type Service, seedMarket } from '#tests/support/market.ts';

/** One pool: its grid, and who stands in it (numbers are people, null somebody of this pool alone). */
export type PoolOfPeople = { gridMinutes: number; people: (number | null)[] };
export type SharedMarket = Market & { services: Service[]; resourceOf: (pool: number, place: number) => string };

const workerId = (centreId: string, person: number) => `${centreId} ${person}`;

/** @param needs the pools of each service; left out: one service for each pool */
export async function seedSharedMarket(
  db: Database,
  pools: readonly PoolOfPeople[],
  { needs = pools.map((_, i) => [i]), ...options }: MarketOptions & { needs?: number[][] } = {},
): Promise<SharedMarket> {
  const market = await seedMarket(db, { ...options, pools: pools.map(({ people }) => people.length) });
  const services: Service[] = [];
  await db.write(async (tx) => {
    await tx.delete(servicePool).where(eq(servicePool.serviceId, market.service.id));
    for (const poolIds of needs) {
      const [made] = await tx
        .insert(service)
        .values({ ...market.service, id: newId(), slug: newId() })
        .returning();
      services.push(made as Service);
      for (const [position, i] of poolIds.entries())
        await tx.insert(servicePool).values({ serviceId: (made as Service).id, poolId: market.poolIds[i] as string, position });
    }
    for (const [i, { gridMinutes, people }] of pools.entries()) {
      await tx
        .update(pool)
        .set({ gridMinutes, kind: 'technician', nameZh: `检定员 ${i + 1}`, nameEn: `Technicians ${i + 1}` })
        .where(eq(pool.id, market.poolIds[i] as string));
      for (const [place, person] of people.entries())
        if (person !== null && pools.filter((one) => one.people.includes(person)).length > 1)
          await tx
            .update(resource)
            .set({ workerId: workerId(market.centreId, person) })
            .where(eq(resource.id, market.resourceIds[i]?.[place] as string));
    }
  });
  return { ...market, services, resourceOf: (i, place) => market.resourceIds[i]?.[place] as string };
}
