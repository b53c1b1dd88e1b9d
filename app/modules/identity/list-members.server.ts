import { and, asc, eq, gt, isNull } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { invitation, membership, person } from '#db/schema/identity.ts';
import { can } from './policy.ts';

/** Who belongs to the organisation the person acts for; whoever leads also sees the invitations that are open. */
export function listMembers({ db, clock }: Deps, actor: Actor) {
  const { organisationId: id } = actor;
  const leads = can(actor, 'member.manage');
  return db.read(async (q) => ({
    leads,
    members: await q
      .select({
        id: membership.id,
        personId: person.id,
        name: person.name,
        email: person.email,
        role: membership.role,
        since: membership.createdAt,
      })
      .from(membership)
      .innerJoin(person, eq(person.id, membership.personId))
      .where(eq(membership.organisationId, id))
      .orderBy(asc(membership.createdAt), asc(membership.id)),
    invitations: leads
      ? await q
          .select({ id: invitation.id, email: invitation.email, role: invitation.role, expiresAt: invitation.expiresAt })
          .from(invitation)
          .where(
            and(
              eq(invitation.organisationId, id),
              isNull(invitation.acceptedAt),
              isNull(invitation.revokedAt),
              gt(invitation.expiresAt, clock()),
            ),
          )
          .orderBy(asc(invitation.createdAt))
      : [],
  }));
}
