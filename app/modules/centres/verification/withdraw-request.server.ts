import { and, eq } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import { audit } from '#app/core/audit.server.ts';
import type { Deps } from '#app/core/deps.ts';
import { asId } from '#app/core/ids.server.ts';
import { Problem } from '#app/core/problem.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import { centreProof } from '#db/schema/centres.ts';
import { afterEvent } from './request-rules.ts';

/** The organisation takes its proof back before it is decided. @throws Problem not_found, forbidden, stale {state} when it is decided already */
export async function withdrawProof({ db, clock }: Pick<Deps, 'db' | 'clock'>, actor: Actor, id: string): Promise<void> {
  requireRight(actor, 'scope.state');
  await db.write(async (tx) => {
    const now = clock();
    const [proof] = await tx
      .select()
      .from(centreProof)
      .where(and(eq(centreProof.id, asId(id)), eq(centreProof.organisationId, actor.organisationId)));
    if (!proof) throw new Problem('not_found');
    const state = afterEvent(proof.state, 'withdraw');
    if (!state) throw new Problem('stale', { state: proof.state });
    await tx.update(centreProof).set({ state, decidedAt: now }).where(eq(centreProof.id, id));
    await audit(tx, { chain: `centre:${proof.centreId}`, actorId: actor.personId, action: 'proof_withdrawn', data: { id } }, now);
  });
}
