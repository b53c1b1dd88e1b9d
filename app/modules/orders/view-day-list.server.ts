import { and, asc, eq, gte, inArray, lt, sql } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { centreOf } from '#app/modules/centres/centre-access.server.ts';
import { cellStart, cellsTouched } from '#app/modules/scheduling/grid.ts';
import { DEFAULT_ZONE, dayEnd, dayOf, dayStart, isoDay } from '#app/modules/scheduling/local-day.ts';
import { shownDay } from '#app/modules/scheduling/shown-day.ts';
import type { Interval } from '#app/modules/scheduling/working-calendar.ts';
import { countAll, type Queries } from '#db/queries.ts';
import { centre } from '#db/schema/centres.ts';
import { membership, organisation } from '#db/schema/identity.ts';
import { orderItem, orders } from '#db/schema/orders.ts';
import { claim, pool, resource } from '#db/schema/scheduling.ts';
import { jobColumns } from './order-row.server.ts';

/** So many of an order's instruments are named; the rest is a number. */
const ITEMS_NAMED = 3;

/**
 * What a member of a centre has before them on one day: the bookings on the resources linked with them, in order of time. Who is linked
 * with none sees those of the whole centre.
 * @param day ISO date of the centre's zone; anything else: today
 * @returns `linked` the actor's resources, and `jobs` with the hours (UTC ms) and the resources each has on this day
 * @throws Problem not_found for others than centres
 */
export async function viewDayList({ db, clock }: Pick<Deps, 'db' | 'clock'>, actor: Actor, { day: asked }: { day?: string } = {}) {
  return db.read(async (q) => {
    const own = await centreOf(q, actor);
    const [place] = await q.select({ timeZone: centre.timeZone }).from(centre).where(eq(centre.id, own.id));
    const zone = place?.timeZone ?? DEFAULT_ZONE;
    const today = dayOf(zone, clock());
    const day = shownDay(asked) ?? today;
    const span = { from: dayStart(zone, day), until: dayEnd(zone, day) };
    const linked = await linkedWith(q, own.id, actor);
    const hours = await hoursOf(
      q,
      own.id,
      linked.map(({ id }) => id),
      span,
    );
    return {
      zone,
      span,
      day: isoDay(day),
      today: isoDay(today),
      previous: isoDay(day - 1),
      next: isoDay(day + 1),
      linked,
      jobs: hours.size > 0 ? await jobsOf(q, own.id, hours, linked) : [],
    };
  });
}

/** A link holds as long as the person is a member. */
const linkedWith = (q: Queries, centreId: string, { organisationId, personId }: Actor) =>
  q
    .select({ id: resource.id, nameZh: resource.nameZh, nameEn: resource.nameEn })
    .from(resource)
    .innerJoin(pool, eq(pool.id, resource.poolId))
    .innerJoin(membership, and(eq(membership.personId, resource.personId), eq(membership.organisationId, organisationId)))
    .where(and(eq(pool.centreId, centreId), eq(resource.personId, personId)))
    .orderBy(asc(pool.position), asc(resource.position), asc(resource.id));

/** From when to when each order has any of the resources (none given: of the centre's) within the span. Cells are of a pool's grid: one statement per grid. */
async function hoursOf(q: Queries, centreId: string, resourceIds: readonly string[], span: Interval): Promise<Map<string, Interval>> {
  const grids = await q.selectDistinct({ minutes: pool.gridMinutes }).from(pool).where(eq(pool.centreId, centreId));
  const hours = new Map<string, Interval>();
  for (const { minutes } of grids) {
    const cells = cellsTouched(minutes, span);
    const rows = await q
      .select({
        orderId: claim.holderId,
        first: sql<number>`min(${claim.cell})`.mapWith(Number),
        last: sql<number>`max(${claim.cell})`.mapWith(Number),
      })
      .from(claim)
      .innerJoin(resource, eq(resource.id, claim.resourceId))
      .innerJoin(pool, eq(pool.id, resource.poolId))
      .where(
        and(
          eq(pool.centreId, centreId),
          eq(pool.gridMinutes, minutes),
          resourceIds.length > 0 ? inArray(claim.resourceId, [...resourceIds]) : undefined,
          gte(claim.cell, cells.from),
          lt(claim.cell, cells.until),
        ),
      )
      .groupBy(claim.holderId);
    for (const { orderId, first, last } of rows) {
      const known = hours.get(orderId);
      const from = cellStart(minutes, first);
      const until = cellStart(minutes, last + 1);
      hours.set(orderId, { from: Math.min(from, known?.from ?? from), until: Math.max(until, known?.until ?? until) });
    }
  }
  return hours;
}

async function jobsOf(q: Queries, centreId: string, hours: ReadonlyMap<string, Interval>, linked: readonly { id: string }[]) {
  const ids = [...hours.keys()];
  const rows = await q
    .select({
      ...jobColumns,
      address: orders.address,
      buyerZh: organisation.nameZh,
      buyerEn: organisation.nameEn,
    })
    .from(orders)
    .innerJoin(organisation, eq(organisation.id, orders.buyerId))
    .where(and(inArray(orders.id, ids), eq(orders.centreId, centreId)));
  const places = await q
    .selectDistinct({
      orderId: claim.holderId,
      id: resource.id,
      nameZh: resource.nameZh,
      nameEn: resource.nameEn,
      poolPosition: pool.position,
      position: resource.position,
    })
    .from(claim)
    .innerJoin(resource, eq(resource.id, claim.resourceId))
    .innerJoin(pool, eq(pool.id, resource.poolId))
    .where(and(inArray(claim.holderId, ids), eq(pool.centreId, centreId)))
    .orderBy(asc(pool.position), asc(resource.position), asc(resource.id));
  const items = await q
    .select({ orderId: orderItem.orderId, name: orderItem.name, model: orderItem.model, serial: orderItem.serial })
    .from(orderItem)
    .where(and(inArray(orderItem.orderId, ids), lt(orderItem.position, ITEMS_NAMED)))
    .orderBy(asc(orderItem.position));
  const counts = await q
    .select({ orderId: orderItem.orderId, count: countAll() })
    .from(orderItem)
    .where(inArray(orderItem.orderId, ids))
    .groupBy(orderItem.orderId);
  const mine = new Set(linked.map(({ id }) => id));
  return rows
    .map(({ snapshot, ...row }) => ({
      ...row,
      ...(hours.get(row.id) as Interval),
      serviceZh: snapshot.nameZh,
      serviceEn: snapshot.nameEn,
      /** What the order has besides the member's own: the bench, the standard. */
      places: places.filter((one) => one.orderId === row.id && !mine.has(one.id)).map(({ nameZh, nameEn }) => ({ nameZh, nameEn })),
      items: items.filter((item) => item.orderId === row.id).map(({ orderId: _, ...item }) => item),
      itemCount: counts.find((one) => one.orderId === row.id)?.count ?? 0,
    }))
    .sort((a, b) => a.from - b.from || a.number.localeCompare(b.number));
}
