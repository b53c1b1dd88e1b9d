import { getFormProps } from '@conform-to/react';
import { Form } from '@remix-run/react';
import * as m from '#app/i18n/paraglide/messages.js';
import { inviteForm } from '#app/modules/identity/forms.ts';
import { ROLE_NAMES } from '#app/modules/identity/role-names.ts';
import { Submit } from '#app/ui/form.tsx';
import { date } from '#app/ui/format.ts';
import { SchemaField, SchemaSelect, Troubles, useSchemaForm } from './form-parts.tsx';

type Role = keyof typeof ROLE_NAMES;
type ListedMember = { id: string; personId: string; name: string; email: string; role: Role; since: number };
type ListedInvitation = { id: string; email: string; role: Role; expiresAt: number };

/** Nobody's own zone is known on the server: the platform's home zone. */
const HOME_ZONE = { timeZone: 'Asia/Shanghai' };

export function MemberTable({
  members,
  leads,
  me,
  roles,
}: {
  members: ListedMember[];
  leads: boolean;
  me: string;
  roles: readonly Role[];
}) {
  return (
    <div className="card px-5 py-2">
      <table className="data stack">
        <thead>
          <tr>
            <th scope="col">{m.identity_member_name()}</th>
            <th scope="col">{m.identity_role()}</th>
            <th scope="col">{m.identity_member_since()}</th>
            <th scope="col">{m.identity_member_actions()}</th>
          </tr>
        </thead>
        <tbody>
          {members.map((member) => (
            <tr key={member.id}>
              <td>
                <span className="grid min-w-0">
                  <span className="font-semibold">
                    {member.name} {member.personId === me && <span className="chip">{m.identity_member_you()}</span>}
                  </span>
                  <span className="tiny">{member.email}</span>
                </span>
              </td>
              <td data-label={m.identity_role()}>
                {leads && roles.length > 1 ? <RoleForm member={member} roles={roles} /> : ROLE_NAMES[member.role]()}
              </td>
              <td data-label={m.identity_member_since()}>{date(member.since, HOME_ZONE)}</td>
              <td>{(leads || member.personId === me) && <RemoveForm member={member} leaving={member.personId === me} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function RoleForm({ member, roles }: { member: ListedMember; roles: readonly Role[] }) {
  return (
    <Form method="post" className="flex flex-wrap justify-end gap-2 md:justify-start">
      <input type="hidden" name="membership" value={member.id} />
      <select
        name="role"
        className="control w-auto"
        defaultValue={member.role}
        key={member.role}
        aria-label={m.identity_member_role_of({ name: member.name })}
      >
        {roles.map((role) => (
          <option key={role} value={role}>
            {ROLE_NAMES[role]()}
          </option>
        ))}
      </select>
      <Submit className="btn small" name="intent" value="role">
        {m.identity_member_role_save()}
      </Submit>
    </Form>
  );
}

/** Asks once more before it is done, without a script. */
function RemoveForm({ member, leaving }: { member: ListedMember; leaving: boolean }) {
  return (
    <details className="grid">
      <summary className="btn small w-fit list-none">{leaving ? m.identity_member_leave() : m.identity_member_remove()}</summary>
      <Form method="post" className="mt-2 grid max-w-80 gap-2 text-left">
        <input type="hidden" name="membership" value={member.id} />
        {leaving && <input type="hidden" name="leaving" value="1" />}
        <p className="tiny">{leaving ? m.identity_member_leave_confirm() : m.identity_member_remove_confirm({ name: member.name })}</p>
        <Submit className="btn small danger justify-self-start" name="intent" value="remove">
          {leaving ? m.identity_member_leave_yes() : m.identity_member_remove_yes()}
        </Submit>
      </Form>
    </details>
  );
}

export function InviteForm({ roles }: { roles: readonly Role[] }) {
  const { form, fields, firstWrong, trouble } = useSchemaForm('invite', inviteForm, { role: roles.at(-1) });
  return (
    <section className="card pad grid gap-5">
      <h2>{m.identity_invite_title()}</h2>
      <Form method="post" {...getFormProps(form)} className="grid gap-5">
        <Troubles trouble={trouble} />
        <SchemaField field={fields.email} firstWrong={firstWrong} label={m.identity_email()} type="email" autoComplete="off" />
        <SchemaSelect field={fields.role} firstWrong={firstWrong} label={m.identity_role()}>
          {roles.map((role) => (
            <option key={role} value={role}>
              {ROLE_NAMES[role]()}
            </option>
          ))}
        </SchemaSelect>
        <div>
          <Submit name="intent" value="invite">
            {m.identity_invite_action()}
          </Submit>
        </div>
      </Form>
    </section>
  );
}

export function OpenInvitations({ invitations }: { invitations: ListedInvitation[] }) {
  return (
    <section className="card pad grid gap-3">
      <h2>{m.identity_invitations_open()}</h2>
      <ul className="grid divide-y divide-line">
        {invitations.map((invitation) => (
          <li key={invitation.id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3">
            <span className="grid min-w-0 flex-1 basis-48">
              <span className="font-semibold wrap-anywhere">{invitation.email}</span>
              <span className="tiny">
                {ROLE_NAMES[invitation.role]()} · {m.identity_invitation_until({ when: date(invitation.expiresAt, HOME_ZONE) })}
              </span>
            </span>
            <Form method="post">
              <input type="hidden" name="invitation" value={invitation.id} />
              <Submit className="btn small" name="intent" value="revoke-invitation">
                {m.identity_invitation_revoke()}
              </Submit>
            </Form>
          </li>
        ))}
      </ul>
    </section>
  );
}
