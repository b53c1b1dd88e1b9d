import { and, asc, eq, gte, inArray, lt, sql } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import { arrange, mondayOfWeek, type PoolName, type PoolWeek, type Utilization } from '#app/modules/parks/utilization.ts';
import { sumOf } from '#db/queries.ts';
import { centre, park } from '#db/schema/centres.ts';
import { pool, resourceDay } from '#db/schema/scheduling.ts';

export type ParkUtilization = { park: { slug: string; nameZh: string; nameEn: string }; now: Utilization; before: Utilization };

/**
 * The park of the actor's organisation: open, booked and used time of its centres' pools per week, and the same number of weeks before.
 * Read from the rollup by one statement.
 * @throws Problem not_found for others than parks, and when the organisation runs none
 */
export async function viewUtilization(
  { db }: Pick<Deps, 'db'>,
  actor: Actor,
  { firstWeek, lastWeek }: { firstWeek: number; lastWeek: number },
): Promise<ParkUtilization> {
  requireRight(actor, 'park.view');
  const length = lastWeek - firstWeek + 1;
  return db.read(async (q) => {
    const [own] = await q
      .select({ id: park.id, slug: park.slug, nameZh: park.nameZh, nameEn: park.nameEn })
      .from(park)
      .where(eq(park.organisationId, actor.organisationId));
    if (!own) throw new Problem('not_found');
    const pools: PoolName[] = await q
      .select({
        id: pool.id,
        nameZh: pool.nameZh,
        nameEn: pool.nameEn,
        centreId: centre.id,
        centreSlug: centre.slug,
        centreZh: centre.nameZh,
        centreEn: centre.nameEn,
      })
      .from(pool)
      .innerJoin(centre, eq(centre.id, pool.centreId))
      .where(eq(centre.parkId, own.id))
      .orderBy(asc(centre.slug), asc(pool.position), asc(pool.id));
    const rows = await readWeeks(
      q,
      pools.map((p) => p.id),
      firstWeek - length,
      lastWeek,
    );
    const { id: _, ...names } = own;
    return { park: names, now: arrange(pools, rows, firstWeek, lastWeek), before: arrange(pools, rows, firstWeek - length, firstWeek - 1) };
  }, 'reports');
}

type Reader = Parameters<Parameters<Deps['db']['read']>[0]>[0];

function readWeeks(q: Reader, poolIds: string[], firstWeek: number, lastWeek: number): Promise<PoolWeek[]> {
  if (poolIds.length === 0) return Promise.resolve([]);
  const week = sql<number>`(${resourceDay.day} + 3) / 7`.mapWith(Number);
  return q
    .select({
      poolId: resourceDay.poolId,
      week,
      open: sumOf(resourceDay.openMinutes),
      booked: sumOf(resourceDay.bookedMinutes),
      used: sumOf(resourceDay.usedMinutes),
    })
    .from(resourceDay)
    .where(
      and(
        inArray(resourceDay.poolId, poolIds),
        gte(resourceDay.day, mondayOfWeek(firstWeek)),
        lt(resourceDay.day, mondayOfWeek(lastWeek + 1)),
      ),
    )
    .groupBy(resourceDay.poolId, week);
}
