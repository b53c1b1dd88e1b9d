import { and, eq, isNull } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import { audit } from '#app/core/audit.server.ts';
import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import { invitation } from '#db/schema/identity.ts';
import { organisationLedBy } from './lead.server.ts';

/** Takes an open invitation back. @throws Problem not_found (a stranger; none, or not this organisation's), forbidden, stale (accepted meanwhile) */
export async function revokeInvitation(deps: Deps, actor: Actor, invitationId: string): Promise<void> {
  const { personId: actorId, organisationId } = actor;
  const now = deps.clock();
  await deps.db.write(async (tx) => {
    await organisationLedBy(tx, actor);
    const own = and(eq(invitation.id, invitationId), eq(invitation.organisationId, organisationId));
    const [found] = await tx.select().from(invitation).where(own);
    if (!found) throw new Problem('not_found');
    if (found.acceptedAt) throw new Problem('stale');
    if (found.revokedAt) return;
    await tx
      .update(invitation)
      .set({ revokedAt: now })
      .where(and(own, isNull(invitation.acceptedAt)));
    await audit(
      tx,
      {
        chain: `organisation:${organisationId}`,
        actorId,
        action: 'invitation_revoked',
        data: { email: found.email, role: found.role },
      },
      now,
    );
  });
}
