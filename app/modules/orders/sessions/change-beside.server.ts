import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { newId } from '#app/core/ids.server.ts';
import { Problem } from '#app/core/problem.ts';
import { courseOf, setSessions } from '#app/modules/catalogue/set-sessions.server.ts';
import { besideSeats } from '#app/modules/scheduling/claim-beside-seats.server.ts';
import { sessionAt } from '#app/modules/scheduling/course-sessions.ts';
import { loadPoolsOfService } from '#app/modules/scheduling/load-pool-facts.server.ts';
import { narrowPools } from '#app/modules/scheduling/narrow-pools.server.ts';
import { releaseClaims } from '#app/modules/scheduling/release-claims.server.ts';
import { claimBeside } from './claim-beside.server.ts';

/**
 * Gives a coming date of a course another resource of one of its pools: somebody else teaches. What it has of its other pools it keeps.
 * @throws Problem not_found, forbidden; stale for a date there is not, or that has begun; invalid_form {field: resource, reason} for what is
 * taken or closed then, or in none of its pools
 */
export async function changeBeside(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  { serviceId, startAt, resourceId }: { serviceId: string; startAt: number; resourceId: string },
): Promise<void> {
  await db.write(async (tx) => {
    const now = clock();
    const course = await courseOf(tx, actor, serviceId);
    const session = sessionAt(course, startAt);
    if (!session || startAt <= now) throw new Problem('stale');
    const pools = await loadPoolsOfService(tx, course.id, course.version);
    const holderId = session.holderId ?? newId();
    const chosen = await narrowPools(tx, besideSeats(pools), { holderId, resourceId, keeps: true });
    await releaseClaims(tx, holderId);
    const seats = pools.filter(({ kind }) => kind === 'seat');
    const dated = { ...session, holderId };
    const refused = () => new Problem('invalid_form', { field: 'resource', reason: 'beside_elsewhere' });
    await claimBeside(tx, [...seats, ...chosen], dated, refused);
    if (session.holderId) return;
    const sessions = (course.sessions ?? []).map((one) => (one.startAt === startAt ? dated : one));
    await setSessions(tx, actor, course, sessions, now);
  });
}
