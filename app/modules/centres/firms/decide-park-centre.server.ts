import { and, eq, or } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import { audit } from '#app/core/audit.server.ts';
import { announce } from '#app/core/change-feed.server.ts';
import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import { centre } from '#db/schema/centres.ts';
import { parkOf } from './confirm-park-firm.server.ts';

/**
 * The park agrees that a centre is one of its own (`confirm`), or says that it is not (`remove`). One that has never asked cannot be taken in.
 * @throws Problem not_found
 */
export async function decideParkCentre(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  centreId: string,
  decision: 'confirm' | 'remove',
): Promise<void> {
  await db.write(async (tx) => {
    const own = await parkOf(tx, actor);
    const asked = eq(centre.askedParkId, own.id);
    const changed = await tx
      .update(centre)
      .set({ parkId: decision === 'confirm' ? own.id : null, askedParkId: null })
      .where(and(eq(centre.id, centreId), decision === 'confirm' ? asked : or(asked, eq(centre.parkId, own.id))))
      .returning({ id: centre.id });
    if (changed.length === 0) throw new Problem('not_found');
    const now = clock();
    await announce(tx, 'centre', centreId, now);
    const action = decision === 'confirm' ? 'park_centre_confirmed' : 'park_centre_removed';
    await audit(tx, { chain: `park:${own.id}`, actorId: actor.personId, action, data: { centre: centreId } }, now);
  });
}
