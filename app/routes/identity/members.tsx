import { parseWithZod } from '@conform-to/zod/v4';
import type { MetaFunction } from '@remix-run/node';
import { useActionData } from '@remix-run/react';
import type { ReactNode } from 'react';
import { z } from 'zod';
import { actorOf } from '#app/core/actor.ts';
import { given, readForm, ticked } from '#app/core/form.ts';
import { Problem } from '#app/core/problem.ts';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { changeRole } from '#app/modules/identity/change-role.server.ts';
import { inviteForm, roleForm } from '#app/modules/identity/forms.ts';
import { requireMember } from '#app/modules/identity/guards.server.ts';
import { inviteMember } from '#app/modules/identity/invite-member.server.ts';
import { listMembers } from '#app/modules/identity/list-members.server.ts';
import { removeMember } from '#app/modules/identity/remove-member.server.ts';
import { revokeInvitation } from '#app/modules/identity/revoke-invitation.server.ts';
import { ORGANISATION_KINDS, rolesOf } from '#app/modules/identity/roles.ts';
import { shownEmail } from '#app/modules/identity/shown-email.server.ts';
import { Workspace } from '#app/routes/centre/workspace.tsx';
import { Page } from '#app/ui/page.tsx';
import { comeBack, troubleOf } from './answers.server.ts';
import { Done, type Trouble, Troubles } from './form-parts.tsx';
import { InviteForm, MemberTable, OpenInvitations } from './member-parts.tsx';

export const loader = serve(async ({ request, services }) => {
  const viewer = await requireMember(services, request, ORGANISATION_KINDS);
  const { id, kind, nameZh, nameEn } = viewer.organisation;
  const { members, invitations, leads } = await listMembers(services, actorOf(viewer));
  return {
    members: members.map((one) => ({ ...one, email: shownEmail(one.email) })),
    invitations: invitations.map((one) => ({ ...one, email: shownEmail(one.email) })),
    leads,
    organisation: { id, kind, nameZh, nameEn },
    me: viewer.person.id,
    roles: rolesOf(kind),
    done: new URL(request.url).searchParams.get('done'),
  };
});

/** What the buttons of the table ask for; the organisation is the one the person acts for, never one the form names. */
const memberForm = z.discriminatedUnion('intent', [
  roleForm.extend({ intent: z.literal('role'), membership: given }),
  z.object({ intent: z.literal('remove'), membership: given, leaving: ticked }),
  z.object({ intent: z.literal('revoke-invitation'), invitation: given }),
  z.object({ intent: z.literal('invite') }),
]);

export const action = serve(async ({ request, services }) => {
  const actor = actorOf(await requireMember(services, request, ORGANISATION_KINDS));
  const form = await request.formData();
  const read = readForm(form, memberForm);
  if ('faults' in read) throw new Problem('bad_request');
  const asked = read.input;
  const submission = parseWithZod(form, { schema: inviteForm });
  try {
    if (asked.intent === 'role') await changeRole(services, actor, asked.membership, asked.role);
    else if (asked.intent === 'remove') await removeMember(services, actor, asked.membership);
    else if (asked.intent === 'revoke-invitation') await revokeInvitation(services, actor, asked.invitation);
    else if (submission.status !== 'success') return comeBack(submission, null, { form: 'invite' });
    else await inviteMember(services, actor, submission.value);
  } catch (error) {
    const { trouble, status } = troubleOf(error, 'last_owner', 'already_member', 'too_many_tries', 'stale');
    return comeBack(submission, trouble, { status, form: asked.intent === 'invite' ? 'invite' : 'members' });
  }
  const left = asked.intent === 'remove' && asked.leaving;
  throw redirectTo(left ? '/account' : `/members?done=${asked.intent === 'invite' ? 'invited' : 'changed'}`);
});

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${m.identity_members_title()}${data ? ` · ${pick(data.organisation.nameZh, data.organisation.nameEn)}` : ''} · ${m.brand()}` },
];

export default function Members() {
  const { members, invitations, leads, organisation, me, roles, done } = useView<typeof loader>();
  const answer = useActionData<{ trouble?: Trouble | null; form?: string }>();
  return (
    <Around kind={organisation.kind} lead={pick(organisation.nameZh, organisation.nameEn)}>
      {done && !answer && <Done>{done === 'invited' ? m.identity_invited() : m.identity_members_done()}</Done>}
      <Troubles trouble={answer?.form === 'members' ? (answer.trouble ?? null) : null} />
      <MemberTable members={members} leads={leads} me={me} roles={roles} />
      {leads && (
        <div className="grid items-start gap-6 lg:grid-cols-2">
          <InviteForm roles={roles} key={done === 'invited' ? invitations.length : 'form'} />
          {invitations.length > 0 && <OpenInvitations invitations={invitations} />}
        </div>
      )}
    </Around>
  );
}

/** A centre's members are one of the pages of its workspace. */
const Around = ({ kind, lead, children }: { kind: string; lead: string; children: ReactNode }) =>
  kind === 'centre' ? (
    <Workspace title={m.identity_members_title()}>{children}</Workspace>
  ) : (
    <Page title={m.identity_members_title()} lead={lead}>
      {children}
    </Page>
  );
