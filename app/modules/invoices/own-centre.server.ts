import { eq } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import { Problem } from '#app/core/problem.ts';
import { centreFacts } from '#app/modules/centres/centre-facts.server.ts';
import type { Queries } from '#db/queries.ts';

/** The centre of the actor's organisation. @throws Problem not_found where it has none */
export async function ownCentre(q: Queries, { organisationId }: Actor): Promise<string> {
  const at = centreFacts(q);
  const [own] = await q.select({ id: at.id }).from(at).where(eq(at.organisationId, organisationId));
  if (!own || organisationId === '') throw new Problem('not_found');
  return own.id;
}
