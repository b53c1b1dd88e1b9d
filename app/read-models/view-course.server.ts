import { and, asc, eq, gt, inArray } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import { centreOf } from '#app/modules/centres/centre-access.server.ts';
import { NEEDS_ITS_DATE } from '#app/modules/orders/machines.ts';
import { besideSeats } from '#app/modules/scheduling/claim-beside-seats.server.ts';
import { comingSessions } from '#app/modules/scheduling/coming-sessions.server.ts';
import { resourcesHeld } from '#app/modules/scheduling/held-resources.server.ts';
import { loadPoolsOfService } from '#app/modules/scheduling/load-pool-facts.server.ts';
import { service, servicePool } from '#db/schema/catalogue.ts';
import { orders } from '#db/schema/orders.ts';
import { pool } from '#db/schema/scheduling.ts';

/** The dates of a course as its centre sees them: who has a seat, how many nobody has, who teaches. @throws Problem not_found for what is no course of theirs */
export async function viewCourse({ db, clock }: Pick<Deps, 'db' | 'clock'>, actor: Actor, serviceId: string) {
  return db.read(async (q) => {
    const now = clock();
    const centre = await centreOf(q, actor);
    const [course] = await q
      .select()
      .from(service)
      .where(and(eq(service.id, serviceId), eq(service.centreId, centre.id), eq(service.family, 'training'), eq(service.unit, 'seat')));
    if (!course) throw new Problem('not_found');
    const { sessions } = await comingSessions(q, course, now);
    const pools = await loadPoolsOfService(q, course.id, course.version);
    const seatPool = pools.find(({ kind }) => kind === 'seat');
    const held = await resourcesHeld(
      q,
      sessions.flatMap(({ holderId }) => holderId ?? []),
    );
    const [named] = await q
      .select({ id: pool.id, nameZh: pool.nameZh, nameEn: pool.nameEn, weeklyHours: pool.weeklyHours })
      .from(servicePool)
      .innerJoin(pool, eq(pool.id, servicePool.poolId))
      .where(and(eq(servicePool.serviceId, serviceId), eq(pool.kind, 'seat')))
      .orderBy(asc(servicePool.position));
    const booked = await q
      .select({ number: orders.number, startAt: orders.startAt, quantity: orders.quantity })
      .from(orders)
      .where(and(eq(orders.serviceId, serviceId), gt(orders.startAt, now), inArray(orders.progress, NEEDS_ITS_DATE)))
      .orderBy(asc(orders.createdAt));
    const { nameZh, nameEn, slug, status } = course;
    return {
      ...{ id: course.id, nameZh, nameEn, slug, status, zone: centre.timeZone },
      dated: course.sessions !== null,
      room: named && { ...named, seats: seatPool?.resources.length ?? 0 },
      /** Pools a date takes one of, whoever comes: those who teach. */
      besideIds: besideSeats(pools).map(({ id }) => id),
      sessions: sessions.map((one) => ({
        ...one,
        beside: held.filter(({ holderId }) => holderId === one.holderId),
        orders: booked.filter(({ startAt }) => startAt === one.startAt),
        /** Seats nobody can book, though no order of this date has them: another course or a closure of the room does. */
        elsewhere: one.seats - one.left - booked.reduce((sum, of) => (of.startAt === one.startAt ? sum + of.quantity : sum), 0),
      })),
    };
  });
}
