import { and, eq, isNotNull } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import { audit } from '#app/core/audit.server.ts';
import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import { park, parkFirm } from '#db/schema/centres.ts';

/**
 * A firm says which park it belongs to; it counts once the park has confirmed it. A firm is in one park: saying another gives up the first.
 * @param parkId empty: in none
 * @throws Problem not_found for others than firms; forbidden for others than the owner; invalid_form {field: park}
 */
export async function askPark({ db, clock }: Pick<Deps, 'db' | 'clock'>, actor: Actor, parkId: string): Promise<void> {
  requireRight(actor, 'park.join');
  const { organisationId, personId } = actor;
  await db.write(async (tx) => {
    const [found] = await tx
      .select({ id: park.id })
      .from(park)
      .where(and(eq(park.id, parkId), isNotNull(park.organisationId)));
    if (parkId !== '' && !found) throw new Problem('invalid_form', { field: 'park' });
    const said = await tx.select({ parkId: parkFirm.parkId }).from(parkFirm).where(eq(parkFirm.organisationId, organisationId));
    if ((said[0]?.parkId ?? '') === parkId) return;
    const now = clock();
    await tx.delete(parkFirm).where(eq(parkFirm.organisationId, organisationId));
    if (found) await tx.insert(parkFirm).values({ parkId: found.id, organisationId, state: 'asked', personId, createdAt: now });
    const entry = { chain: `organisation:${organisationId}`, actorId: personId, action: 'park_said', data: { park: parkId } };
    await audit(tx, entry, now);
  });
}
