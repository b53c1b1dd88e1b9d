import { and, eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { actorOf } from '#app/core/actor.ts';
import { firstBroken } from '#app/core/audit.server.ts';
import type { Deps } from '#app/core/deps.ts';
import { acceptInvitation, acceptInvitationAsNew, findInvitation } from '#app/modules/identity/accept-invitation.server.ts';
import { changeRole } from '#app/modules/identity/change-role.server.ts';
import { getViewer, type Member } from '#app/modules/identity/guards.server.ts';
import { inviteMember } from '#app/modules/identity/invite-member.server.ts';
import { listMembers } from '#app/modules/identity/list-members.server.ts';
import { removeMember } from '#app/modules/identity/remove-member.server.ts';
import { revokeInvitation } from '#app/modules/identity/revoke-invitation.server.ts';
import { signUp } from '#app/modules/identity/sign-up.server.ts';
import { switchOrganisation } from '#app/modules/identity/switch-organisation.server.ts';
import { auditLog } from '#db/schema/core.ts';
import { invitation, membership, type Role } from '#db/schema/identity.ts';
import { testDeps } from '#tests/support/database.ts';
import { form, lastMail, mailsTo, newcomer, OFFICE, PASSWORD, requestWith, secretOf, signedIn, viewerOf } from './people.ts';

const OWNER = 'owner@example.com';
const GUEST = 'guest@example.com';
const GUEST_FORM = { name: '王芳', password: 'a password of hers', locale: 'zh-CN' as const };

async function invite(deps: Deps, host: Member, email: string, role: Role) {
  await inviteMember(deps, actorOf(host), { email, role });
  return secretOf(await lastMail(deps, 'invitation', email));
}
/** A second member, signed in for the organisation. */
async function join(deps: Deps, host: Member, email: string, role: Role) {
  const token = await invite(deps, host, email, role);
  const answer = await acceptInvitationAsNew(deps, { ...GUEST_FORM, token }, OFFICE);
  return { cookie: answer.cookie, viewer: await viewerOf(deps, answer.cookie) };
}
const membershipOf = async (deps: Deps, viewer: Member) => {
  const own = and(eq(membership.personId, viewer.person.id), eq(membership.organisationId, viewer.organisation.id));
  const [row] = await deps.db.read((q) => q.select().from(membership).where(own));
  if (!row) throw new Error('no membership');
  return row.id;
};
const roles = async (deps: Deps, organisationId: string) =>
  (await deps.db.read((q) => q.select({ role: membership.role }).from(membership).where(eq(membership.organisationId, organisationId))))
    .map((m) => m.role)
    .sort();
const deeds = async (deps: Deps, organisationId: string) =>
  (
    await deps.db.read((q) =>
      q
        .select()
        .from(auditLog)
        .where(eq(auditLog.chain, `organisation:${organisationId}`))
        .orderBy(auditLog.position),
    )
  ).map((r) => r.action);

describe('an invitation', () => {
  it('brings in someone new, confirmed by the link, who acts for the organisation at once', async () => {
    const deps = await testDeps();
    const { viewer: host } = await newcomer(deps, OWNER, 'centre');
    const { viewer } = await join(deps, host, GUEST, 'technician');
    expect(viewer).toMatchObject({
      role: 'technician',
      organisation: { id: host.organisation.id },
      person: { name: '王芳', email: GUEST },
    });
    expect(viewer.person.emailVerifiedAt).toBe(deps.time.now);
    expect((await lastMail(deps, 'invitation', GUEST)).facts).toMatchObject({ inviter: '李伟', role: 'technician', days: 7 });
    expect(await deeds(deps, host.organisation.id)).toEqual(['founded', 'member_invited', 'member_joined']);
    expect(await deps.db.read((q) => firstBroken(q, `organisation:${host.organisation.id}`))).toBeUndefined();
  });

  it('is accepted by someone with an account, only signed in with the address it went to', async () => {
    const deps = await testDeps();
    const { viewer: host } = await newcomer(deps, OWNER);
    const guest = await newcomer(deps, GUEST, 'centre');
    const eve = await newcomer(deps, 'eve@example.com');
    const token = await invite(deps, host, GUEST, 'member');
    expect(await findInvitation(deps, token)).toMatchObject({ email: GUEST, known: true, role: 'member' });
    await expect(acceptInvitation(deps, eve.viewer, token)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(acceptInvitationAsNew(deps, { ...GUEST_FORM, token }, OFFICE)).rejects.toMatchObject({ code: 'sign_in_required' });
    await acceptInvitation(deps, guest.viewer, token);
    const viewer = await viewerOf(deps, guest.cookie);
    expect(viewer.organisation.id).toBe(host.organisation.id);
    expect(viewer.memberships.map((m) => m.role).sort()).toEqual(['manager', 'member']);
    await expect(acceptInvitation(deps, guest.viewer, token)).rejects.toMatchObject({ code: 'link_expired' });
  });

  it('takes over an address whose sign-up nobody confirmed, with its password and links', async () => {
    const deps = await testDeps();
    const { viewer: host } = await newcomer(deps, OWNER);
    await signUp(deps, { ...form(GUEST), password: 'what Eve put down' }, OFFICE);
    const token = await invite(deps, host, GUEST, 'member');
    expect(await findInvitation(deps, token)).toMatchObject({ known: false });
    await acceptInvitationAsNew(deps, { ...GUEST_FORM, token }, OFFICE);
    await expect(signedIn(deps, GUEST, 'what Eve put down')).rejects.toThrow('sign_in_refused');
    expect((await signedIn(deps, GUEST, GUEST_FORM.password)).viewer.person.name).toBe('王芳');
  });

  it.each([
    ['sme', 'manager'],
    ['sme', 'administrator'],
    ['centre', 'owner'],
    ['park', 'technician'],
  ] as const)('of a %s never makes anyone %s', async (kind, role) => {
    const deps = await testDeps();
    const { viewer } = await newcomer(deps, OWNER, kind);
    await expect(inviteMember(deps, actorOf(viewer), { email: GUEST, role })).rejects.toMatchObject({ code: 'bad_request' });
    const own = await membershipOf(deps, viewer);
    await expect(changeRole(deps, actorOf(viewer), own, role)).rejects.toMatchObject({ code: 'bad_request' });
  });

  it('does not tell whether an address has an account; that it is a member it does', async () => {
    const deps = await testDeps();
    const { viewer } = await newcomer(deps, OWNER);
    await newcomer(deps, GUEST);
    const answer = (email: string) => inviteMember(deps, actorOf(viewer), { email, role: 'member' });
    expect(await answer(GUEST)).toBe(await answer('nobody@example.com'));
    await expect(answer(OWNER)).rejects.toMatchObject({ code: 'already_member' });
  });

  it('is replaced by a newer one, taken back, and over after a week', async () => {
    const deps = await testDeps();
    const { viewer } = await newcomer(deps, OWNER);
    const first = await invite(deps, viewer, GUEST, 'member');
    const second = await invite(deps, viewer, GUEST, 'owner');
    expect(await findInvitation(deps, first)).toBeUndefined();
    const { invitations } = await listMembers(deps, actorOf(viewer));
    expect(invitations.map((i) => [i.email, i.role])).toEqual([[GUEST, 'owner']]);
    await revokeInvitation(deps, actorOf(viewer), invitations[0]?.id as string);
    await revokeInvitation(deps, actorOf(viewer), invitations[0]?.id as string);
    await expect(acceptInvitationAsNew(deps, { ...GUEST_FORM, token: second }, OFFICE)).rejects.toMatchObject({ code: 'link_expired' });
    const third = await invite(deps, viewer, GUEST, 'member');
    deps.time.now += 7 * 86_400_000;
    expect(await findInvitation(deps, third)).toBeUndefined();
    await expect(acceptInvitationAsNew(deps, { ...GUEST_FORM, token: third }, OFFICE)).rejects.toMatchObject({ code: 'link_expired' });
    expect(await mailsTo(deps, GUEST)).toHaveLength(3);
  });

  it('accepted twice at once makes one person and one membership', async () => {
    const deps = await testDeps();
    const { viewer: host } = await newcomer(deps, OWNER);
    const token = await invite(deps, host, GUEST, 'member');
    const results = await Promise.allSettled([1, 2, 3].map(() => acceptInvitationAsNew(deps, { ...GUEST_FORM, token }, OFFICE)));
    expect(results.map((r) => r.status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
    for (const r of results) if (r.status === 'rejected') expect(r.reason).toMatchObject({ code: 'link_expired' });
    expect(await roles(deps, host.organisation.id)).toEqual(['member', 'owner']);
  });

  it('accepted while it is taken back: one of the two happens', async () => {
    const deps = await testDeps();
    const { viewer: host } = await newcomer(deps, OWNER);
    const guest = await newcomer(deps, GUEST);
    const token = await invite(deps, host, GUEST, 'member');
    const { invitations } = await listMembers(deps, actorOf(host));
    const id = invitations[0]?.id as string;
    const [accepted, revoked] = await Promise.allSettled([
      acceptInvitation(deps, guest.viewer, token),
      revokeInvitation(deps, actorOf(host), id),
    ]);
    expect([accepted.status, revoked.status].sort()).toEqual(['fulfilled', 'rejected']);
    expect(await roles(deps, host.organisation.id)).toEqual(accepted.status === 'fulfilled' ? ['member', 'owner'] : ['owner']);
  });

  it('is one of fifty a day at most', async () => {
    const deps = await testDeps();
    const { viewer } = await newcomer(deps, OWNER);
    for (let i = 0; i < 50; i++) await inviteMember(deps, actorOf(viewer), { email: `g${i}@example.com`, role: 'member' });
    await expect(inviteMember(deps, actorOf(viewer), { email: GUEST, role: 'member' })).rejects.toMatchObject({
      code: 'too_many_tries',
    });
  });
});

describe('members', () => {
  it('are changed and removed by who leads, and the next request already knows', async () => {
    const deps = await testDeps();
    const { viewer: host } = await newcomer(deps, OWNER, 'centre');
    const guest = await join(deps, host, GUEST, 'technician');
    const id = await membershipOf(deps, guest.viewer);
    await changeRole(deps, actorOf(host), id, 'signatory');
    expect((await viewerOf(deps, guest.cookie)).role).toBe('signatory');
    await removeMember(deps, actorOf(host), id);
    expect(await getViewer(deps, requestWith(guest.cookie))).toMatchObject({ organisation: null, role: null, memberships: [] });
    expect((await deeds(deps, host.organisation.id)).slice(-2)).toEqual(['role_changed', 'member_removed']);
  });

  it('who do not lead change nothing, but may leave', async () => {
    const deps = await testDeps();
    const { viewer: host } = await newcomer(deps, OWNER, 'centre');
    const guest = await join(deps, host, GUEST, 'technician');
    const other = await join(deps, host, 'third@example.com', 'signatory');
    const organisationId = host.organisation.id;
    const [own, another] = [await membershipOf(deps, guest.viewer), await membershipOf(deps, other.viewer)];
    await expect(
      inviteMember(deps, { ...actorOf(guest.viewer), organisationId: organisationId }, { email: 'x@example.com', role: 'technician' }),
    ).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(changeRole(deps, { ...actorOf(guest.viewer), organisationId: organisationId }, own, 'manager')).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(removeMember(deps, { ...actorOf(guest.viewer), organisationId: organisationId }, another)).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect((await listMembers(deps, actorOf(guest.viewer))).invitations).toEqual([]);
    await removeMember(deps, { ...actorOf(guest.viewer), organisationId: organisationId }, own);
    expect(await roles(deps, organisationId)).toEqual(['manager', 'signatory']);
    expect((await deeds(deps, organisationId)).at(-1)).toBe('member_left');
  });

  it('are led by rights as they are now, not as they were when the page was opened', async () => {
    const deps = await testDeps();
    const { viewer: host } = await newcomer(deps, OWNER);
    const second = await join(deps, host, GUEST, 'owner');
    await changeRole(deps, actorOf(host), await membershipOf(deps, second.viewer), 'member');
    // `second.viewer` still says owner.
    await expect(
      removeMember(deps, { ...actorOf(second.viewer), organisationId: host.organisation.id }, await membershipOf(deps, host)),
    ).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  it.each(['sme', 'centre', 'park'] as const)('of a %s always keep someone who leads', async (kind) => {
    const deps = await testDeps();
    const { viewer } = await newcomer(deps, OWNER, kind);
    const own = await membershipOf(deps, viewer);
    await expect(removeMember(deps, actorOf(viewer), own)).rejects.toMatchObject({ code: 'last_owner' });
    if (kind === 'sme') await expect(changeRole(deps, actorOf(viewer), own, 'member')).rejects.toMatchObject({ code: 'last_owner' });
    if (kind === 'centre') await expect(changeRole(deps, actorOf(viewer), own, 'signatory')).rejects.toMatchObject({ code: 'last_owner' });
  });

  it.each(['leave', 'step down', 'remove each other'] as const)('who lead, two of them, %s at once: one stays', async (how) => {
    const deps = await testDeps();
    const { viewer: a } = await newcomer(deps, OWNER);
    const { viewer: b } = await join(deps, a, GUEST, 'owner');
    const id = a.organisation.id;
    const [ofA, ofB] = [await membershipOf(deps, a), await membershipOf(deps, b)];
    const results = await Promise.allSettled(
      how === 'leave'
        ? [removeMember(deps, { ...actorOf(a), organisationId: id }, ofA), removeMember(deps, { ...actorOf(b), organisationId: id }, ofB)]
        : how === 'step down'
          ? [
              changeRole(deps, { ...actorOf(a), organisationId: id }, ofA, 'member'),
              changeRole(deps, { ...actorOf(b), organisationId: id }, ofB, 'member'),
            ]
          : [
              removeMember(deps, { ...actorOf(a), organisationId: id }, ofB),
              removeMember(deps, { ...actorOf(b), organisationId: id }, ofA),
            ],
    );
    expect(results.map((r) => r.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await roles(deps, id)).filter((role) => role === 'owner')).toHaveLength(1);
  });

  it('of another organisation are not found, by any id', async () => {
    const deps = await testDeps();
    const { viewer: host } = await newcomer(deps, OWNER);
    const { viewer: guest } = await join(deps, host, GUEST, 'member');
    const { viewer: eve } = await newcomer(deps, 'eve@example.com');
    await invite(deps, host, 'third@example.com', 'member');
    const [asked] = await deps.db.read((q) => q.select().from(invitation).where(eq(invitation.email, 'third@example.com')));
    const theirs = await membershipOf(deps, guest);
    for (const organisationId of [host.organisation.id, eve.organisation.id, 'no such id']) {
      await expect(changeRole(deps, { ...actorOf(eve), organisationId: organisationId }, theirs, 'owner')).rejects.toMatchObject({
        code: 'not_found',
      });
      await expect(removeMember(deps, { ...actorOf(eve), organisationId: organisationId }, theirs)).rejects.toMatchObject({
        code: 'not_found',
      });
      await expect(revokeInvitation(deps, { ...actorOf(eve), organisationId: organisationId }, asked?.id as string)).rejects.toMatchObject({
        code: 'not_found',
      });
    }
    await expect(
      inviteMember(deps, { ...actorOf(eve), organisationId: host.organisation.id }, { email: 'x@example.com', role: 'member' }),
    ).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(switchOrganisation(deps, eve, host.organisation.id)).rejects.toMatchObject({ code: 'not_found' });
    // The page of one's own organisation names nobody else's.
    expect((await listMembers(deps, actorOf(eve))).members.map((m) => m.email)).toEqual(['eve@example.com']);
    expect(await roles(deps, host.organisation.id)).toEqual(['member', 'owner']);
  });
});

describe('switching the organisation', () => {
  it('holds for this session and no other', async () => {
    const deps = await testDeps();
    const { viewer: host } = await newcomer(deps, OWNER, 'park');
    const guest = await newcomer(deps, GUEST);
    const elsewhere = await signedIn(deps, GUEST);
    await acceptInvitation(deps, guest.viewer, await invite(deps, host, GUEST, 'administrator'));
    expect((await viewerOf(deps, guest.cookie)).organisation.id).toBe(host.organisation.id);
    expect((await viewerOf(deps, elsewhere.cookie)).organisation.id).toBe(guest.viewer.organisation.id);
    await switchOrganisation(deps, await viewerOf(deps, guest.cookie), guest.viewer.organisation.id);
    expect((await viewerOf(deps, guest.cookie)).organisation.id).toBe(guest.viewer.organisation.id);
    expect((await signedIn(deps, GUEST, PASSWORD)).viewer.organisation.id).toBe(guest.viewer.organisation.id);
  });
});
