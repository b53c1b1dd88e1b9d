import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { centreIdsOf } from '#app/modules/centres/centre-facts.server.ts';
import { pool, resource } from '#db/schema/scheduling.ts';

/** Of the given pools those of the actor's own centre, with their active resources: a booking may be moved to any of these. */
export async function listPoolResources({ db }: Pick<Deps, 'db'>, actor: Actor, poolIds: readonly string[]) {
  if (poolIds.length === 0) return [];
  const rows = await db.read((q) =>
    q
      .select({
        id: resource.id,
        nameZh: resource.nameZh,
        nameEn: resource.nameEn,
        pool: { id: pool.id, nameZh: pool.nameZh, nameEn: pool.nameEn },
      })
      .from(resource)
      .innerJoin(pool, eq(pool.id, resource.poolId))
      .where(and(inArray(pool.id, [...poolIds]), inArray(pool.centreId, centreIdsOf(q, actor.organisationId)), eq(resource.active, true)))
      .orderBy(asc(pool.position), asc(pool.id), asc(resource.position), asc(resource.id)),
  );
  return [...Map.groupBy(rows, (row) => row.pool.id).values()].flatMap((own) =>
    own[0] ? { ...own[0].pool, resources: own.map(({ pool: _, ...one }) => one) } : [],
  );
}
