import { getFormProps } from '@conform-to/react';
import { parseWithZod } from '@conform-to/zod/v4';
import type { MetaFunction } from '@remix-run/node';
import { Form } from '@remix-run/react';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import { localePath } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { enterCode } from '#app/modules/identity/enter-code.server.ts';
import { codeForm } from '#app/modules/identity/forms.ts';
import { getAsked } from '#app/modules/identity/guards.server.ts';
import { Submit } from '#app/ui/form.tsx';
import { Page } from '#app/ui/page.tsx';
import { callerOf, comeBack, entering, troubleOf } from './answers.server.ts';
import { SchemaField, Troubles, useSchemaForm } from './form-parts.tsx';
import { nextOf } from './onward.server.ts';

type Args = Parameters<Parameters<typeof serve>[0]>[0];

const onward = (request: Request, headers?: HeadersInit) => {
  const next = nextOf(request);
  return redirectTo(next ? `/start?next=${encodeURIComponent(next)}` : '/start', headers);
};

/** Somebody whose password was right and whose code is still to come. */
async function waitingIn({ request, services }: Pick<Args, 'request' | 'services'>) {
  const asked = await getAsked(services, request);
  if (!asked) {
    const next = nextOf(request);
    throw redirectTo(next ? `/sign-in?next=${encodeURIComponent(next)}` : '/sign-in');
  }
  if (asked.lacks !== 'code') throw onward(request);
  return asked.viewer;
}

export const loader = serve(async (args) => ({ email: (await waitingIn(args)).person.email }));

export const action = serve(async ({ request, services, context }) => {
  const waiting = await waitingIn({ request, services });
  const submission = parseWithZod(await request.formData(), { schema: codeForm });
  if (submission.status !== 'success') return comeBack(submission);
  try {
    const answer = await enterCode(services, waiting, submission.value.code, callerOf({ request, context }));
    if (answer === 'refused') return comeBack(submission, null, { fields: { code: ['wrong_code'] } });
    throw onward(request, entering(answer));
  } catch (error) {
    const { trouble, status } = troubleOf(error, 'too_many_tries');
    return comeBack(submission, trouble, { status });
  }
});

export const meta: MetaFunction = () => [{ title: `${m.identity_second_enter_title()} · ${m.brand()}` }];

export default function EnterCode() {
  const { email } = useView<typeof loader>();
  const { form, fields, firstWrong, trouble } = useSchemaForm('code', codeForm);
  return (
    <Page narrow title={m.identity_second_enter_title()} lead={m.identity_second_enter_lead({ email })}>
      <Form method="post" {...getFormProps(form)} className="grid gap-6">
        <Troubles trouble={trouble} />
        <SchemaField
          field={fields.code}
          firstWrong={firstWrong}
          label={m.identity_second_enter_field()}
          hint={m.identity_second_enter_hint()}
          autoComplete="one-time-code"
          autoCapitalize="characters"
          spellCheck={false}
        />
        <div>
          <Submit>{m.identity_second_enter_action()}</Submit>
        </div>
      </Form>
      <Form method="post" action={localePath('/sign-out')}>
        <Submit className="btn">{m.identity_second_enter_other()}</Submit>
      </Form>
    </Page>
  );
}
