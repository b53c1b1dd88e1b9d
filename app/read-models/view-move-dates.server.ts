import { eq } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { centreOrder } from '#app/modules/orders/order-row.server.ts';
import { isDated } from '#app/modules/orders/sessions/dates-for-move.ts';
import { comingSessions } from '#app/modules/scheduling/coming-sessions.server.ts';
import { service } from '#db/schema/catalogue.ts';

/**
 * The coming dates of the course an order is for, as its centre may move it there; null for what has none. The lead time binds buyers, not
 * the centre.
 * @throws Problem not_found for others than its centre
 */
export const viewMoveDates = ({ db, clock }: Pick<Deps, 'db' | 'clock'>, actor: Actor, number: string) =>
  db.read(async (q) => {
    const order = await centreOrder(q, actor, number);
    if (order.snapshot.family !== 'training') return null;
    const [course] = await q.select().from(service).where(eq(service.id, order.serviceId));
    const bound = isDated(course?.sessions ?? null, order);
    if (!course || (!course.sessions && !bound)) return null;
    const { sessions } = await comingSessions(q, course, clock());
    const dates = sessions.map(({ startAt, endAt, seats, left }) => ({
      ...{ startAt, endAt, seats, left },
      /** Its present one, or one that has the seats. */
      fits: startAt === order.startAt || left >= order.quantity,
    }));
    return { serviceId: course.id, bound, dates };
  });

export type MoveDates = NonNullable<Awaited<ReturnType<typeof viewMoveDates>>>;
