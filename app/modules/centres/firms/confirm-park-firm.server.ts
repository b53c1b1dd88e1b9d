import { and, asc, eq } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import { audit } from '#app/core/audit.server.ts';
import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import type { Queries } from '#db/queries.ts';
import { park, parkFirm } from '#db/schema/centres.ts';

/** The park the actor administers. @throws Problem not_found */
export async function parkOf(q: Queries, actor: Actor) {
  requireRight(actor, 'firm.confirm');
  const [own] = await q
    .select({ id: park.id, nameZh: park.nameZh, nameEn: park.nameEn })
    .from(park)
    .where(eq(park.organisationId, actor.organisationId))
    .orderBy(asc(park.id))
    .limit(1);
  if (!own) throw new Problem('not_found');
  return own;
}

/**
 * The park says that a firm is one of its own (`confirm`), or that it is not (`remove`). A firm that has never asked cannot be confirmed.
 * @throws Problem not_found
 */
export async function decideParkFirm(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  firm: string,
  decision: 'confirm' | 'remove',
): Promise<void> {
  await db.write(async (tx) => {
    const own = await parkOf(tx, actor);
    const one = and(eq(parkFirm.parkId, own.id), eq(parkFirm.organisationId, firm));
    const changed =
      decision === 'confirm'
        ? await tx.update(parkFirm).set({ state: 'confirmed' }).where(one).returning({ id: parkFirm.organisationId })
        : await tx.delete(parkFirm).where(one).returning({ id: parkFirm.organisationId });
    if (changed.length === 0) throw new Problem('not_found');
    const action = decision === 'confirm' ? 'park_firm_confirmed' : 'park_firm_removed';
    await audit(tx, { chain: `park:${own.id}`, actorId: actor.personId, action, data: { firm } }, clock());
  });
}
