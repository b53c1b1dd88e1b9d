import type { MetaFunction } from '@remix-run/node';
import { Form } from '@remix-run/react';
import { z } from 'zod';
import { actorOf } from '#app/core/actor.ts';
import { given } from '#app/core/form.ts';
import { answerForm } from '#app/http/form-answer.server.ts';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { askPark } from '#app/modules/centres/firms/ask-park.server.ts';
import { requireMember } from '#app/modules/identity/guards.server.ts';
import { viewOwnPark } from '#app/read-models/view-park-firms.server.ts';
import { Select, Submit } from '#app/ui/form.tsx';
import { FormTrouble, useFormBack } from '#app/ui/form-answer.tsx';
import { Page } from '#app/ui/page.tsx';

export const loader = serve(async ({ request, services }) => {
  const member = await requireMember(services, request, 'sme');
  const { nameZh, nameEn } = member.organisation;
  return { ...(await viewOwnPark(services, actorOf(member))), nameZh, nameEn };
});

const parkForm = z.object({ park: given });

export const action = serve(async ({ request, services }) => {
  const member = await requireMember(services, request, 'sme');
  return answerForm(request, parkForm, async ({ park }) => {
    await askPark(services, actorOf(member), park);
    throw redirectTo('/account/park');
  });
});

export const meta: MetaFunction = () => [{ title: `${m.parks_own_title()} · ${m.brand()}` }];

/** A firm says which park it belongs to; the park confirms it. */
export default function OwnPark() {
  const { parks, said, leads, nameZh, nameEn } = useView<typeof loader>();
  const back = useFormBack({ park: m.parks_own_choose });
  const named = parks.find(({ id }) => id === said?.parkId);
  return (
    <Page
      title={m.parks_own_title()}
      lead={pick(nameZh, nameEn)}
      crumbs={[{ to: '/account', label: m.identity_account_title() }, { label: m.parks_own_title() }]}
    >
      <section className="card pad grid max-w-2xl gap-4">
        <p className="text-ink-2">{m.parks_own_lead()}</p>
        {named && (
          <p className="flex flex-wrap items-center gap-3">
            <span className="font-semibold">{pick(named.nameZh, named.nameEn)}</span>
            <span className={`chip ${said?.state === 'confirmed' ? 'ok' : 'warn'}`}>
              {said?.state === 'confirmed' ? m.parks_firms_confirmed() : m.parks_own_waiting()}
            </span>
          </p>
        )}
        {leads ? (
          <Form method="post" className="grid gap-4">
            <FormTrouble back={back} />
            <Select
              label={m.parks_own_park()}
              hint={m.parks_own_hint()}
              name="park"
              defaultValue={back.text('park', said?.parkId ?? '')}
              {...back.errors('park')}
            >
              <option value="">{m.parks_own_none()}</option>
              {parks.map((park) => (
                <option key={park.id} value={park.id}>
                  {pick(park.nameZh, park.nameEn)}
                </option>
              ))}
            </Select>
            <Submit className="btn go justify-self-start">{m.parks_own_say()}</Submit>
          </Form>
        ) : (
          <p className="tiny">{m.parks_own_owner_only()}</p>
        )}
      </section>
    </Page>
  );
}
