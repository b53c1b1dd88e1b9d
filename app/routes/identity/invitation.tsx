import { getFormProps } from '@conform-to/react';
import { parseWithZod } from '@conform-to/zod/v4';
import { data, type MetaFunction } from '@remix-run/node';
import { Form, useLocation } from '@remix-run/react';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import { currentLocale, localePath, pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { acceptInvitation, findInvitation } from '#app/modules/identity/accept-invitation.server.ts';
import { joinForm } from '#app/modules/identity/forms.ts';
import { getViewer } from '#app/modules/identity/guards.server.ts';
import { ROLE_NAMES } from '#app/modules/identity/role-names.ts';
import { shownEmail } from '#app/modules/identity/shown-email.server.ts';
import { joinAgreeing } from '#app/modules/legal/agree.server.ts';
import type { Versions } from '#app/modules/legal/legal-rules.ts';
import { versionsInForce } from '#app/modules/legal/texts-in-force.server.ts';
import { Submit } from '#app/ui/form.tsx';
import { A } from '#app/ui/link.tsx';
import { Page } from '#app/ui/page.tsx';
import { AgreeBox, shownVersions } from './agree-box.tsx';
import { callerOf, comeBack, comeBackWith, entering } from './answers.server.ts';
import { SchemaField, Troubles, useSchemaForm } from './form-parts.tsx';

export const loader = serve(async ({ request, params, services }) => {
  const [found, viewer] = await Promise.all([findInvitation(services, params.token ?? ''), getViewer(services, request)]);
  if (!found) return data({ invitation: null, viewer: null, force: { terms: 0, privacy: 0 } }, { status: 410 });
  const { email, role, known, organisation } = found;
  const invitation = { email: shownEmail(email), role, known, nameZh: organisation.nameZh, nameEn: organisation.nameEn };
  const force = await versionsInForce(services);
  return data({ invitation, viewer: viewer && { email: shownEmail(viewer.person.email) }, force }, { status: 200 });
});

export const action = serve(async ({ request, params, services, context }) => {
  const token = params.token ?? '';
  const viewer = await getViewer(services, request);
  const form = await request.formData();
  const submission = parseWithZod(form, { schema: joinForm });
  try {
    if (viewer) {
      await acceptInvitation(services, viewer, token);
      throw redirectTo('/start');
    }
    if (submission.status !== 'success') return comeBack(submission);
    const answer = await joinAgreeing(
      services,
      { ...submission.value, token, locale: currentLocale(), shown: shownVersions(form) },
      callerOf({ request, context }),
    );
    throw redirectTo('/start', entering(answer));
  } catch (error) {
    return comeBackWith(submission, error, ['link_expired', 'already_member', 'forbidden', 'sign_in_required']);
  }
});

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.invitation ? titleOf(data.invitation) : m.identity_link_over_title()} · ${m.brand()}` },
  { name: 'robots', content: 'noindex' },
];

const titleOf = (organisation: { nameZh: string; nameEn: string }) =>
  m.identity_invitation_title({ organisation: pick(organisation.nameZh, organisation.nameEn) });

export default function Invitation() {
  const { invitation, viewer, force } = useView<typeof loader>();
  if (!invitation)
    return (
      <Page narrow title={m.identity_link_over_title()} lead={m.identity_link_over_invitation()}>
        <A to="/" className="btn justify-self-start">
          {m.ui_home()}
        </A>
      </Page>
    );
  const { email, role, known } = invitation;
  return (
    <Page narrow title={titleOf(invitation)} lead={m.identity_invitation_lead({ email, role: ROLE_NAMES[role]() })}>
      {viewer ? (
        viewer.email === email ? (
          <Accept />
        ) : (
          <SomebodyElse email={viewer.email} />
        )
      ) : known ? (
        <SignInFirst />
      ) : (
        <Join email={email} force={force} />
      )}
    </Page>
  );
}

function Accept() {
  const { trouble } = useSchemaForm('accept', joinForm);
  return (
    <Form method="post" className="grid gap-6">
      <Troubles trouble={trouble} />
      <div>
        <Submit>{m.identity_invitation_accept()}</Submit>
      </div>
    </Form>
  );
}

function SomebodyElse({ email }: { email: string }) {
  return (
    <Form method="post" action={localePath('/sign-out')} className="grid gap-4">
      <p>{m.identity_invitation_other({ email })}</p>
      <div>
        <Submit className="btn">{m.identity_sign_out()}</Submit>
      </div>
    </Form>
  );
}

function SignInFirst() {
  const { pathname } = useLocation();
  return (
    <div className="grid gap-4">
      <p>{m.identity_invitation_sign_in()}</p>
      <div>
        <A to={`/sign-in?next=${encodeURIComponent(pathname)}`} className="btn go">
          {m.identity_sign_in_title()}
        </A>
      </div>
    </div>
  );
}

function Join({ email, force }: { email: string; force: Versions }) {
  const { form, fields, firstWrong, trouble } = useSchemaForm('join', joinForm);
  return (
    <Form method="post" {...getFormProps(form)} className="grid gap-6">
      <p className="muted">{m.identity_invitation_new()}</p>
      <Troubles trouble={trouble} />
      <SchemaField field={fields.name} firstWrong={firstWrong} label={m.identity_name()} autoComplete="name" />
      <input type="hidden" name="username" value={email} autoComplete="username" />
      <SchemaField
        field={fields.password}
        firstWrong={firstWrong}
        label={m.identity_password()}
        hint={m.identity_password_hint()}
        type="password"
        autoComplete="new-password"
      />
      <AgreeBox force={force} ticked={fields.agrees.initialValue !== undefined} errors={fields.agrees.errors} />
      <div>
        <Submit>{m.identity_invitation_join()}</Submit>
      </div>
    </Form>
  );
}
