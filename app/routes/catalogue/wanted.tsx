import type { MetaFunction } from '@remix-run/node';
import { Form } from '@remix-run/react';
import { z } from 'zod';
import { anyActor } from '#app/core/actor.ts';
import { given } from '#app/core/form.ts';
import { isProblem, Problem } from '#app/core/problem.ts';
import { answerForm } from '#app/http/form-answer.server.ts';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import { currentLocale, localePath } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { askedIn, MOST_DEMANDS } from '#app/modules/catalogue/wanted/demand.ts';
import { keepDemand } from '#app/modules/catalogue/wanted/keep-demand.server.ts';
import { listDemands } from '#app/modules/catalogue/wanted/list-demands.server.ts';
import { withdrawDemand } from '#app/modules/catalogue/wanted/withdraw-demand.server.ts';
import { requireViewer } from '#app/modules/identity/guards.server.ts';
import { shownEmail } from '#app/modules/identity/shown-email.server.ts';
import { Submit } from '#app/ui/form.tsx';
import { FormTrouble, useFormBack } from '#app/ui/form-answer.tsx';
import { day } from '#app/ui/format.ts';
import { A } from '#app/ui/link.tsx';
import { Empty, Page } from '#app/ui/page.tsx';
import { saidOf } from './said.server.ts';

/** With a search in its address, what is to wait; below it, what waits. */
export const loader = serve(async ({ request, services }) => {
  const viewer = await requireViewer(services, request);
  const params = new URL(request.url).searchParams;
  const asked = askedIn(params.get('search') ?? '', params);
  const demands = await listDemands(services, anyActor(viewer));
  return {
    email: shownEmail(viewer.person.email),
    asked: asked && { ...asked, said: saidOf(asked, await services.catalogue.current()) },
    nothing: params.has('search') && !asked,
    done: params.get('done'),
    refused: params.has('refused'),
    demands: demands.map(({ createdAt, metAt, ...demand }) => ({
      ...demand,
      met: metAt !== null,
      when:
        metAt === null
          ? m.catalogue_wanted_since({ day: day(createdAt, { timeZone: ZONE }) })
          : m.catalogue_wanted_met({ day: day(metAt, { timeZone: ZONE }) }),
    })),
  };
});

const ZONE = 'Asia/Shanghai';

const wantedForm = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('withdraw'), demand: given }),
  z.object({ intent: z.literal('keep'), search: given, asked: given }),
]);

export const action = serve(async ({ request, services }) => {
  const actor = anyActor(await requireViewer(services, request));
  const keep = async ({ search, asked: sent }: { search: string; asked: string }) => {
    const asked = askedIn(search, new URLSearchParams(sent));
    if (!asked) throw new Problem('bad_request');
    try {
      await keepDemand(services, actor, { ...asked, said: saidOf(asked, await services.catalogue.current()), locale: currentLocale() });
    } catch (error) {
      if (!isProblem(error) || error.code !== 'invalid_form') throw error;
      // Nothing was typed here: the search stands in the address, and with it the page.
      throw redirectTo(`/wanted?search=${asked.search}&refused=1&${asked.asked}`);
    }
    throw redirectTo('/wanted?done=kept');
  };
  return answerForm(request, wantedForm, async (input) => {
    if (input.intent === 'keep') return keep(input);
    await withdrawDemand(services, actor, input.demand);
    throw redirectTo('/wanted?done=withdrawn');
  });
});

export const meta: MetaFunction = () => [{ title: `${m.catalogue_wanted_title()} · ${m.brand()}` }];

export default function Wanted() {
  const { email, asked, nothing, done, refused, demands } = useView<typeof loader>();
  const back = useFormBack();
  return (
    <Page title={m.catalogue_wanted_title()} lead={m.catalogue_wanted_lead()}>
      <FormTrouble back={back} />
      {done === 'kept' && <p role="status">{m.catalogue_wanted_kept()}</p>}
      {done === 'withdrawn' && <p role="status">{m.catalogue_wanted_removed()}</p>}
      {(refused || nothing) && (
        <p role="alert" className="rounded-field border border-seal/40 bg-seal-soft px-4 py-3">
          {nothing ? m.catalogue_wanted_nothing() : m.catalogue_wanted_too_many({ most: MOST_DEMANDS })}
        </p>
      )}
      {asked && (
        <Form method="post" action={localePath('/wanted')} className="card pad grid justify-items-start gap-3">
          <h2>{m.catalogue_wanted_new()}</h2>
          <p className="text-[1.0625rem] break-words max-w-full">{asked.said}</p>
          <input type="hidden" name="search" value={asked.search} />
          <input type="hidden" name="asked" value={asked.asked} />
          <Submit name="intent" value="keep" className="btn go">
            {m.catalogue_wanted_keep()}
          </Submit>
          <p className="tiny">{m.catalogue_wanted_to({ email })}</p>
        </Form>
      )}
      {demands.length > 0 && (
        <ul className="card pad grid gap-4">
          {demands.map(({ id, said, path, when, met }) => (
            <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-2">
              <span className="min-w-0 flex-1 basis-64 break-words">
                <A to={path} className="link" aria-label={`${said}: ${m.catalogue_wanted_look()}`}>
                  {said}
                </A>
                <span className="tiny block">{when}</span>
              </span>
              {met && (
                <A to={path} className="btn small">
                  {m.catalogue_wanted_look()}
                </A>
              )}
              <Form method="post" action={localePath('/wanted')}>
                <input type="hidden" name="demand" value={id} />
                <Submit name="intent" value="withdraw" className="btn small">
                  {m.catalogue_wanted_remove()}
                </Submit>
              </Form>
            </li>
          ))}
        </ul>
      )}
      {demands.length === 0 && !asked && (
        <Empty title={m.catalogue_wanted_none_title()}>
          <p>{m.catalogue_wanted_none_text()}</p>
          <A to="/search" className="btn">
            {m.catalogue_wanted_none_search()}
          </A>
        </Empty>
      )}
    </Page>
  );
}
