import { parseWithZod } from '@conform-to/zod/v4';
import { data, type MetaFunction, redirect } from '@remix-run/node';
import { useActionData } from '@remix-run/react';
import { Problem } from '#app/core/problem.ts';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { removeSecondFactor, renewRecoveryCodes } from '#app/modules/identity/change-second-factor.server.ts';
import { confirmSecondFactor } from '#app/modules/identity/confirm-second-factor.server.ts';
import { codeForm } from '#app/modules/identity/forms.ts';
import { getAsked, requireViewer } from '#app/modules/identity/guards.server.ts';
import { offerSecondFactor } from '#app/modules/identity/offer-second-factor.server.ts';
import { Page } from '#app/ui/page.tsx';
import { comeBack, troubleOf } from './answers.server.ts';
import { Done } from './form-parts.tsx';
import { nextOf } from './onward.server.ts';
import { ChangeSecondFactor, RecoveryCodes, SetUp } from './second-factor-parts.tsx';

type Args = Parameters<Parameters<typeof serve>[0]>[0];

/** Whoever is signed in, also who is held up here until a second factor is set up. */
async function holderOf({ request, services }: Pick<Args, 'request' | 'services'>) {
  const asked = await getAsked(services, request);
  if (asked?.lacks === 'second_factor') return { viewer: asked.viewer, must: true };
  return { viewer: await requireViewer(services, request), must: false };
}

export const loader = serve(async ({ request, services }) => {
  const { viewer, must } = await holderOf({ request, services });
  const offered = await offerSecondFactor(services, viewer);
  return {
    must,
    offered: offered ?? null,
    next: nextOf(request) ?? null,
    removed: new URL(request.url).searchParams.has('removed'),
    demonstration: services.settings.demonstration,
  };
});

export const action = serve(async ({ request, services }) => {
  const { viewer } = await holderOf({ request, services });
  const form = await request.formData();
  const intent = String(form.get('intent'));
  if (intent === 'continue') {
    const next = nextOf(request);
    throw next ? redirect(next, { status: 303 }) : redirectTo('/account');
  }
  const submission = parseWithZod(form, { schema: codeForm });
  if (submission.status !== 'success') return comeBack(submission, null, { form: intent });
  const { code } = submission.value;
  try {
    if (intent === 'remove') {
      if ((await removeSecondFactor(services, viewer, code)) === 'done') throw redirectTo('/account/second-factor?removed');
    } else {
      const work = { confirm: confirmSecondFactor, renew: renewRecoveryCodes }[intent];
      if (!work) throw new Problem('bad_request');
      const codes = await work(services, viewer, code);
      // Shown by this answer and never again: not by a redirect, which would have to carry them.
      if (codes !== 'refused') return data({ codes });
    }
    return comeBack(submission, null, { form: intent, fields: { code: ['wrong_code'] } });
  } catch (error) {
    const { trouble, status } = troubleOf(error, 'too_many_tries');
    return comeBack(submission, trouble, { form: intent, status });
  }
});

export const meta: MetaFunction = () => [{ title: `${m.identity_second_title()} · ${m.brand()}` }];

export default function OwnSecondFactor() {
  const { must, offered, removed, demonstration } = useView<typeof loader>();
  const answer = useActionData() as { codes?: string[] } | undefined;
  if (answer?.codes) return <RecoveryCodes codes={answer.codes} />;
  return (
    <Page narrow title={m.identity_second_title()} lead={must ? m.identity_second_must() : m.identity_second_lead()}>
      {removed && <Done>{m.identity_second_removed()}</Done>}
      {demonstration && <p className="card pad">{m.identity_second_demonstration()}</p>}
      {offered ? <SetUp {...offered} /> : <ChangeSecondFactor />}
    </Page>
  );
}
