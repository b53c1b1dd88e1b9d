/** Which pools a service needs, and which services need a pool. */
import { asc, eq, sql } from 'drizzle-orm';
import { announce } from '#app/core/change-feed.server.ts';
import { prepare, type Queries } from '#db/queries.ts';
import { servicePool } from '#db/schema/catalogue.ts';
import { raiseServices } from './raise-services.server.ts';

/** In the order the service names them. */
export async function poolsInOrder(q: Queries, serviceId: string): Promise<string[]> {
  const rows = await q
    .select({ id: servicePool.poolId })
    .from(servicePool)
    .where(eq(servicePool.serviceId, serviceId))
    .orderBy(asc(servicePool.position), asc(servicePool.poolId));
  return rows.map(({ id }) => id);
}

/** The lines (`Database.write`) in which whoever writes claims on a service's pools stands. */
export async function poolsOf(q: Queries, serviceId: string): Promise<string[]> {
  const rows = await prepare(q, 'service_pools', (p) =>
    p
      .select({ id: servicePool.poolId })
      .from(servicePool)
      .where(eq(servicePool.serviceId, sql.placeholder('serviceId'))),
  ).execute({ serviceId });
  return rows.map(({ id }) => id);
}

/** A pool is another: what is derived from the services that need it is stale. */
export async function poolChanged(tx: Queries, poolId: string, now: number): Promise<void> {
  const users = await tx.select({ id: servicePool.serviceId }).from(servicePool).where(eq(servicePool.poolId, poolId));
  await raiseServices(
    tx,
    users.map(({ id }) => id),
  );
  for (const { id } of users) await announce(tx, 'service', id, now);
}
