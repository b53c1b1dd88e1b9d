import { and, eq } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import { audit } from '#app/core/audit.server.ts';
import type { Deps } from '#app/core/deps.ts';
import { asId } from '#app/core/ids.server.ts';
import { Problem } from '#app/core/problem.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import { verificationRequest } from '#db/schema/centres.ts';
import { afterEvent } from './request-rules.ts';

/** The organisation takes its verification request back before it is decided. @throws Problem not_found, forbidden, stale {state} when it is decided already */
export async function withdrawVerificationRequest({ db, clock }: Pick<Deps, 'db' | 'clock'>, actor: Actor, id: string): Promise<void> {
  requireRight(actor, 'scope.state');
  await db.write(async (tx) => {
    const now = clock();
    const [verification] = await tx
      .select()
      .from(verificationRequest)
      .where(and(eq(verificationRequest.id, asId(id)), eq(verificationRequest.organisationId, actor.organisationId)));
    if (!verification) throw new Problem('not_found');
    const state = afterEvent(verification.state, 'withdraw');
    if (!state) throw new Problem('stale', { state: verification.state });
    await tx.update(verificationRequest).set({ state, decidedAt: now }).where(eq(verificationRequest.id, id));
    await audit(
      tx,
      { chain: `centre:${verification.centreId}`, actorId: actor.personId, action: 'verification_request_withdrawn', data: { id } },
      now,
    );
  });
}
