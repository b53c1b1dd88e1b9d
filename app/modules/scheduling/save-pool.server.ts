import { and, eq, gt, inArray, sql } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import { audit } from '#app/core/audit.server.ts';
import { announce } from '#app/core/change-feed.server.ts';
import type { Deps } from '#app/core/deps.ts';
import { newId } from '#app/core/ids.server.ts';
import { Problem } from '#app/core/problem.ts';
import { raiseServices } from '#app/modules/capability/import/remove-rows.server.ts';
import { centreOf } from '#app/modules/centres/centre-access.server.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import type { Queries } from '#db/queries.ts';
import { servicePool } from '#db/schema/catalogue.ts';
import { membership } from '#db/schema/identity.ts';
import { type PoolKind, pool, resource, resourceDay, type WeeklyHours } from '#db/schema/scheduling.ts';
import { raisePoolVersion } from './book-minutes.server.ts';
import { hoursChanged } from './closures.server.ts';
import { DAYS_AHEAD, extend } from './extend-rollup.server.ts';
import { loadPools } from './load-pool-facts.server.ts';
import { DAY_MS, dayOf } from './local-day.ts';

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
  }[];
}

/**
 * Makes a pool, or changes its hours and resources. Bookings stay where they are; what is sold from now on follows.
 * @returns its id
 * @throws Problem not_found, forbidden, invalid_form {field: nameZh | resources | gridMinutes | personId}
 */
export async function savePool({ db, clock }: Pick<Deps, 'db' | 'clock'>, actor: Actor, input: PoolInput): Promise<string> {
  requireRight(actor, 'time.plan');
  if (!input.nameZh || input.nameZh.length > MOST_POOL_NAME || input.nameEn.length > MOST_POOL_NAME)
    throw new Problem('invalid_form', { field: 'nameZh' });
  if (input.resources.length > MOST_RESOURCES || input.resources.some(({ nameZh }) => !nameZh || nameZh.length > MOST_POOL_NAME))
    throw new Problem('invalid_form', { field: 'resources' });
  if (!GRIDS.some((grid) => grid === input.gridMinutes)) throw new Problem('invalid_form', { field: 'gridMinutes' });
  return db.write(async (tx) => {
    const now = clock();
    const centre = await centreOf(tx, actor);
    await requireMembers(tx, actor.organisationId, input.resources);
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
    await saveResources(tx, id, input.resources);
    await sellAnew(tx, id, now);
    await audit(tx, { chain: `centre:${centre.id}`, actorId: actor.personId, action: 'pool_saved', data: { id } }, now);
    return id;
  });
}

/** Bookings are shown to whom a resource is linked with: nobody but the centre's own. */
async function requireMembers(tx: Queries, organisationId: string, resources: PoolInput['resources']): Promise<void> {
  const linked = [...new Set(resources.flatMap(({ personId }) => personId ?? []))];
  if (linked.length === 0) return;
  const own = await tx
    .select({ id: membership.personId })
    .from(membership)
    .where(and(eq(membership.organisationId, organisationId), inArray(membership.personId, linked)));
  if (own.length < linked.length) throw new Problem('invalid_form', { field: 'personId' });
}

async function saveResources(tx: Queries, poolId: string, resources: PoolInput['resources']): Promise<void> {
  const own = await tx.select({ id: resource.id }).from(resource).where(eq(resource.poolId, poolId));
  for (const [position, { id, ...columns }] of resources.entries()) {
    if (id === null) await tx.insert(resource).values({ ...columns, id: newId(), poolId, position });
    else if (own.some((row) => row.id === id))
      await tx
        .update(resource)
        .set({ ...columns, position })
        .where(eq(resource.id, id));
    else throw new Problem('not_found');
  }
}

/** Everything derived from the pool's hours and resources is made again: kept hours (by the services' version), starts, open minutes. */
async function sellAnew(tx: Queries, poolId: string, now: number): Promise<void> {
  const users = await tx.select({ id: servicePool.serviceId }).from(servicePool).where(eq(servicePool.poolId, poolId));
  await raiseServices(
    tx,
    users.map(({ id }) => id),
  );
  for (const { id } of users) await announce(tx, 'service', id, now);
  await raisePoolVersion(tx, poolId);
  const poolHours = await loadPools(tx, [poolId]);
  await hoursChanged(tx, poolHours, { from: now, until: now + (DAYS_AHEAD + 1) * DAY_MS }, now);
  await extend(tx, poolId, now);
  await closeRetired(tx, poolId, dayOf(poolHours[0]?.calendar.zone ?? 'UTC', now));
}

/** Resources taken out of use are open no longer than they are booked. */
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
