import { and, eq, inArray } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import { courseOf, setSessions } from '#app/modules/catalogue/set-sessions.server.ts';
import { sessionAt } from '#app/modules/scheduling/course-sessions.ts';
import { releaseClaims } from '#app/modules/scheduling/release-claims.server.ts';
import { orders, slotOffer } from '#db/schema/orders.ts';
import { NEEDS_ITS_DATE } from '../machines.ts';

type Needs = Pick<Deps, 'db' | 'clock'>;

/**
 * Takes a date of a course back. It goes on being sold on its dates alone, were it none.
 * @throws Problem not_found, forbidden; stale for a date there is not; invalid_form {field: session} while somebody has a seat of it
 */
export async function removeSession({ db, clock }: Needs, actor: Actor, serviceId: string, startAt: number): Promise<void> {
  await db.write(async (tx) => {
    const course = await courseOf(tx, actor, serviceId);
    const session = sessionAt(course, startAt);
    if (!session) throw new Problem('stale');
    const [booked] = await tx
      .select({ id: orders.id })
      .from(orders)
      .where(and(eq(orders.serviceId, serviceId), eq(orders.startAt, startAt), inArray(orders.progress, NEEDS_ITS_DATE)))
      .limit(1);
    const [kept] = await tx
      .select({ id: slotOffer.id })
      .from(slotOffer)
      .where(and(eq(slotOffer.serviceId, serviceId), eq(slotOffer.startAt, startAt), eq(slotOffer.state, 'open')))
      .limit(1);
    if (booked || kept) throw new Problem('invalid_form', { field: 'session', reason: 'booked' });
    if (session.holderId) await releaseClaims(tx, session.holderId);
    const sessions = (course.sessions ?? []).filter((one) => one.startAt !== startAt);
    await setSessions(tx, actor, course, sessions, clock());
  });
}

/** Sells a course without coming dates at any free time again. @throws Problem not_found, forbidden; stale while there are dates */
export async function sellWithoutDates({ db, clock }: Needs, actor: Actor, serviceId: string): Promise<void> {
  await db.write(async (tx) => {
    const now = clock();
    const course = await courseOf(tx, actor, serviceId);
    if (course.sessions?.some(({ endAt }) => endAt > now)) throw new Problem('stale');
    await setSessions(tx, actor, course, null, now);
  });
}
