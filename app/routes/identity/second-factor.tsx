import { getFormProps } from '@conform-to/react';
import { parseWithZod } from '@conform-to/zod/v4';
import type { MetaFunction } from '@remix-run/node';
import { Form } from '@remix-run/react';
import { z } from 'zod';
import { choice, readForm } from '#app/core/form.ts';
import { isProblem } from '#app/core/problem.ts';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import { localePath } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { enterCode } from '#app/modules/identity/enter-code.server.ts';
import { factorsOf } from '#app/modules/identity/factors-of.server.ts';
import { answerForm, codeForm } from '#app/modules/identity/forms.ts';
import { getAsked } from '#app/modules/identity/guards.server.ts';
import { shownEmail } from '#app/modules/identity/shown-email.server.ts';
import { Submit } from '#app/ui/form.tsx';
import { Page } from '#app/ui/page.tsx';
import { callerOf, comeBack, entering, troubleOf } from './answers.server.ts';
import { SchemaField, Troubles, useSchemaForm } from './form-parts.tsx';
import { nextOf } from './onward.server.ts';
import { AskingForm, PasskeyScript } from './passkey-parts.tsx';

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

export const loader = serve(async (args) => {
  const viewer = await waitingIn(args);
  return { email: shownEmail(viewer.person.email), ...(await factorsOf(args.services, viewer)) };
});

/** By a device, or, without a button of its own, by what is typed. */
const wayForm = z.object({ intent: choice(['passkey']) });

export const action = serve(async ({ request, services, context }) => {
  const waiting = await waitingIn({ request, services });
  const sent = await request.formData();
  const read = readForm(sent, wayForm);
  const device = 'input' in read && read.input.intent === 'passkey';
  const form = device ? 'passkey' : 'code';
  const submission = parseWithZod(sent, { schema: device ? answerForm : codeForm });
  if (submission.status !== 'success') return comeBack(submission, null, { form });
  const { code = '', passkey = '' } = { passkey: '', ...submission.value };
  try {
    throw onward(request, entering(await enterCode(services, waiting, device ? { passkey } : code, callerOf({ request, context }))));
  } catch (error) {
    const wrong = isProblem(error) && error.code === 'invalid_form';
    if (wrong && device)
      return comeBack(submission, { title: m.identity_passkey_refused_title(), text: m.identity_passkey_refused_text() }, { form });
    if (wrong) return comeBack(submission, null, { form, fields: { code: ['wrong_code'] } });
    const { trouble, status } = troubleOf(error, 'too_many_tries');
    return comeBack(submission, trouble, { form, status });
  }
});

export const meta: MetaFunction = () => [{ title: `${m.identity_second_enter_title()} · ${m.brand()}` }];

export default function EnterCode() {
  const { email, passkey, authenticator } = useView<typeof loader>();
  const lead = !passkey
    ? m.identity_second_enter_lead
    : authenticator
      ? m.identity_second_enter_lead_both
      : m.identity_second_enter_lead_passkey;
  return (
    <Page narrow title={passkey ? m.identity_second_enter_title_any() : m.identity_second_enter_title()} lead={lead({ email })}>
      {passkey && <ByPasskey />}
      <ByCode authenticator={authenticator} />
      <p className="muted">{m.identity_second_enter_lost()}</p>
      <Form method="post" action={localePath('/sign-out')}>
        <Submit className="btn">{m.identity_second_enter_other()}</Submit>
      </Form>
    </Page>
  );
}

function ByPasskey() {
  const { form, trouble } = useSchemaForm('passkey', answerForm);
  return (
    <>
      <AskingForm form={getFormProps(form)} does="answer" keys typed="">
        <Troubles trouble={trouble} />
        <div>
          <Submit name="intent" value="passkey" hidden>
            {m.identity_passkey_enter()}
          </Submit>
        </div>
      </AskingForm>
      <PasskeyScript />
    </>
  );
}

function ByCode({ authenticator }: { authenticator: boolean }) {
  const { form, fields, firstWrong, trouble } = useSchemaForm('code', codeForm);
  return (
    <Form method="post" {...getFormProps(form)} className="grid gap-6">
      <Troubles trouble={trouble} />
      <SchemaField
        field={fields.code}
        firstWrong={firstWrong}
        label={authenticator ? m.identity_second_enter_field() : m.identity_recovery_code()}
        hint={authenticator ? m.identity_second_enter_hint() : undefined}
        autoComplete="one-time-code"
        autoCapitalize="characters"
        spellCheck={false}
      />
      <div>
        <Submit>{m.identity_second_enter_action()}</Submit>
      </div>
    </Form>
  );
}
