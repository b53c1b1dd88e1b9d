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
import { addMemberFirm, removeMemberFirm } from '#app/modules/centres/firms/add-member-firm.server.ts';
import { can } from '#app/modules/identity/policy.ts';
import { listMemberFirms } from '#app/read-models/list-member-firms.server.ts';
import { Submit, TextField } from '#app/ui/form.tsx';
import { FormTrouble, useFormBack } from '#app/ui/form-answer.tsx';
import { Empty } from '#app/ui/page.tsx';
import { requireCentre } from '../guard.server.ts';
import { noticeOf, saying } from '../notices.ts';
import { Workspace } from '../workspace.tsx';

export const loader = serve(async ({ request, services }) => {
  const member = await requireCentre(services, request);
  const firms = await listMemberFirms(services, actorOf(member));
  return { firms, manager: can(actorOf(member), 'service.publish'), notice: noticeOf(new URL(request.url).searchParams) };
});

const firmForm = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('add'), firm: given }),
  z.object({ intent: z.literal('remove'), id: given }),
]);

export const action = serve(async ({ request, services }) => {
  const actor = actorOf(await requireCentre(services, request));
  return answerForm(request, firmForm, async (input) => {
    if (input.intent === 'remove') await removeMemberFirm(services, actor, input.id);
    else await addMemberFirm(services, actor, input.firm);
    throw redirectTo(saying('/centre/firms', input.intent === 'remove' ? 'firm_removed' : 'firm_added', ''));
  });
});

export const meta: MetaFunction = () => [{ title: `${m.centre_firms_title()} · ${m.brand()}` }];

const FAULTS = { firm: m.centre_firms_unknown, several: m.centre_firms_several };

export default function Firms() {
  const { firms, manager, notice } = useView<typeof loader>();
  const back = useFormBack(FAULTS);
  return (
    <Workspace title={m.centre_firms_title()} notice={notice}>
      <p className="text-ink-2">{m.centre_firms_lead()}</p>
      <FormTrouble back={back} />
      {manager && (
        <Form method="post" className="card pad grid max-w-2xl gap-4">
          <TextField
            label={m.centre_firms_firm()}
            hint={m.centre_firms_firm_hint()}
            name="firm"
            defaultValue={back.text('firm')}
            maxLength={200}
            autoComplete="off"
            {...back.errors('firm')}
          />
          <Submit name="intent" value="add" className="btn go justify-self-start" busy={m.centre_firms_adding()}>
            {m.centre_firms_add()}
          </Submit>
        </Form>
      )}
      {firms.length === 0 ? (
        <Empty title={m.centre_firms_none()}>{!manager && <p>{m.centre_managers_only()}</p>}</Empty>
      ) : (
        <ul className="card pad grid divide-y divide-line">
          {firms.map(({ id, nameZh, nameEn, taxNumber }) => (
            <li key={id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3">
              <span className="grid min-w-0 flex-1 basis-48">
                <span className="font-semibold">{pick(nameZh, nameEn)}</span>
                {taxNumber && <span className="tiny num">{taxNumber}</span>}
              </span>
              {manager && (
                <Form method="post">
                  <input type="hidden" name="id" value={id} />
                  <Submit
                    name="intent"
                    value="remove"
                    className="btn small danger"
                    aria-label={m.centre_firms_remove_named({ firm: pick(nameZh, nameEn) })}
                  >
                    {m.centre_firms_remove()}
                  </Submit>
                </Form>
              )}
            </li>
          ))}
        </ul>
      )}
    </Workspace>
  );
}
