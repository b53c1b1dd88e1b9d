import { eq } from 'drizzle-orm';
import { audit } from '#app/core/audit.server.ts';
import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import { membership, type Role } from '#db/schema/identity.ts';
import type { Viewer } from './guards.server.ts';
import { memberOf, organisationLedBy } from './lead.server.ts';
import { leavesNoLead, roleFits } from './roles.ts';

/** @throws Problem not_found, forbidden, bad_request (a role of another kind), last_owner */
export async function changeRole(deps: Deps, viewer: Viewer, organisationId: string, membershipId: string, role: Role): Promise<void> {
  const now = deps.clock();
  await deps.db.write(async (tx) => {
    const { kind } = await organisationLedBy(tx, viewer.person.id, organisationId);
    if (!roleFits(kind, role)) throw new Problem('bad_request');
    const { membership: found, leads } = await memberOf(tx, organisationId, membershipId);
    if (found.role === role) return;
    if (leavesNoLead(kind, leads, found.role, role)) throw new Problem('last_owner');
    await tx.update(membership).set({ role }).where(eq(membership.id, membershipId));
    const data = { personId: found.personId, from: found.role, to: role };
    await audit(tx, { chain: `organisation:${organisationId}`, actorId: viewer.person.id, action: 'role_changed', data }, now);
  });
}
