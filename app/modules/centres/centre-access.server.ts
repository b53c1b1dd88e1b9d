/** Which centre an actor stands for, and who may change what it stands for. */
import { asc, eq } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import { Problem } from '#app/core/problem.ts';
import type { Queries } from '#db/queries.ts';
import { centre } from '#db/schema/centres.ts';

/** The actor's centre. @throws Problem not_found for others than centres */
export async function centreOf(q: Queries, actor: Actor) {
  if (actor.organisationKind !== 'centre') throw new Problem('not_found');
  const [own] = await q
    .select({ id: centre.id, slug: centre.slug })
    .from(centre)
    .where(eq(centre.organisationId, actor.organisationId))
    .orderBy(asc(centre.id))
    .limit(1);
  if (!own) throw new Problem('not_found');
  return own;
}

/** @throws Problem forbidden: a scope is what the centre stands for, its managers decide it */
export function requireManager(actor: Actor): void {
  if (actor.role !== 'manager') throw new Problem('forbidden');
}
