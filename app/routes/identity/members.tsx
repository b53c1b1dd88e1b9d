import { parseWithZod } from '@conform-to/zod/v4';
import type { MetaFunction } from '@remix-run/node';
import { useActionData } from '@remix-run/react';
import { Problem } from '#app/core/problem.ts';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { changeRole } from '#app/modules/identity/change-role.server.ts';
import { inviteForm, roleForm } from '#app/modules/identity/forms.ts';
import { type Member, requireMember } from '#app/modules/identity/guards.server.ts';
import { inviteMember } from '#app/modules/identity/invite-member.server.ts';
import { listMembers } from '#app/modules/identity/list-members.server.ts';
import { removeMember } from '#app/modules/identity/remove-member.server.ts';
import { revokeInvitation } from '#app/modules/identity/revoke-invitation.server.ts';
import { ORGANISATION_KINDS, rolesOf } from '#app/modules/identity/roles.ts';
import { Page } from '#app/ui/page.tsx';
import { comeBack, troubleOf } from './answers.server.ts';
import { Done, type Trouble, Troubles } from './form-parts.tsx';
import { InviteForm, MemberTable, OpenInvitations } from './member-parts.tsx';

export const loader = serve(async ({ request, services }) => {
  const viewer = await requireMember(services, request, ORGANISATION_KINDS);
  const { id, kind, nameZh, nameEn } = viewer.organisation;
  return {
    ...(await listMembers(services, viewer)),
    organisation: { id, nameZh, nameEn },
    me: viewer.person.id,
    roles: rolesOf(kind),
    done: new URL(request.url).searchParams.get('done'),
  };
});

type Services = Parameters<typeof listMembers>[0];
const text = (form: FormData, name: string) => String(form.get(name) ?? '');

/** What a button of the page does; the organisation is the one the person acts for, never one the form names. */
const DEEDS: Record<string, (services: Services, viewer: Member, form: FormData) => Promise<void>> = {
  async role(services, viewer, form) {
    const parsed = roleForm.safeParse({ role: text(form, 'role') });
    if (!parsed.success) throw new Problem('bad_request');
    await changeRole(services, viewer, viewer.organisation.id, text(form, 'membership'), parsed.data.role);
  },
  remove: (services, viewer, form) => removeMember(services, viewer, viewer.organisation.id, text(form, 'membership')),
  'revoke-invitation': (services, viewer, form) => revokeInvitation(services, viewer, viewer.organisation.id, text(form, 'invitation')),
};

export const action = serve(async ({ request, services }) => {
  const viewer = await requireMember(services, request, ORGANISATION_KINDS);
  const form = await request.formData();
  const intent = text(form, 'intent');
  const submission = parseWithZod(form, { schema: inviteForm });
  const inviting = intent === 'invite';
  if (!inviting && !Object.hasOwn(DEEDS, intent)) throw new Problem('bad_request');
  if (inviting && submission.status !== 'success') return comeBack(submission);
  try {
    if (inviting && submission.status === 'success') await inviteMember(services, viewer, viewer.organisation.id, submission.value);
    else await DEEDS[intent]?.(services, viewer, form);
  } catch (error) {
    const { trouble, status } = troubleOf(error, 'last_owner', 'already_member', 'too_many_tries', 'stale');
    return comeBack(submission, trouble, { status, form: inviting ? 'invite' : 'members' });
  }
  const left = intent === 'remove' && form.has('leaving');
  throw redirectTo(left ? '/account' : `/members?done=${inviting ? 'invited' : 'changed'}`);
});

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${m.identity_members_title()}${data ? ` · ${pick(data.organisation.nameZh, data.organisation.nameEn)}` : ''} · ${m.brand()}` },
];

export default function Members() {
  const { members, invitations, leads, organisation, me, roles, done } = useView<typeof loader>();
  const answer = useActionData<{ trouble?: Trouble | null; form?: string }>();
  return (
    <Page title={m.identity_members_title()} lead={pick(organisation.nameZh, organisation.nameEn)}>
      {done && !answer && <Done>{done === 'invited' ? m.identity_invited() : m.identity_members_done()}</Done>}
      <Troubles trouble={answer?.form === 'members' ? (answer.trouble ?? null) : null} />
      <MemberTable members={members} leads={leads} me={me} roles={roles} />
      {leads && (
        <div className="grid items-start gap-6 lg:grid-cols-2">
          <InviteForm roles={roles} key={done === 'invited' ? invitations.length : 'form'} />
          {invitations.length > 0 && <OpenInvitations invitations={invitations} />}
        </div>
      )}
    </Page>
  );
}
