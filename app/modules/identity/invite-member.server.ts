import { and, eq, isNull } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import { audit } from '#app/core/audit.server.ts';
import type { Deps } from '#app/core/deps.ts';
import { newId, newSecret } from '#app/core/ids.server.ts';
import { queueMail } from '#app/core/mail.server.ts';
import { Problem } from '#app/core/problem.ts';
import type { Queries } from '#db/queries.ts';
import { invitation, person } from '#db/schema/identity.ts';
import type { InviteForm } from './forms.ts';
import { organisationLedBy } from './lead.server.ts';
import { countInvitation } from './limits.server.ts';
import { isMember } from './names.server.ts';
import { roleFits } from './roles.ts';
import { hashOfSecret } from './secrets.server.ts';

/** A week: someone may be on leave. */
const LASTS_DAYS = 7;

/**
 * Asks somebody in by mail. A new invitation to the same address takes the place of the open one. Whether the address has an account
 * is not told; that it is a member already is, since members see each other.
 * @throws Problem not_found (a stranger), forbidden (does not lead), bad_request (a role of another kind), already_member, too_many_tries
 */
export async function inviteMember(deps: Deps, actor: Actor, { email, role }: InviteForm): Promise<void> {
  const { organisationId } = actor;
  const host = await deps.db.read((q) => organisationLedBy(q, actor));
  if (!roleFits(host.kind, role)) throw new Problem('bad_request');
  await countInvitation(deps, organisationId);
  const now = deps.clock();
  await deps.db.write(async (tx) => {
    await organisationLedBy(tx, actor);
    const [inviter] = await tx.select().from(person).where(eq(person.id, actor.personId));
    if (!inviter) throw new Problem('not_found');
    const invited = await findPerson(tx, email);
    if (invited && (await isMember(tx, invited.id, organisationId))) throw new Problem('already_member');
    const open = and(
      eq(invitation.organisationId, organisationId),
      eq(invitation.email, email),
      isNull(invitation.acceptedAt),
      isNull(invitation.revokedAt),
    );
    await tx.update(invitation).set({ revokedAt: now }).where(open);
    const secret = newSecret();
    await tx.insert(invitation).values({
      id: newId(),
      organisationId,
      email,
      role,
      tokenHash: hashOfSecret(secret),
      invitedBy: inviter.id,
      expiresAt: now + LASTS_DAYS * 86_400_000,
      createdAt: now,
    });
    await audit(tx, { chain: `organisation:${organisationId}`, actorId: inviter.id, action: 'member_invited', data: { email, role } }, now);
    const facts = {
      inviter: inviter.name,
      organisationZh: host.nameZh,
      organisationEn: host.nameEn,
      role,
      link: `/invitation/${secret}`,
      days: LASTS_DAYS,
    };
    // The guest's own language where it is known; the inviter's, who knows them, where not.
    await queueMail(tx, { kind: 'invitation', to: email, locale: invited?.locale ?? inviter.locale, facts }, now);
  });
}

const findPerson = async (tx: Queries, email: string) => (await tx.select().from(person).where(eq(person.email, email)))[0];
