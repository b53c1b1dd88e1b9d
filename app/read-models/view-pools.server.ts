import { and, asc, eq, gte, inArray, isNotNull, ne, notInArray, or } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import { centreOf } from '#app/modules/centres/centre-access.server.ts';
import { cellAt, cellStart } from '#app/modules/scheduling/grid.ts';
import type { Queries } from '#db/queries.ts';
import { service, servicePool } from '#db/schema/catalogue.ts';
import { centre } from '#db/schema/centres.ts';
import { membership, person } from '#db/schema/identity.ts';
import { orders } from '#db/schema/orders.ts';
import { claim, pool, resource } from '#db/schema/scheduling.ts';

/** The pools of the actor's centre with their resources and how many services need them. @throws Problem not_found */
export const viewPools = ({ db }: Pick<Deps, 'db'>, actor: Actor) =>
  db.read(async (q) => {
    const own = await centreOf(q, actor);
    const pools = await q.select().from(pool).where(eq(pool.centreId, own.id)).orderBy(asc(pool.position), asc(pool.id));
    const ids = pools.map(({ id }) => id);
    if (ids.length === 0) return [];
    const resources = await q
      .select({ poolId: resource.poolId, active: resource.active, validUntil: resource.validUntil })
      .from(resource)
      .where(inArray(resource.poolId, ids));
    const users = await q.select().from(servicePool).where(inArray(servicePool.poolId, ids));
    return pools.map((row) => ({
      ...row,
      resources: resources.filter(({ poolId, active }) => poolId === row.id && active),
      services: users.filter(({ poolId }) => poolId === row.id).length,
    }));
  });

/**
 * One pool to be changed, its resources in order, whom of the centre they may be linked with, and the coming orders on resources that are
 * not to be used then. A link to somebody who is a member no more is as if it were not there.
 * @throws Problem not_found
 */
export const viewPool = ({ db, clock }: Pick<Deps, 'db' | 'clock'>, actor: Actor, id: string | null) =>
  db.read(async (q) => {
    const own = await centreOf(q, actor);
    const [place] = await q.select({ timeZone: centre.timeZone }).from(centre).where(eq(centre.id, own.id));
    const timeZone = place?.timeZone ?? 'Asia/Shanghai';
    const members = await membersOf(q, actor.organisationId);
    if (id === null) return { timeZone, members, others: [], pool: null, resources: [], services: [], touched: [] };
    const [row] = await q
      .select()
      .from(pool)
      .where(and(eq(pool.id, id), eq(pool.centreId, own.id)));
    if (!row) throw new Problem('not_found');
    const resources = await q.select().from(resource).where(eq(resource.poolId, id)).orderBy(asc(resource.position), asc(resource.id));
    const services = await q
      .select({ id: service.id, nameZh: service.nameZh, nameEn: service.nameEn })
      .from(service)
      .innerJoin(servicePool, eq(servicePool.serviceId, service.id))
      .where(eq(servicePool.poolId, id))
      .orderBy(asc(service.nameZh), asc(service.id));
    const linked = (personId: string | null) => (members.some((one) => one.personId === personId) ? personId : null);
    const elsewhere = await peopleElsewhere(q, own.id, id);
    return {
      timeZone,
      members,
      /** Who stands in other pools and is linked with no member, each person once: whom a resource may be the same person as. */
      others: elsewhere.filter(
        (one, i) => one.personId === null && (one.workerId === null || elsewhere.findIndex(samePersonAs(one)) === i),
      ),
      pool: row,
      resources: resources.map((one) => ({
        ...one,
        personId: linked(one.personId),
        sameAs: (one.personId === null && one.workerId !== null && elsewhere.find(samePersonAs(one))?.id) || null,
        alsoIn: one.workerId === null ? [] : elsewhere.filter(samePersonAs(one)).map(({ poolZh, poolEn }) => ({ poolZh, poolEn })),
      })),
      services,
      touched: await touchedOrders(q, row.gridMinutes, resources, clock()),
    };
  });

const samePersonAs =
  ({ workerId }: { workerId: string | null }) =>
  (one: { workerId: string | null }) =>
    one.workerId === workerId;

/** Technicians of the other pools of the centre: in use, or said to be somebody who is. */
const peopleElsewhere = (q: Queries, centreId: string, poolId: string) =>
  q
    .select({
      id: resource.id,
      nameZh: resource.nameZh,
      nameEn: resource.nameEn,
      poolZh: pool.nameZh,
      poolEn: pool.nameEn,
      personId: resource.personId,
      workerId: resource.workerId,
    })
    .from(resource)
    .innerJoin(pool, eq(pool.id, resource.poolId))
    .where(
      and(
        eq(pool.centreId, centreId),
        ne(pool.id, poolId),
        eq(pool.kind, 'technician'),
        or(eq(resource.active, true), isNotNull(resource.workerId)),
      ),
    )
    .orderBy(asc(pool.position), asc(pool.id), asc(resource.position), asc(resource.id));

const membersOf = (q: Queries, organisationId: string) =>
  q
    .select({ personId: person.id, name: person.name, role: membership.role })
    .from(membership)
    .innerJoin(person, eq(person.id, membership.personId))
    .where(eq(membership.organisationId, organisationId))
    .orderBy(asc(membership.createdAt), asc(membership.id));

type Resource = typeof resource.$inferSelect;

/** Orders that lie on a resource out of use, or behind the end of its certificate. */
async function touchedOrders(q: Queries, gridMinutes: number, resources: readonly Resource[], now: number) {
  const doubtful = resources.filter(({ active, validUntil }) => !active || validUntil !== null);
  if (doubtful.length === 0) return [];
  const rows = await q
    .select({ resourceId: claim.resourceId, cell: claim.cell, number: orders.number })
    .from(claim)
    .innerJoin(orders, eq(orders.id, claim.holderId))
    .where(
      and(
        inArray(
          claim.resourceId,
          doubtful.map((one) => one.id),
        ),
        gte(claim.cell, cellAt(gridMinutes, now)),
        notInArray(orders.progress, ['closed', 'cancelled', 'declined', 'expired']),
      ),
    )
    .orderBy(asc(claim.cell));
  const touched = new Map<string, { number: string; at: number }>();
  for (const { resourceId, cell, number } of rows) {
    const one = doubtful.find((candidate) => candidate.id === resourceId)!;
    const at = cellStart(gridMinutes, cell);
    const unfit = !one.active || (one.validUntil !== null && cellStart(gridMinutes, cell + 1) > one.validUntil + 1);
    if (unfit && !touched.has(number)) touched.set(number, { number, at });
  }
  return [...touched.values()];
}
