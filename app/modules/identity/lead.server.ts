/** Who may change an organisation's members: read in the transaction that changes them, never from the request. */
import { and, eq } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import { Problem } from '#app/core/problem.ts';
import { countAll, type Queries } from '#db/queries.ts';
import { membership, organisation } from '#db/schema/identity.ts';
import { can, requireRight } from './policy.ts';
import { leadRole } from './roles.ts';

/** @throws Problem not_found for a stranger, forbidden for a member who does not lead */
export async function organisationLedBy(tx: Queries, actor: Actor) {
  requireRight(actor, 'member.manage');
  const { personId, organisationId } = actor;
  const [found] = await tx
    .select({ organisation, role: membership.role })
    .from(membership)
    .innerJoin(organisation, eq(organisation.id, membership.organisationId))
    .where(and(eq(membership.personId, personId), eq(membership.organisationId, organisationId)));
  if (!found) throw new Problem('not_found');
  if (!can({ organisationKind: found.organisation.kind, role: found.role }, 'member.manage')) throw new Problem('forbidden');
  return found.organisation;
}

/** One member by their membership. @throws Problem not_found also for one of another organisation */
export async function memberOf(tx: Queries, organisationId: string, membershipId: string) {
  const [found] = await tx
    .select({ membership, kind: organisation.kind })
    .from(membership)
    .innerJoin(organisation, eq(organisation.id, membership.organisationId))
    .where(and(eq(membership.id, membershipId), eq(membership.organisationId, organisationId)));
  if (!found) throw new Problem('not_found');
  const [leads] = await tx
    .select({ count: countAll() })
    .from(membership)
    .where(and(eq(membership.organisationId, organisationId), eq(membership.role, leadRole(found.kind))));
  return { ...found, leads: leads?.count ?? 0 };
}
