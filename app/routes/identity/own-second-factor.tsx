import { data, type MetaFunction, redirect } from '@remix-run/node';
import { useActionData } from '@remix-run/react';
import { typedIn } from '#app/core/form.ts';
import { Problem } from '#app/core/problem.ts';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { deviceOf } from '#app/modules/identity/device.ts';
import { getAsked, requireViewer } from '#app/modules/identity/guards.server.ts';
import { listPasskeys } from '#app/modules/identity/list-passkeys.server.ts';
import { offerSecondFactor } from '#app/modules/identity/offer-second-factor.server.ts';
import { Page } from '#app/ui/page.tsx';
import { Done } from './form-parts.tsx';
import { nextOf } from './onward.server.ts';
import { PasskeyScript } from './passkey-parts.tsx';
import { Passkeys } from './passkeys.tsx';
import { CHANGES } from './second-factor-acts.server.ts';
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
  const device = deviceOf(request.headers.get('user-agent') ?? '');
  return {
    must,
    offered: offered ?? null,
    passkeys: await listPasskeys(services, viewer),
    second: viewer.person.secondFactorSince !== null,
    suggested: device ? m.identity_device(device) : '',
    next: nextOf(request) ?? null,
    done: new URL(request.url).searchParams.get('done'),
    demonstration: services.settings.demonstration,
  };
});

export const action = serve(async ({ request, services }) => {
  const { viewer } = await holderOf({ request, services });
  const form = await request.formData();
  const intent = typedIn(form).intent?.[0] ?? '';
  if (intent === 'continue') {
    const next = nextOf(request);
    throw next ? redirect(next, { status: 303 }) : redirectTo('/account');
  }
  const change = Object.hasOwn(CHANGES, intent) ? CHANGES[intent] : undefined;
  if (!change) throw new Problem('bad_request');
  const outcome = await change(services, viewer, form);
  if ('back' in outcome) return outcome.back;
  // Shown by this answer and never again: not by a redirect, which would have to carry them.
  if (outcome.codes.length > 0) return data({ codes: outcome.codes });
  throw redirectTo(`/account/second-factor?done=${intent}`);
});

export const meta: MetaFunction = () => [{ title: `${m.identity_second_title()} · ${m.brand()}` }];

const DONE: Record<string, () => string> = {
  confirm: m.identity_second_set_up_done,
  remove: m.identity_second_removed,
  'add-passkey': m.identity_passkey_done_added,
  'remove-passkey': m.identity_passkey_done_removed,
};

export default function OwnSecondFactor() {
  const { must, offered, passkeys, second, suggested, done, demonstration } = useView<typeof loader>();
  const answer = useActionData() as { codes?: string[] } | undefined;
  if (answer?.codes) return <RecoveryCodes codes={answer.codes} />;
  const said = done !== null && Object.hasOwn(DONE, done) ? DONE[done]?.() : undefined;
  const keys = passkeys.some(({ suspectedAt }) => suspectedAt === null);
  return (
    <Page narrow title={m.identity_second_title()} lead={must ? m.identity_second_must() : m.identity_second_lead()}>
      {said && <Done>{said}</Done>}
      {demonstration && <p className="card pad">{m.identity_second_demonstration()}</p>}
      <PasskeyScript />
      <Passkeys passkeys={passkeys} second={second} suggested={suggested} />
      {offered && <SetUp {...offered} keys={keys} second={second} />}
      {second && <ChangeSecondFactor keys={keys} authenticator={offered === null} />}
    </Page>
  );
}
