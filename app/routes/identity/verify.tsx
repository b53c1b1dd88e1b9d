import { getFormProps } from '@conform-to/react';
import { parseWithZod } from '@conform-to/zod/v4';
import { data, type MetaFunction, redirect } from '@remix-run/node';
import { Form } from '@remix-run/react';
import { isProblem } from '#app/core/problem.ts';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { confirmForm } from '#app/modules/identity/forms.ts';
import { shownEmail } from '#app/modules/identity/shown-email.server.ts';
import { findVerification, verifyEmail } from '#app/modules/identity/verify-email.server.ts';
import { Submit } from '#app/ui/form.tsx';
import { A } from '#app/ui/link.tsx';
import { Page } from '#app/ui/page.tsx';
import { callerOf, comeBack, comeBackWith, entering } from './answers.server.ts';
import { SchemaField, Troubles, useSchemaForm } from './form-parts.tsx';
import { forgetNext, rememberedNext } from './onward.server.ts';

/** Opening the link changes nothing: mail programs and scanners open links too. */
export const loader = serve(async ({ params, services }) => {
  const found = await findVerification(services, params.token ?? '');
  return data({ email: found ? shownEmail(found.email) : null }, { status: found ? 200 : 410 });
});

export const action = serve(async ({ request, params, services, context }) => {
  const submission = parseWithZod(await request.formData(), { schema: confirmForm });
  if (submission.status !== 'success') return comeBack(submission);
  try {
    const given = { token: params.token ?? '', password: submission.value.password };
    const answer = await verifyEmail(services, given, callerOf({ request, context }));
    const next = await rememberedNext(services.settings, request);
    const headers = entering(answer);
    if (next) headers.append('Set-Cookie', await forgetNext(services.settings));
    throw next ? redirect(next, { status: 303, headers }) : redirectTo('/start', headers);
  } catch (error) {
    // There is one password it could be: the one chosen at the sign-up.
    if (isProblem(error) && error.code === 'sign_in_refused')
      return comeBack(submission, { title: m.identity_refused_title(), text: m.identity_verify_refused() });
    return comeBackWith(submission, error, ['too_many_tries', 'link_expired']);
  }
});

export const meta: MetaFunction = () => [{ title: `${m.identity_verify_title()} · ${m.brand()}` }, { name: 'robots', content: 'noindex' }];

export default function Verify() {
  const { email } = useView<typeof loader>();
  const { form, fields, firstWrong, trouble } = useSchemaForm('verify', confirmForm);
  if (!email)
    return (
      <Page narrow title={m.identity_link_over_title()} lead={m.identity_link_over_verify()}>
        <div className="flex flex-wrap gap-3">
          <A to="/sign-in" className="btn go">
            {m.identity_sign_in_title()}
          </A>
          <A to="/check-mail" className="btn">
            {m.identity_check_mail_resend()}
          </A>
        </div>
      </Page>
    );
  return (
    <Page narrow title={m.identity_verify_title()} lead={m.identity_verify_lead({ email })}>
      <Form method="post" {...getFormProps(form)} className="grid gap-6">
        <Troubles trouble={trouble} />
        <input type="hidden" name="username" value={email} autoComplete="username" />
        <SchemaField
          field={fields.password}
          firstWrong={firstWrong}
          label={m.identity_password()}
          type="password"
          autoComplete="current-password"
        />
        <div className="flex flex-wrap items-center justify-between gap-3">
          <Submit>{m.identity_verify_action()}</Submit>
          <A to="/forgot" className="link">
            {m.identity_sign_in_forgot()}
          </A>
        </div>
      </Form>
    </Page>
  );
}
