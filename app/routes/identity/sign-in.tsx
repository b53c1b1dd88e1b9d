import { getFormProps } from '@conform-to/react';
import { parseWithZod } from '@conform-to/zod/v4';
import type { MetaFunction } from '@remix-run/node';
import { Form } from '@remix-run/react';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { signInForm } from '#app/modules/identity/forms.ts';
import { getViewer } from '#app/modules/identity/guards.server.ts';
import { signIn } from '#app/modules/identity/sign-in.server.ts';
import { Submit } from '#app/ui/form.tsx';
import { A } from '#app/ui/link.tsx';
import { Page } from '#app/ui/page.tsx';
import { callerOf, comeBack, entering, troubleOf } from './answers.server.ts';
import { Done, SchemaField, Troubles, useSchemaForm } from './form-parts.tsx';
import { nextOf } from './onward.server.ts';

/** Back to where the person was going, else to where their organisation works; by way of the steps that are still to come. */
const onward = (request: Request, headers?: HeadersInit) => {
  const next = nextOf(request);
  return redirectTo(next ? `/start?next=${encodeURIComponent(next)}` : '/start', headers);
};

export const loader = serve(async ({ request, services }) => {
  if (await getViewer(services, request)) throw onward(request);
  return { next: nextOf(request) ?? null, afterReset: new URL(request.url).searchParams.has('reset') };
});

export const action = serve(async ({ request, services, context }) => {
  const submission = parseWithZod(await request.formData(), { schema: signInForm });
  if (submission.status !== 'success') return comeBack(submission);
  try {
    const answer = await signIn(services, submission.value, callerOf({ request, context }));
    throw onward(request, 'awaitsCode' in answer ? { 'Set-Cookie': answer.cookie } : entering(answer));
  } catch (error) {
    const { trouble, status } = troubleOf(error, 'sign_in_refused', 'too_many_tries');
    const way = status === 429 ? ` ${m.identity_too_many_way()}` : '';
    return comeBack(submission, { ...trouble, text: trouble.text + way }, { status });
  }
});

export const meta: MetaFunction = () => [{ title: `${m.identity_sign_in_title()} · ${m.brand()}` }];

export default function SignIn() {
  const { next, afterReset } = useView<typeof loader>();
  const { form, fields, firstWrong, trouble } = useSchemaForm('sign-in', signInForm);
  return (
    <Page
      narrow
      title={m.identity_sign_in_title()}
      lead={
        <>
          {m.identity_sign_in_lead()}{' '}
          <A to={next ? `/sign-up?next=${encodeURIComponent(next)}` : '/sign-up'} className="link">
            {m.identity_sign_up_title()}
          </A>
        </>
      }
    >
      {afterReset && <Done>{m.identity_sign_in_after_reset()}</Done>}
      {next && !trouble && <p className="muted">{m.identity_sign_in_first()}</p>}
      <Form method="post" {...getFormProps(form)} className="grid gap-6">
        <Troubles trouble={trouble} />
        <SchemaField field={fields.email} firstWrong={firstWrong} label={m.identity_email()} type="email" autoComplete="username" />
        <SchemaField
          field={fields.password}
          firstWrong={firstWrong}
          label={m.identity_password()}
          type="password"
          autoComplete="current-password"
        />
        <div className="flex flex-wrap items-center justify-between gap-3">
          <Submit busy={m.identity_sign_in_busy()}>{m.identity_sign_in_action()}</Submit>
          <A to="/forgot" className="link">
            {m.identity_sign_in_forgot()}
          </A>
        </div>
      </Form>
    </Page>
  );
}
