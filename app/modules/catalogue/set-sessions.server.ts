import { and, eq } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import { audit } from '#app/core/audit.server.ts';
import { announce } from '#app/core/change-feed.server.ts';
import { Problem } from '#app/core/problem.ts';
import { centreOf } from '#app/modules/centres/centre-access.server.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import type { Queries } from '#db/queries.ts';
import { type CourseSession, service } from '#db/schema/catalogue.ts';

/** A course of the actor's centre, to set its dates. @throws Problem not_found, for what is not sold by the seat too; forbidden */
export async function courseOf(tx: Queries, actor: Actor, serviceId: string) {
  const centre = await centreOf(tx, actor);
  const [row] = await tx
    .select({ id: service.id, version: service.version, sessions: service.sessions })
    .from(service)
    .where(and(eq(service.id, serviceId), eq(service.centreId, centre.id), eq(service.family, 'training'), eq(service.unit, 'seat')));
  if (!row) throw new Problem('not_found');
  requireRight(actor, 'time.plan');
  return row;
}

/** Sets the dates a course is sold on; null: any free time. What is derived from the service is stale then. */
export async function setSessions(
  tx: Queries,
  actor: Actor,
  { id, version }: { id: string; version: number },
  sessions: CourseSession[] | null,
  now: number,
): Promise<void> {
  await tx
    .update(service)
    .set({ sessions, version: version + 1, updatedAt: now })
    .where(eq(service.id, id));
  await announce(tx, 'service', id, now);
  const data = { dates: sessions?.length ?? -1 };
  await audit(tx, { chain: `service:${id}`, actorId: actor.personId, action: 'sessions_set', data }, now);
}
