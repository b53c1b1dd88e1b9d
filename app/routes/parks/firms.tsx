import type { MetaFunction } from '@remix-run/node';
import { Form } from '@remix-run/react';
import { actorOf } from '#app/core/actor.ts';
import { Problem } from '#app/core/problem.ts';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { decideParkFirm } from '#app/modules/centres/firms/confirm-park-firm.server.ts';
import { viewParkFirms } from '#app/modules/centres/firms/view-park-firms.server.ts';
import { requireMember } from '#app/modules/identity/guards.server.ts';
import { DEFAULT_ZONE } from '#app/modules/scheduling/local-day.ts';
import { Submit } from '#app/ui/form.tsx';
import { date } from '#app/ui/format.ts';
import { Empty, Page } from '#app/ui/page.tsx';

export const loader = serve(async ({ request, services }) => {
  const member = await requireMember(services, request, 'park');
  return { ...(await viewParkFirms(services, actorOf(member))), done: new URL(request.url).searchParams.get('done') };
});

export const action = serve(async ({ request, services }) => {
  const member = await requireMember(services, request, 'park');
  const form = await request.formData();
  const intent = form.get('intent');
  if (intent !== 'confirm' && intent !== 'remove') throw new Problem('bad_request');
  await decideParkFirm(services, actorOf(member), String(form.get('firm') ?? ''), intent);
  throw redirectTo(`/park/firms?done=${intent}`);
});

export const meta: MetaFunction = () => [{ title: `${m.parks_firms_title()} · ${m.brand()}` }];

export default function ParkFirms() {
  const { park, firms, done } = useView<typeof loader>();
  const said = done === 'confirm' ? m.parks_firms_done_confirm() : done === 'remove' ? m.parks_firms_done_remove() : null;
  return (
    <Page
      title={m.parks_firms_title()}
      lead={m.parks_firms_lead({ park: pick(park.nameZh, park.nameEn) })}
      crumbs={[{ to: '/park', label: m.ui_nav_park() }, { label: m.parks_firms_title() }]}
    >
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
          {firms.map(({ id, nameZh, nameEn, taxNumber, state, at }) => {
            const firm = pick(nameZh, nameEn);
            return (
              <li key={id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3">
                <span className="grid min-w-0 flex-1 basis-48">
                  <span className="font-semibold">{firm}</span>
                  <span className="tiny">{[taxNumber, date(at, { timeZone: DEFAULT_ZONE })].filter(Boolean).join(' · ')}</span>
                </span>
                <span className={`chip ${state === 'confirmed' ? 'ok' : 'warn'}`}>
                  {state === 'confirmed' ? m.parks_firms_confirmed() : m.parks_firms_asked()}
                </span>
                <Form method="post" className="flex gap-2">
                  <input type="hidden" name="firm" value={id} />
                  {state === 'asked' && (
                    <Submit name="intent" value="confirm" className="btn small go" aria-label={m.parks_firms_confirm_named({ firm })}>
                      {m.parks_firms_confirm()}
                    </Submit>
                  )}
                  <Submit name="intent" value="remove" className="btn small danger" aria-label={m.parks_firms_remove_named({ firm })}>
                    {m.parks_firms_remove()}
                  </Submit>
                </Form>
              </li>
            );
          })}
        </ul>
      )}
    </Page>
  );
}
