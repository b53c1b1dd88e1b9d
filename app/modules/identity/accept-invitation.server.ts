import { and, eq, gt, isNull } from 'drizzle-orm';
import { audit } from '#app/core/audit.server.ts';
import type { Deps } from '#app/core/deps.ts';
import { newId } from '#app/core/ids.server.ts';
import type { Locale } from '#app/core/mail.server.ts';
import { Problem } from '#app/core/problem.ts';
import type { Queries } from '#db/queries.ts';
import { invitation, membership, organisation, person, session } from '#db/schema/identity.ts';
import { type Agreed, noteAgreement } from './agreement.server.ts';
import { endTokens } from './email-tokens.server.ts';
import { type Entered, enter } from './enter.server.ts';
import type { JoinForm } from './forms.ts';
import type { Viewer } from './guards.server.ts';
import type { Caller } from './limits.server.ts';
import { judgeNewPassword } from './password-fault.server.ts';
import { hashPassword } from './passwords.server.ts';
import { hashOfSecret } from './secrets.server.ts';

const openBy = (token: string, now: number) =>
  and(
    eq(invitation.tokenHash, hashOfSecret(token)),
    isNull(invitation.acceptedAt),
    isNull(invitation.revokedAt),
    gt(invitation.expiresAt, now),
  );

/** Who is asked into what; `known` when the address has an account to sign in with. Nothing when the link is used, taken back or over. */
export const findInvitation = (deps: Deps, token: string) =>
  deps.db.read(async (q) => {
    const [found] = await q
      .select({ invitation, organisation })
      .from(invitation)
      .innerJoin(organisation, eq(organisation.id, invitation.organisationId))
      .where(openBy(token, deps.clock()));
    if (!found) return undefined;
    const [guest] = await q.select().from(person).where(eq(person.email, found.invitation.email));
    return {
      email: found.invitation.email,
      role: found.invitation.role,
      organisation: found.organisation,
      known: Boolean(guest?.emailVerifiedAt),
    };
  });

/** Uses the invitation up: of two who accept at once, one gets it. @throws Problem link_expired */
async function takeInvitation(tx: Queries, token: string, now: number) {
  const [taken] = await tx.update(invitation).set({ acceptedAt: now }).where(openBy(token, now)).returning();
  if (!taken) throw new Problem('link_expired');
  return taken;
}

async function join(tx: Queries, personId: string, { organisationId, role, invitedBy }: typeof invitation.$inferSelect, now: number) {
  const joined = await tx
    .insert(membership)
    .values({ id: newId(), personId, organisationId, role, createdAt: now })
    .onConflictDoNothing()
    .returning({ id: membership.id });
  if (joined.length === 0) throw new Problem('already_member');
  await audit(
    tx,
    { chain: `organisation:${organisationId}`, actorId: personId, action: 'member_joined', data: { personId, role, invitedBy } },
    now,
  );
}

/**
 * Someone signed in joins, and acts for the organisation from now on.
 * @throws Problem link_expired, already_member, forbidden when the invitation went to another address
 */
export async function acceptInvitation(deps: Deps, viewer: Viewer, token: string): Promise<void> {
  const now = deps.clock();
  await deps.db.write(async (tx) => {
    const taken = await takeInvitation(tx, token, now);
    if (taken.email !== viewer.person.email) throw new Problem('forbidden');
    await join(tx, viewer.person.id, taken, now);
    await tx.update(session).set({ organisationId: taken.organisationId }).where(eq(session.id, viewer.session.id));
  });
}

/**
 * Someone without an account joins: the link has shown that the address is theirs.
 * @returns the cookies of the session and the browser
 * @throws Problem link_expired; invalid_form for a password that will not do; sign_in_required when the address has an account, which only its owner may bring along
 */
export async function acceptInvitationAsNew(
  deps: Deps,
  { token, name, password, locale, agreed }: JoinForm & { token: string; locale: Locale; agreed?: Agreed },
  from: Caller,
): Promise<Entered> {
  const found = await findInvitation(deps, token);
  if (!found) throw new Problem('link_expired');
  await judgeNewPassword(password, found.email);
  const passwordHash = await hashPassword(password);
  const now = deps.clock();
  return deps.db.write(async (tx) => {
    const taken = await takeInvitation(tx, token, now);
    const personId = await confirmedPerson(tx, { email: taken.email, name, locale, passwordHash }, now);
    if (agreed) await noteAgreement(tx, personId, agreed, now);
    await join(tx, personId, taken, now);
    return enter(tx, deps, personId, from, { way: 'invitation', organisationId: taken.organisationId });
  });
}

/** A new person, or one whose sign-up nobody had confirmed: whoever holds the mailbox decides its name and password. */
async function confirmedPerson(tx: Queries, given: { email: string; name: string; locale: Locale; passwordHash: string }, now: number) {
  const [waiting] = await tx.select().from(person).where(eq(person.email, given.email));
  if (waiting?.emailVerifiedAt) throw new Problem('sign_in_required');
  const id = waiting?.id ?? newId();
  if (waiting) {
    await tx
      .update(person)
      .set({ ...given, emailVerifiedAt: now })
      .where(eq(person.id, id));
    await endTokens(tx, id, 'verify', now);
    await endTokens(tx, id, 'reset', now);
  } else await tx.insert(person).values({ id, ...given, emailVerifiedAt: now, createdAt: now });
  await audit(tx, { chain: `person:${id}`, actorId: id, action: 'email_verified', data: { by: 'invitation' } }, now);
  return id;
}
