import { eq } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import { audit } from '#app/core/audit.server.ts';
import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import { membership, type Role } from '#db/schema/identity.ts';
import { memberOf, organisationLedBy } from './lead.server.ts';
import { leavesNoLead, roleFits } from './roles.ts';

/** @throws Problem not_found, forbidden, bad_request (a role of another kind), last_owner */
export async function changeRole(deps: Deps, actor: Actor, membershipId: string, role: Role): Promise<void> {
  const { personId: actorId, organisationId } = actor;
  const now = deps.clock();
  await deps.db.write(async (tx) => {
    const { kind } = await organisationLedBy(tx, actor);
    if (!roleFits(kind, role)) throw new Problem('bad_request');
    const { membership: found, leads } = await memberOf(tx, organisationId, membershipId);
    if (found.role === role) return;
    if (leavesNoLead(kind, leads, found.role, role)) throw new Problem('last_owner');
    await tx.update(membership).set({ role }).where(eq(membership.id, membershipId));
    const data = { personId: found.personId, from: found.role, to: role };
    await audit(tx, { chain: `organisation:${organisationId}`, actorId, action: 'role_changed', data }, now);
  });
}
