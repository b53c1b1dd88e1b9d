import { getFormProps } from '@conform-to/react';
import { parseWithZod } from '@conform-to/zod/v4';
import { data, type MetaFunction } from '@remix-run/node';
import { Form } from '@remix-run/react';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { resetForm } from '#app/modules/identity/forms.ts';
import { findReset, resetPassword } from '#app/modules/identity/reset-password.server.ts';
import { shownEmail } from '#app/modules/identity/shown-email.server.ts';
import { Submit } from '#app/ui/form.tsx';
import { A } from '#app/ui/link.tsx';
import { Page } from '#app/ui/page.tsx';
import { callerOf, comeBack, comeBackWith } from './answers.server.ts';
import { SchemaField, Troubles, useSchemaForm } from './form-parts.tsx';

export const loader = serve(async ({ params, services }) => {
  const found = await findReset(services, params.token ?? '');
  return data({ email: found ? shownEmail(found.email) : null }, { status: found ? 200 : 410 });
});

export const action = serve(async ({ request, params, services, context }) => {
  const submission = parseWithZod(await request.formData(), { schema: resetForm });
  if (submission.status !== 'success') return comeBack(submission);
  try {
    const given = { token: params.token ?? '', password: submission.value.password };
    const { deviceCookie } = await resetPassword(services, given, callerOf({ request, context }));
    throw redirectTo('/sign-in?reset', { 'Set-Cookie': deviceCookie });
  } catch (error) {
    return comeBackWith(submission, error, ['link_expired']);
  }
});

export const meta: MetaFunction = () => [{ title: `${m.identity_reset_title()} · ${m.brand()}` }, { name: 'robots', content: 'noindex' }];

export default function Reset() {
  const { email } = useView<typeof loader>();
  const { form, fields, firstWrong, trouble } = useSchemaForm('reset', resetForm);
  if (!email)
    return (
      <Page narrow title={m.identity_link_over_title()} lead={m.identity_link_over_reset()}>
        <A to="/forgot" className="btn go justify-self-start">
          {m.identity_forgot_action()}
        </A>
      </Page>
    );
  return (
    <Page narrow title={m.identity_reset_title()} lead={m.identity_reset_lead({ email })}>
      <Form method="post" {...getFormProps(form)} className="grid gap-6">
        <Troubles trouble={trouble} />
        <input type="hidden" name="username" value={email} autoComplete="username" />
        <SchemaField
          field={fields.password}
          firstWrong={firstWrong}
          label={m.identity_new_password()}
          hint={m.identity_password_hint()}
          type="password"
          autoComplete="new-password"
        />
        <div>
          <Submit>{m.identity_reset_action()}</Submit>
        </div>
      </Form>
    </Page>
  );
}
