import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { newId } from '#app/core/ids.server.ts';
import { Problem } from '#app/core/problem.ts';
import { courseOf, setSessions } from '#app/modules/catalogue/set-sessions.server.ts';
import { besideSeats } from '#app/modules/scheduling/claim-beside-seats.server.ts';
import { fitsHours, LONGEST_SESSION_MS, MOST_SESSIONS } from '#app/modules/scheduling/course-sessions.ts';
import { loadPoolsOfService, type PoolHours } from '#app/modules/scheduling/load-pool-facts.server.ts';
import { DAY_MS } from '#app/modules/scheduling/local-day.ts';
import type { Queries } from '#db/queries.ts';
import type { CourseSession } from '#db/schema/catalogue.ts';
import { claimBeside } from './claim-beside.server.ts';

/**
 * Announces a date of a course. From its first date on a course is sold on its dates alone.
 * @throws Problem not_found, forbidden; invalid_form {field, reason}: a start that has passed or on which its seats are closed, an end that
 * is none, more seats than the pool has, a time another date of it has, one at which nobody is free who teaches
 */
export async function addSession(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  { serviceId, startAt, endAt, seats }: CourseSession & { serviceId: string },
): Promise<void> {
  await db.write(async (tx) => {
    const now = clock();
    const course = await courseOf(tx, actor, serviceId);
    if (!Number.isFinite(startAt)) throw wrong('startAt', 'start');
    if (!Number.isFinite(endAt)) throw wrong('endAt', 'end');
    if (startAt <= now) throw wrong('startAt', 'past');
    if (endAt <= startAt) throw wrong('endAt', 'order');
    if (endAt - startAt > LONGEST_SESSION_MS) throw wrong('endAt', 'long');
    const pools = await loadPoolsOfService(tx, course.id, course.version);
    const pool = pools.find(({ kind }) => kind === 'seat');
    if (!pool) throw wrong('seats', 'no_pool');
    if (!Number.isInteger(seats) || seats < 1 || seats > pool.resources.length) throw wrong('seats', 'seats');
    const session = { startAt, endAt, seats };
    if (!fitsHours(pool, session)) throw wrong('startAt', 'closed');
    const lately = (course.sessions ?? []).filter((one) => one.endAt > now - KEPT_MS);
    const coming = lately.filter((one) => one.endAt > now);
    if (coming.some((one) => one.startAt < endAt && startAt < one.endAt)) throw wrong('startAt', 'twice');
    if (coming.length >= MOST_SESSIONS) throw wrong('startAt', 'many');
    const claimed = besideSeats(pools).length > 0 ? await withBeside(tx, pools, session) : session;
    const sessions = [...lately, claimed].sort((a, b) => a.startAt - b.startAt);
    await setSessions(tx, actor, course, sessions, now);
  });
}

/** A date that is over is known as long as its work may still be put down: what it claimed counts as used then. */
const KEPT_MS = 90 * DAY_MS;

/** The date with what it needs beside its seats. */
async function withBeside(tx: Queries, pools: readonly PoolHours[], session: CourseSession): Promise<CourseSession> {
  const dated = { ...session, holderId: newId() };
  await claimBeside(tx, pools, dated, (code) => wrong('startAt', code === 'slot_taken' ? 'beside_taken' : 'beside_closed'));
  return dated;
}

const wrong = (field: string, reason: string) => new Problem('invalid_form', { field, reason });
