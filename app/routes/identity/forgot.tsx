import { getFormProps } from '@conform-to/react';
import { parseWithZod } from '@conform-to/zod/v4';
import type { MetaFunction } from '@remix-run/node';
import { Form } from '@remix-run/react';
import { redirectTo, serve } from '#app/http/route.server.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { emailForm } from '#app/modules/identity/forms.ts';
import { requestPasswordReset } from '#app/modules/identity/request-password-reset.server.ts';
import { Submit } from '#app/ui/form.tsx';
import { Page } from '#app/ui/page.tsx';
import { callerOf, comeBack, comeBackWith } from './answers.server.ts';
import { SchemaField, Troubles, useSchemaForm } from './form-parts.tsx';

export const action = serve(async ({ request, services, context }) => {
  const submission = parseWithZod(await request.formData(), { schema: emailForm });
  if (submission.status !== 'success') return comeBack(submission);
  try {
    await requestPasswordReset(services, submission.value, callerOf({ request, context }));
  } catch (error) {
    return comeBackWith(submission, error, ['too_many_tries']);
  }
  throw redirectTo('/check-mail?for=reset');
});

export const meta: MetaFunction = () => [{ title: `${m.identity_forgot_title()} · ${m.brand()}` }];

export default function Forgot() {
  const { form, fields, firstWrong, trouble } = useSchemaForm('forgot', emailForm);
  return (
    <Page narrow title={m.identity_forgot_title()} lead={m.identity_forgot_lead()}>
      <Form method="post" {...getFormProps(form)} className="grid gap-6">
        <Troubles trouble={trouble} />
        <SchemaField field={fields.email} firstWrong={firstWrong} label={m.identity_email()} type="email" autoComplete="username" />
        <div>
          <Submit>{m.identity_forgot_action()}</Submit>
        </div>
      </Form>
    </Page>
  );
}
