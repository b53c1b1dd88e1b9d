import { and, eq } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import { audit } from '#app/core/audit.server.ts';
import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import { membership, session } from '#db/schema/identity.ts';
import { memberOf, organisationLedBy } from './lead.server.ts';
import { leavesNoLead } from './roles.ts';

/**
 * Removes a member, by whoever leads, or by themselves. Their next request already finds them gone.
 * @throws Problem not_found, forbidden, last_owner
 */
export async function removeMember(deps: Deps, actor: Actor, membershipId: string): Promise<void> {
  const { personId: actorId, organisationId } = actor;
  const now = deps.clock();
  await deps.db.write(async (tx) => {
    const leaving = await isOwn(tx, actorId, organisationId, membershipId);
    if (!leaving) await organisationLedBy(tx, actor);
    const { membership: found, kind, leads } = await memberOf(tx, organisationId, membershipId);
    if (leavesNoLead(kind, leads, found.role)) throw new Problem('last_owner');
    await tx.delete(membership).where(eq(membership.id, membershipId));
    await tx
      .update(session)
      .set({ organisationId: null })
      .where(and(eq(session.personId, found.personId), eq(session.organisationId, organisationId)));
    const data = { personId: found.personId, role: found.role };
    await audit(tx, { chain: `organisation:${organisationId}`, actorId, action: leaving ? 'member_left' : 'member_removed', data }, now);
  });
}

async function isOwn(tx: Parameters<typeof memberOf>[0], personId: string, organisationId: string, membershipId: string) {
  const rows = await tx
    .select({ id: membership.id })
    .from(membership)
    .where(and(eq(membership.id, membershipId), eq(membership.personId, personId), eq(membership.organisationId, organisationId)));
  return rows.length > 0;
}
