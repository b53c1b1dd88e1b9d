import { getFormProps } from '@conform-to/react';
import { parseWithZod } from '@conform-to/zod/v4';
import type { MetaFunction } from '@remix-run/node';
import { Form } from '@remix-run/react';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import { currentLocale } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { signUpForm } from '#app/modules/identity/forms.ts';
import { getViewer } from '#app/modules/identity/guards.server.ts';
import { ORGANISATION_KINDS } from '#app/modules/identity/roles.ts';
import { signUpAgreeing } from '#app/modules/legal/agree.server.ts';
import { versionsInForce } from '#app/modules/legal/texts-in-force.server.ts';
import { Submit } from '#app/ui/form.tsx';
import { A } from '#app/ui/link.tsx';
import { Page } from '#app/ui/page.tsx';
import { AgreeBox, shownVersions } from './agree-box.tsx';
import { callerOf, comeBack, comeBackWith } from './answers.server.ts';
import { SchemaField, Troubles, useSchemaForm } from './form-parts.tsx';
import { nextOf, rememberNext } from './onward.server.ts';

export const loader = serve(async ({ request, services }) => {
  if (await getViewer(services, request)) throw redirectTo('/account');
  const next = nextOf(request);
  return { kind: next === undefined ? 'sme' : kindFor(next), force: await versionsInForce(services) };
});

/** Who goes to a centre's pages has a centre. */
const kindFor = (next: string) =>
  /^(\/en)?\/centre\//.test(next) ? ('centre' as const) : /^(\/en)?\/park\//.test(next) ? ('park' as const) : ('sme' as const);

export const action = serve(async ({ request, services, context }) => {
  const form = await request.formData();
  const submission = parseWithZod(form, { schema: signUpForm });
  if (submission.status !== 'success') return comeBack(submission);
  try {
    await signUpAgreeing(
      services,
      { ...submission.value, locale: currentLocale(), shown: shownVersions(form) },
      callerOf({ request, context }),
    );
  } catch (error) {
    return comeBackWith(submission, error, ['too_many_tries']);
  }
  const next = nextOf(request);
  throw redirectTo('/check-mail', next ? { 'Set-Cookie': await rememberNext(services.settings, next) } : undefined);
});

export const meta: MetaFunction = () => [{ title: `${m.identity_sign_up_title()} · ${m.brand()}` }];

const KINDS = {
  sme: { name: m.identity_kind_sme, note: m.identity_kind_sme_note },
  centre: { name: m.identity_kind_centre, note: m.identity_kind_centre_note },
  park: { name: m.identity_kind_park, note: m.identity_kind_park_note },
};

export default function SignUp() {
  const { kind: likely, force } = useView<typeof loader>();
  const { form, fields, firstWrong, trouble } = useSchemaForm('sign-up', signUpForm, { kind: likely });
  return (
    <Page
      narrow
      title={m.identity_sign_up_title()}
      lead={
        <>
          {m.identity_sign_up_lead()}{' '}
          <A to="/sign-in" className="link">
            {m.identity_sign_in_title()}
          </A>
        </>
      }
    >
      <Form method="post" {...getFormProps(form)} className="grid gap-6">
        <Troubles trouble={trouble} faults={Object.keys(form.allErrors).length} />
        <fieldset className="grid gap-3">
          <legend className="mb-2 font-semibold">{m.identity_kind()}</legend>
          {ORGANISATION_KINDS.map((kind) => (
            <label key={kind} className="card choice px-4 py-2 has-checked:border-accent has-checked:bg-accent-soft">
              <input type="radio" name="kind" value={kind} defaultChecked={(fields.kind.initialValue ?? likely) === kind} />
              <span className="grid">
                <span className="font-semibold">{KINDS[kind].name()}</span>
                <span className="tiny">{KINDS[kind].note()}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <SchemaField field={fields.nameZh} firstWrong={firstWrong} label={m.identity_organisation_zh()} autoComplete="organization" />
        <SchemaField field={fields.nameEn} firstWrong={firstWrong} label={m.identity_organisation_en()} />
        <SchemaField field={fields.city} firstWrong={firstWrong} label={m.identity_city()} autoComplete="address-level2" />
        <fieldset className="grid gap-6 border-t border-line pt-5">
          <legend className="pr-3 font-semibold">{m.identity_sign_up_person()}</legend>
          <SchemaField field={fields.name} firstWrong={firstWrong} label={m.identity_name()} autoComplete="name" />
          <SchemaField field={fields.email} firstWrong={firstWrong} label={m.identity_email()} type="email" autoComplete="username" />
          <SchemaField
            field={fields.password}
            firstWrong={firstWrong}
            label={m.identity_password()}
            hint={m.identity_password_hint()}
            type="password"
            autoComplete="new-password"
          />
        </fieldset>
        <AgreeBox force={force} ticked={fields.agrees.initialValue !== undefined} errors={fields.agrees.errors} />
        <Submit busy={m.identity_sign_up_busy()}>{m.identity_sign_up_action()}</Submit>
      </Form>
    </Page>
  );
}
