import { parseWithZod } from '@conform-to/zod/v4';
import { data, type MetaFunction } from '@remix-run/node';
import { Form } from '@remix-run/react';
import { typedIn } from '#app/core/form.ts';
import { Problem } from '#app/core/problem.ts';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { useView, type ViewOf } from '#app/http/use-view.ts';
import { localePath, pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { changePassword } from '#app/modules/identity/change-password.server.ts';
import { changePasswordForm, profileForm } from '#app/modules/identity/forms.ts';
import { requireViewer, type Viewer } from '#app/modules/identity/guards.server.ts';
import { listPasskeys } from '#app/modules/identity/list-passkeys.server.ts';
import { listSessions } from '#app/modules/identity/list-sessions.server.ts';
import { listSignIns } from '#app/modules/identity/list-sign-ins.server.ts';
import { revokeOtherSessions } from '#app/modules/identity/revoke-other-sessions.server.ts';
import { revokeSession } from '#app/modules/identity/revoke-session.server.ts';
import { ROLE_NAMES } from '#app/modules/identity/role-names.ts';
import { shownEmail } from '#app/modules/identity/shown-email.server.ts';
import { updateProfile } from '#app/modules/identity/update-profile.server.ts';
import { Submit } from '#app/ui/form.tsx';
import { A } from '#app/ui/link.tsx';
import { Page } from '#app/ui/page.tsx';
import { PasswordForm, ProfileForm } from './account-forms.tsx';
import { callerOf, comeBack, comeBackWith } from './answers.server.ts';
import { Done } from './form-parts.tsx';
import { SecondFactor } from './second-factor-card.tsx';
import { Sessions } from './sessions.tsx';
import { SignIns } from './sign-ins.tsx';

export const loader = serve(async ({ request, services }) => {
  const viewer = await requireViewer(services, request);
  const { name, email, locale } = viewer.person;
  return {
    person: { name, email: shownEmail(email), locale },
    organisations: viewer.memberships.map(({ organisation: { id, nameZh, nameEn }, role }) => ({
      id,
      nameZh,
      nameEn,
      role,
      active: id === viewer.organisation?.id,
    })),
    sme: viewer.organisation?.kind === 'sme',
    sessions: await listSessions(services, viewer),
    signIns: await listSignIns(services, viewer),
    second: {
      since: viewer.person.secondFactorSince,
      passkeys: await listPasskeys(services, viewer),
      demonstration: services.settings.demonstration,
    },
    done: new URL(request.url).searchParams.get('done'),
  };
});

type Args = Parameters<Parameters<typeof serve>[0]>[0];

/** One entry per form of the page. */
const INTENTS: Record<string, (args: Args, viewer: Viewer, form: FormData) => Promise<unknown>> = {
  async profile({ services }, viewer, form) {
    const submission = parseWithZod(form, { schema: profileForm });
    if (submission.status !== 'success') return comeBack(submission, null, { form: 'profile' });
    await updateProfile(services, viewer, submission.value);
    return redirectTo('/account?done=profile');
  },
  async password({ services, request, context }, viewer, form) {
    const submission = parseWithZod(form, { schema: changePasswordForm });
    if (submission.status !== 'success') return comeBack(submission, null, { form: 'password' });
    try {
      await changePassword(services, viewer, submission.value, callerOf({ request, context }));
      return redirectTo('/account?done=password');
    } catch (error) {
      return comeBackWith(submission, error, ['too_many_tries'], 'password');
    }
  },
  async revoke({ services }, viewer, form) {
    await revokeSession(services, viewer, typedIn(form).session?.[0] ?? '');
    return redirectTo('/account?done=session');
  },
  async 'revoke-others'({ services }, viewer) {
    await revokeOtherSessions(services, viewer);
    return redirectTo('/account?done=session');
  },
};

export const action = serve(async (args) => {
  const viewer = await requireViewer(args.services, args.request);
  const form = await args.request.formData();
  const intent = typedIn(form).intent?.[0] ?? '';
  if (!Object.hasOwn(INTENTS, intent)) throw new Problem('bad_request');
  return (await INTENTS[intent]?.(args, viewer, form)) ?? data(null);
});

export const meta: MetaFunction = () => [{ title: `${m.identity_account_title()} · ${m.brand()}` }];

const DONE: Record<string, () => string> = {
  profile: m.identity_saved,
  password: m.identity_password_changed,
  session: m.identity_session_revoked,
};

export default function Account() {
  const { person, organisations, sme, sessions, signIns, second, done } = useView<typeof loader>();
  const said = done !== null && Object.hasOwn(DONE, done) ? DONE[done]?.() : undefined;
  return (
    <Page
      title={m.identity_account_title()}
      lead={person.email}
      actions={
        <>
          <A to="/wanted" className="btn">
            {m.catalogue_wanted_title()}
          </A>
          {sme && (
            <A to="/enquiries" className="btn">
              {m.enquiries_title()}
            </A>
          )}
          <Form method="post" action={localePath('/sign-out')}>
            <Submit className="btn">{m.identity_sign_out()}</Submit>
          </Form>
        </>
      }
    >
      {said && <Done>{said}</Done>}
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <Organisations organisations={organisations} sme={sme} />
        <Sessions sessions={sessions} />
        <SecondFactor {...second} />
        <SignIns signIns={signIns} />
        <section className="card pad grid gap-5">
          <h2>{m.identity_profile()}</h2>
          <ProfileForm name={person.name} locale={person.locale} />
        </section>
        <section className="card pad grid gap-5">
          <h2>{m.identity_change_password()}</h2>
          <PasswordForm email={person.email} />
        </section>
      </div>
    </Page>
  );
}

type Organisations = ViewOf<typeof loader>['organisations'];

function Organisations({ organisations, sme }: { organisations: Organisations; sme: boolean }) {
  return (
    <section className="card pad grid gap-4">
      <h2>{m.identity_organisations()}</h2>
      {organisations.length === 0 && <p className="muted">{m.identity_organisations_none()}</p>}
      <ul className="grid divide-y divide-line">
        {organisations.map(({ id, nameZh, nameEn, role, active }) => (
          <li key={id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3">
            <span className="grid min-w-0 flex-1 basis-48">
              <span className="font-semibold">{pick(nameZh, nameEn)}</span>
              <span className="tiny">{ROLE_NAMES[role]()}</span>
            </span>
            {active ? (
              <span className="chip ok">{m.identity_organisation_active()}</span>
            ) : (
              <Form method="post" action={localePath('/switch-organisation')}>
                <Submit className="btn small" name="organisation" value={id}>
                  {m.identity_organisation_switch()}
                </Submit>
              </Form>
            )}
          </li>
        ))}
      </ul>
      {organisations.length > 0 && (
        <A to="/members" className="link justify-self-start">
          {m.identity_members_link()}
        </A>
      )}
      {sme && (
        <A to="/account/park" className="link justify-self-start">
          {m.parks_own_title()}
        </A>
      )}
    </section>
  );
}
