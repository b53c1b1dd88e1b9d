import { and, eq, inArray } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import { audit } from '#app/core/audit.server.ts';
import { announce } from '#app/core/change-feed.server.ts';
import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import { centreIdsOf } from '#app/modules/centres/centre-facts.server.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import type { Queries } from '#db/queries.ts';
import { service } from '#db/schema/catalogue.ts';

/**
 * Takes a service out of the search and out of sale, or puts it back. Orders already placed go on.
 * @param until of a pause: UTC ms at which it ends by itself; null: when somebody ends it
 * @throws Problem not_found for a service of somebody else; forbidden for who may not publish; transition_refused for a draft
 */
export async function setServiceStatus(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  serviceId: string,
  status: 'published' | 'paused',
  until: number | null = null,
): Promise<void> {
  requireRight(actor, 'service.publish');
  await db.write((tx) => putStatus(tx, actor, serviceId, status, until, clock()));
}

/** @returns whether anything changed. @throws Problem not_found, transition_refused */
export async function putStatus(
  tx: Queries,
  actor: Actor,
  serviceId: string,
  status: 'published' | 'paused',
  until: number | null,
  now: number,
): Promise<boolean> {
  const [row] = await tx
    .select({ status: service.status, pausedUntil: service.pausedUntil, version: service.version })
    .from(service)
    .where(and(eq(service.id, serviceId), inArray(service.centreId, centreIdsOf(tx, actor.organisationId))));
  if (!row) throw new Problem('not_found');
  const pausedUntil = status === 'paused' ? until : null;
  if (row.status === status && row.pausedUntil === pausedUntil) return false;
  if (row.status === 'draft') throw new Problem('transition_refused');
  await tx
    .update(service)
    .set({ status, pausedUntil, version: row.version + 1, updatedAt: now })
    .where(eq(service.id, serviceId));
  await announce(tx, 'service', serviceId, now);
  const action = status === 'paused' ? 'service_paused' : 'service_resumed';
  const data = pausedUntil === null ? {} : { until: pausedUntil };
  await audit(tx, { chain: `service:${serviceId}`, actorId: actor.personId, action, data }, now);
  return true;
}
