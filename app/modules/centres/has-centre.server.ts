import { eq, sql } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { prepare } from '#db/queries.ts';
import { centre } from '#db/schema/centres.ts';

/** Whether the actor's organisation has its entry among the centres. */
export const hasCentre = ({ db }: Pick<Deps, 'db'>, { organisationId }: Actor): Promise<boolean> =>
  db.read(async (q) => {
    const found = await prepare(q, 'centre_of_organisation', (p) =>
      p
        .select({ id: centre.id })
        .from(centre)
        .where(eq(centre.organisationId, sql.placeholder('organisationId')))
        .limit(1),
    ).execute({ organisationId });
    return found.length > 0;
  });
