import type { MetaFunction } from '@remix-run/node';
import { Form } from '@remix-run/react';
import type { ReactNode } from 'react';
import { z } from 'zod';
import { actorOf } from '#app/core/actor.ts';
import { choice, given } from '#app/core/form.ts';
import { answerForm } from '#app/http/form-answer.server.ts';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { decideParkFirm } from '#app/modules/centres/firms/confirm-park-firm.server.ts';
import { decideParkCentre } from '#app/modules/centres/firms/decide-park-centre.server.ts';
import { requireMember } from '#app/modules/identity/guards.server.ts';
import { DEFAULT_ZONE } from '#app/modules/scheduling/local-day.ts';
import { viewParkFirms } from '#app/read-models/view-park-firms.server.ts';
import { Submit } from '#app/ui/form.tsx';
import { FormTrouble, useFormBack } from '#app/ui/form-answer.tsx';
import { date } from '#app/ui/format.ts';
import { A } from '#app/ui/link.tsx';
import { Empty, Page } from '#app/ui/page.tsx';

export const loader = serve(async ({ request, services }) => {
  const member = await requireMember(services, request, 'park');
  return { ...(await viewParkFirms(services, actorOf(member))), done: new URL(request.url).searchParams.get('done') };
});

const firmForm = z.object({ intent: choice(['confirm', 'remove']), centre: given, firm: given });

export const action = serve(async ({ request, services }) => {
  const actor = actorOf(await requireMember(services, request, 'park'));
  return answerForm(request, firmForm, async ({ intent, centre, firm }) => {
    if (centre) await decideParkCentre(services, actor, centre, intent);
    else await decideParkFirm(services, actor, firm, intent);
    throw redirectTo(`/park/firms?done=${intent}${centre ? '_centre' : ''}`);
  });
});

export const meta: MetaFunction = () => [{ title: `${m.parks_firms_title()} · ${m.brand()}` }];

const DONE: Record<string, () => string> = {
  confirm: m.parks_firms_done_confirm,
  remove: m.parks_firms_done_remove,
  confirm_centre: m.parks_centres_done_confirm,
  remove_centre: m.parks_centres_done_remove,
};

export default function ParkFirms() {
  const { park, firms, centres, done } = useView<typeof loader>();
  const back = useFormBack();
  const said = done && Object.hasOwn(DONE, done) ? DONE[done]?.() : null;
  return (
    <Page
      title={m.parks_firms_title()}
      lead={m.parks_firms_lead({ park: pick(park.nameZh, park.nameEn) })}
      crumbs={[{ to: '/park', label: m.ui_nav_park() }, { label: m.parks_firms_title() }]}
    >
      <FormTrouble back={back} />
      {said && (
        <p role="status" className="rounded-field bg-ok-soft px-4 py-3 text-ok">
          {said}
        </p>
      )}
      {firms.length === 0 ? (
        <Empty title={m.parks_firms_none()}>
          <p>{m.parks_firms_none_text()}</p>
        </Empty>
      ) : (
        <ul className="card pad grid divide-y divide-line">
          {firms.map(({ id, nameZh, nameEn, taxNumber, state, at }) => (
            <Belonging key={id} field="firm" {...{ id, state }} name={pick(nameZh, nameEn)}>
              {[taxNumber, date(at, { timeZone: DEFAULT_ZONE })].filter(Boolean).join(' · ')}
            </Belonging>
          ))}
        </ul>
      )}
      {centres.length > 0 && (
        <section className="grid gap-3">
          <h2>{m.parks_centres_title()}</h2>
          <p className="muted">{m.parks_centres_lead()}</p>
          <ul className="card pad grid divide-y divide-line">
            {centres.map(({ id, nameZh, nameEn, slug, state }) => (
              <Belonging key={id} field="centre" {...{ id, state }} name={pick(nameZh, nameEn)}>
                <A to={`/centres/${slug}`} className="link">
                  {m.parks_centres_see()}
                </A>
              </Belonging>
            ))}
          </ul>
        </section>
      )}
    </Page>
  );
}

interface BelongingProps {
  field: 'firm' | 'centre';
  id: string;
  name: string;
  state: 'asked' | 'confirmed';
  children: ReactNode;
}

/** One that says it belongs to the park, and what the park may say to it. */
function Belonging({ field, id, name, state, children }: BelongingProps) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3">
      <span className="grid min-w-0 flex-1 basis-48">
        <span className="font-semibold">{name}</span>
        <span className="tiny">{children}</span>
      </span>
      <span className={`chip ${state === 'confirmed' ? 'ok' : 'warn'}`}>
        {state === 'confirmed' ? m.parks_firms_confirmed() : m.parks_firms_asked()}
      </span>
      <Form method="post" className="flex gap-2">
        <input type="hidden" name={field} value={id} />
        {state === 'asked' && (
          <Submit name="intent" value="confirm" className="btn small go" aria-label={m.parks_firms_confirm_named({ firm: name })}>
            {m.parks_firms_confirm()}
          </Submit>
        )}
        <Submit name="intent" value="remove" className="btn small danger" aria-label={m.parks_firms_remove_named({ firm: name })}>
          {m.parks_firms_remove()}
        </Submit>
      </Form>
    </li>
  );
}
