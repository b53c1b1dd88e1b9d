import { and, eq, gt, inArray, sql } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import { audit } from '#app/core/audit.server.ts';
import type { Deps } from '#app/core/deps.ts';
import { newId } from '#app/core/ids.server.ts';
import { Problem } from '#app/core/problem.ts';
import { poolChanged } from '#app/modules/catalogue/service-pools.server.ts';
import { centreOf } from '#app/modules/centres/centre-access.server.ts';
import { areMembers } from '#app/modules/identity/people.server.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import type { Queries } from '#db/queries.ts';
import { type PoolKind, pool, resource, resourceDay, type WeeklyHours } from '#db/schema/scheduling.ts';
import { raisePoolVersions } from './book-minutes.server.ts';
import { hoursChanged, type OrderNumbers } from './closures.server.ts';
import { DAYS_AHEAD, extend } from './extend-rollup.server.ts';
import { joinWorkers } from './join-workers.server.ts';
import { loadPools } from './load-pool-facts.server.ts';
import { DAY_MS, dayOf } from './local-day.ts';
import type { SaidOf } from './same-person.ts';

export const GRIDS = [15, 30, 60] as const;
export const MOST_RESOURCES = 100;
export const MOST_POOL_NAME = 60;

export interface PoolInput {
  /** Null for a new one. */
  id: string | null;
  kind: PoolKind;
  field: string;
  nameZh: string;
  nameEn: string;
  /** Of a new pool; what is booked on a grid keeps it. */
  gridMinutes: number;
  /** On the grid (`parseHours`). */
  weeklyHours: WeeklyHours;
  observesHolidays: boolean;
  /** Those there are, and new ones (`id` null), in order. One left out stays as it is. */
  resources: {
    id: string | null;
    nameZh: string;
    nameEn: string;
    active: boolean;
    certificate: string;
    validUntil: number | null;
    /** Of a technician: the member of the centre whose day list its bookings are on. Left out: as it is. */
    personId?: string | null;
    /** Of a technician linked with no member: the resource of another pool that is the same person; null: nobody. Left out: as it is. */
    sameAs?: string | null;
  }[];
}

/**
 * Makes a pool, or changes its hours and resources. Bookings stay where they are; what is sold from now on follows. Who stands in other
 * pools too is from now on booked once at a time (`joinWorkers`).
 * @returns its id
 * @throws Problem not_found, forbidden, invalid_form {field: nameZh | resources | gridMinutes | personId}, person_booked_twice {orders, count}
 */
export async function savePool(
  { db, clock, orderNumbers }: Pick<Deps, 'db' | 'clock'> & { orderNumbers: OrderNumbers },
  actor: Actor,
  input: PoolInput,
): Promise<string> {
  requireRight(actor, 'time.plan');
  if (!input.nameZh || input.nameZh.length > MOST_POOL_NAME || input.nameEn.length > MOST_POOL_NAME)
    throw new Problem('invalid_form', { field: 'nameZh' });
  if (input.resources.length > MOST_RESOURCES || input.resources.some(({ nameZh }) => !nameZh || nameZh.length > MOST_POOL_NAME))
    throw new Problem('invalid_form', { field: 'resources' });
  if (!GRIDS.some((grid) => grid === input.gridMinutes)) throw new Problem('invalid_form', { field: 'gridMinutes' });
  return db.write(async (tx) => {
    const now = clock();
    const centre = await centreOf(tx, actor);
    // Bookings are shown to whom a resource is linked with: nobody but the centre's own.
    const linked = [...new Set(input.resources.flatMap(({ personId }) => personId ?? []))];
    if (!(await areMembers(tx, actor.organisationId, linked))) throw new Problem('invalid_form', { field: 'personId' });
    const { kind, field, nameZh, nameEn, weeklyHours, observesHolidays } = input;
    const columns = { kind, field, nameZh, nameEn, weeklyHours, observesHolidays };
    const id = input.id ?? newId();
    if (input.id === null) {
      const others = await tx.select({ position: pool.position }).from(pool).where(eq(pool.centreId, centre.id));
      const position = Math.max(-1, ...others.map((other) => other.position)) + 1;
      await tx.insert(pool).values({ ...columns, id, centreId: centre.id, gridMinutes: input.gridMinutes, position });
    } else {
      const [before] = await tx
        .select()
        .from(pool)
        .where(and(eq(pool.id, id), eq(pool.centreId, centre.id)));
      if (!before) throw new Problem('not_found');
      await tx.update(pool).set(columns).where(eq(pool.id, id));
    }
    const said = await saveResources(tx, id, input.resources);
    const joined = await joinWorkers(tx, { centreId: centre.id, said, orderNumbers }, now);
    for (const other of joined) if (other !== id) await sellAnew(tx, other, now);
    await sellAnew(tx, id, now);
    await audit(tx, { chain: `centre:${centre.id}`, actorId: actor.personId, action: 'pool_saved', data: { id } }, now);
    return id;
  });
}

/** @returns who is said to be the same person as whom */
async function saveResources(tx: Queries, poolId: string, resources: PoolInput['resources']): Promise<SaidOf> {
  const own = await tx.select({ id: resource.id }).from(resource).where(eq(resource.poolId, poolId));
  const said = new Map<string, 'alone' | { as: string }>();
  for (const [position, { id: known, sameAs, ...columns }] of resources.entries()) {
    const id = known ?? newId();
    if (known === null) await tx.insert(resource).values({ ...columns, id, poolId, position });
    else if (own.some((row) => row.id === id))
      await tx
        .update(resource)
        .set({ ...columns, position })
        .where(eq(resource.id, id));
    else throw new Problem('not_found');
    if (sameAs !== undefined) said.set(id, sameAs === null ? 'alone' : { as: sameAs });
  }
  return said;
}

/** Everything derived from the pool's hours and resources is made again: kept hours (by the services' version), starts, open minutes. */
async function sellAnew(tx: Queries, poolId: string, now: number): Promise<void> {
  await poolChanged(tx, poolId, now);
  await raisePoolVersions(tx, [poolId]);
  const poolHours = await loadPools(tx, [poolId]);
  await hoursChanged(tx, poolHours, { from: now, until: now + (DAYS_AHEAD + 1) * DAY_MS }, now);
  await extend(tx, poolId, now);
  await closeRetired(tx, poolId, dayOf(poolHours[0]?.calendar.zone ?? 'UTC', now));
}

/** A resource taken out of use counts as open only for as long as it is still booked. */
async function closeRetired(tx: Queries, poolId: string, today: number): Promise<void> {
  const retired = await tx
    .select({ id: resource.id })
    .from(resource)
    .where(and(eq(resource.poolId, poolId), eq(resource.active, false)));
  if (retired.length === 0) return;
  const ids = retired.map(({ id }) => id);
  await tx
    .update(resourceDay)
    .set({ openMinutes: sql`${resourceDay.bookedMinutes}` })
    .where(and(eq(resourceDay.poolId, poolId), gt(resourceDay.day, today), inArray(resourceDay.resourceId, ids)));
}
