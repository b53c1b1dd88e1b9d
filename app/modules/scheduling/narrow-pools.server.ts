import { eq } from 'drizzle-orm';
import { Problem } from '#app/core/problem.ts';
import type { Queries } from '#db/queries.ts';
import { claim } from '#db/schema/scheduling.ts';
import type { PoolHours } from './load-pool-facts.server.ts';

/**
 * The pools of an order, or those of a date of a course, one of them narrowed to the resource somebody chose.
 * @param keeps the other pools too, to what it holds there; what has gone out of use since is not kept
 * @throws Problem invalid_form {field: resource} when none of the pools has it in use
 */
export async function narrowPools(
  tx: Queries,
  poolHours: readonly PoolHours[],
  { holderId, resourceId, keeps }: { holderId: string; resourceId: string; keeps: boolean },
): Promise<PoolHours[]> {
  if (!poolHours.some(({ resources }) => resources.some(({ id }) => id === resourceId)))
    throw new Problem('invalid_form', { field: 'resource' });
  const held = keeps ? await tx.selectDistinct({ id: claim.resourceId }).from(claim).where(eq(claim.holderId, holderId)) : [];
  return poolHours.map((hours, i) => {
    // Of several seats only one was chosen; the others may be any.
    if (poolHours.indexOf(hours) < i) return hours;
    const chosen = hours.resources.filter(({ id }) => id === resourceId);
    const kept = hours.resources.filter(({ id }) => held.some((one) => one.id === id));
    const resources = [chosen, kept].find((some) => some.length > 0);
    return resources ? { ...hours, resources } : hours;
  });
}
