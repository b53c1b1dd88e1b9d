import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { centreIdsOf } from '#app/modules/centres/centre-facts.server.ts';
import { claim, pool, resource } from '#db/schema/scheduling.ts';

/** The benches, people and standards an order of the actor's own centre holds; empty for anybody else, and once the slot is free again. */
export async function listOrderResources({ db }: Pick<Deps, 'db'>, actor: Actor, orderId: string) {
  return db.read((q) =>
    q
      .selectDistinct({
        id: resource.id,
        nameZh: resource.nameZh,
        nameEn: resource.nameEn,
        poolZh: pool.nameZh,
        poolEn: pool.nameEn,
        position: resource.position,
      })
      .from(claim)
      .innerJoin(resource, eq(resource.id, claim.resourceId))
      .innerJoin(pool, eq(pool.id, resource.poolId))
      .where(and(eq(claim.holderId, orderId), inArray(pool.centreId, centreIdsOf(q, actor.organisationId))))
      .orderBy(asc(pool.nameZh), asc(resource.position)),
  );
}
