/** Which centre an actor stands for. */

import { asc, eq } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import { Problem } from '#app/core/problem.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import type { Queries } from '#db/queries.ts';
import { centre } from '#db/schema/centres.ts';

/** The actor's centre. @throws Problem not_found for others than centres */
export async function centreOf(q: Queries, actor: Actor) {
  requireRight(actor, 'centre.view');
  const [own] = await q
    .select({ id: centre.id, slug: centre.slug, timeZone: centre.timeZone, preparing: centre.preparing })
    .from(centre)
    .where(eq(centre.organisationId, actor.organisationId))
    .orderBy(asc(centre.id))
    .limit(1);
  if (!own) throw new Problem('not_found');
  return own;
}
