import { and, eq } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import { waitingDemand } from '#db/schema/catalogue.ts';

/** Waits no longer, and is forgotten. @throws Problem not_found for another's */
export async function withdrawDemand({ db }: Pick<Deps, 'db'>, { personId }: Actor, id: string): Promise<void> {
  const gone = await db.write((tx) =>
    tx
      .delete(waitingDemand)
      .where(and(eq(waitingDemand.id, id), eq(waitingDemand.personId, personId)))
      .returning({ id: waitingDemand.id }),
  );
  if (gone.length === 0) throw new Problem('not_found');
}
