import { getFormProps } from '@conform-to/react';
import { parseWithZod } from '@conform-to/zod/v4';
import type { MetaFunction } from '@remix-run/node';
import { Form } from '@remix-run/react';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { emailForm } from '#app/modules/identity/forms.ts';
import { resendVerification } from '#app/modules/identity/resend-verification.server.ts';
import { Submit } from '#app/ui/form.tsx';
import { A } from '#app/ui/link.tsx';
import { Page } from '#app/ui/page.tsx';
import { callerOf, comeBack, comeBackWith } from './answers.server.ts';
import { Done, SchemaField, Troubles, useSchemaForm } from './form-parts.tsx';

export const loader = serve(async ({ request, services }) => {
  const { searchParams } = new URL(request.url);
  const { demonstration, smtpUrl } = services.settings;
  return { reset: searchParams.get('for') === 'reset', resent: searchParams.has('resent'), mailbox: demonstration && !smtpUrl };
});

export const action = serve(async ({ request, services, context }) => {
  const submission = parseWithZod(await request.formData(), { schema: emailForm });
  if (submission.status !== 'success') return comeBack(submission);
  try {
    await resendVerification(services, submission.value, callerOf({ request, context }));
  } catch (error) {
    return comeBackWith(submission, error, ['too_many_tries']);
  }
  throw redirectTo('/check-mail?resent');
});

export const meta: MetaFunction = () => [{ title: `${m.identity_check_mail_title()} · ${m.brand()}` }];

export default function CheckMail() {
  const { reset, resent, mailbox } = useView<typeof loader>();
  return (
    <Page narrow title={m.identity_check_mail_title()} lead={reset ? m.identity_check_mail_reset() : m.identity_check_mail_verify()}>
      {resent && <Done>{m.identity_check_mail_resent()}</Done>}
      {mailbox && (
        <p className="card pad">
          {m.identity_check_mail_demonstration()}{' '}
          <A to="/mailbox" className="link">
            {m.identity_check_mail_mailbox()}
          </A>
        </p>
      )}
      {!reset && <Resend />}
    </Page>
  );
}

function Resend() {
  const { form, fields, firstWrong, trouble } = useSchemaForm('resend', emailForm);
  return (
    <Form method="post" {...getFormProps(form)} className="grid gap-4">
      <p className="muted">{m.identity_check_mail_none()}</p>
      <Troubles trouble={trouble} />
      <SchemaField field={fields.email} firstWrong={firstWrong} label={m.identity_email()} type="email" autoComplete="username" />
      <div>
        <Submit className="btn">{m.identity_check_mail_resend()}</Submit>
      </div>
    </Form>
  );
}
