import { eq, inArray } from 'drizzle-orm';
import { newId } from '#app/core/ids.server.ts';
import { Problem } from '#app/core/problem.ts';
import { chunks, type Queries } from '#db/queries.ts';
import { claim, type HolderKind, pool, resource } from '#db/schema/scheduling.ts';
import type { OrderNumbers } from './closures.server.ts';
import { cellStart } from './grid.ts';
import { type SaidOf, samePerson } from './same-person.ts';
import { NO_POOL, workerCells } from './worker-cells.ts';

/** At most so many orders are named; the page says how many there are in all. */
const NAMED = 5;

/**
 * After a pool was saved, joins the resources of the centre that are the same person: from now on that person is booked once at a time.
 * @param said of resources of the pool
 * @returns the pools in which somebody has become, or ceased to be, a person of several
 * @throws Problem invalid_form {field: personId}; person_booked_twice {orders, count} when they are booked in two pools at once already
 */
export async function joinWorkers(
  tx: Queries,
  { centreId, said, orderNumbers }: { centreId: string; said: SaidOf; orderNumbers: OrderNumbers },
  now: number,
): Promise<string[]> {
  const all = await tx
    .select({
      id: resource.id,
      poolId: resource.poolId,
      active: resource.active,
      personId: resource.personId,
      workerId: resource.workerId,
      gridMinutes: pool.gridMinutes,
    })
    .from(resource)
    .innerJoin(pool, eq(pool.id, resource.poolId))
    .where(eq(pool.centreId, centreId));
  const judged = samePerson(all, said, newId);
  if ('fault' in judged) throw new Problem('invalid_form', { field: 'personId', reason: judged.fault });
  const { workers } = judged;
  const changed = all.filter(({ id, workerId }) => workers.get(id) !== workerId);
  for (const { id } of changed)
    await tx
      .update(resource)
      .set({ workerId: workers.get(id) ?? null })
      .where(eq(resource.id, id));
  const touched = new Set(changed.flatMap(({ id, workerId }) => [workerId ?? [], workers.get(id) ?? []].flat()));
  for (const workerId of touched) {
    await tx.delete(claim).where(eq(claim.resourceId, workerId));
    const own = all.filter(({ id }) => workers.get(id) === workerId);
    if (own.length > 0) await claimAnew(tx, workerId, own, orderNumbers, now);
  }
  return [
    ...new Set(all.filter(({ id }) => changed.some((one) => one.id === id) || touched.has(workers.get(id) ?? '')).map((one) => one.poolId)),
  ];
}

/** What the person's resources have claimed from now on, as their own quarters of an hour. */
async function claimAnew(
  tx: Queries,
  workerId: string,
  own: readonly { id: string; gridMinutes: number }[],
  orderNumbers: OrderNumbers,
  now: number,
): Promise<void> {
  const rows = await tx
    .select()
    .from(claim)
    .where(
      inArray(
        claim.resourceId,
        own.map(({ id }) => id),
      ),
    );
  const holders = new Map<number, { resourceId: string; holderId: string; holderKind: HolderKind; used: boolean }>();
  const twice = new Set<string>();
  for (const { id, gridMinutes } of own) {
    const theirs = rows.filter((row) => row.resourceId === id && cellStart(gridMinutes, row.cell + 1) > now);
    for (const { cell, holderId, holderKind, used } of theirs)
      for (const quarter of workerCells(gridMinutes, Int32Array.of(cell))) {
        const before = holders.get(quarter);
        if (before && before.resourceId !== id) for (const one of [before.holderId, holderId]) twice.add(one);
        holders.set(quarter, { resourceId: id, holderId, holderKind, used });
      }
  }
  if (twice.size > 0) {
    const orders = await orderNumbers(tx, [...twice]);
    throw new Problem('person_booked_twice', { orders: orders.slice(0, NAMED).join(', '), count: orders.length });
  }
  const cells = [...holders].map(([cell, { resourceId: _, ...holder }]) => ({ ...holder, cell, resourceId: workerId, poolId: NO_POOL }));
  for (const some of chunks(cells)) await tx.insert(claim).values(some);
}
