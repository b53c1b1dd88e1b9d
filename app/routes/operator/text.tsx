import type { MetaFunction } from '@remix-run/node';
import { Form } from '@remix-run/react';
import { z } from 'zod';
import { given, shownNumber } from '#app/core/form.ts';
import { Problem } from '#app/core/problem.ts';
import { answerForm } from '#app/http/form-answer.server.ts';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { requireOperator } from '#app/modules/identity/guards.server.ts';
import { MOST_TEXT } from '#app/modules/legal/legal-rules.ts';
import { viewDraft } from '#app/modules/legal/list-texts.server.ts';
import { publishText } from '#app/modules/legal/publish-text.server.ts';
import { saveDraft } from '#app/modules/legal/save-draft.server.ts';
import { Submit, TextArea, TextField } from '#app/ui/form.tsx';
import { FormTrouble, useFormBack } from '#app/ui/form-answer.tsx';
import { isoDay } from '#app/ui/format.ts';
import { Page } from '#app/ui/page.tsx';
import { Blocks } from '../legal/blocks.tsx';
import { pageName, pageNamed, TEXT_ZONE } from '../legal/words.ts';

function pageOf(name: string | undefined) {
  const page = pageNamed(name);
  if (!page) throw new Problem('not_found');
  return page;
}

export const loader = serve(async ({ request, params, services }) => {
  const operator = await requireOperator(services, request);
  const page = pageOf(params.page);
  const done = new URL(request.url).searchParams.get('done');
  const draft = await viewDraft(services, operator, page);
  return { ...draft, page, title: pageName(page), today: isoDay(services.clock(), TEXT_ZONE), done };
});

const textForm = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('save'), textZh: given, textEn: given, seen: shownNumber }),
  z.object({ intent: z.literal('publish'), from: given, seen: shownNumber }),
]);

export const action = serve(async ({ request, params, services }) => {
  const operator = await requireOperator(services, request);
  const page = pageOf(params.page);
  return answerForm(request, textForm, async (input) => {
    if (input.intent === 'save') await saveDraft(services, operator, page, input);
    else await publishText(services, operator, page, input);
    throw redirectTo(`/operator/texts/${page}?done=${input.intent}`);
  });
});

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: [data?.title, m.brand()].filter(Boolean).join(' · ') }];

const FAULTS = {
  stale: m.legal_operator_stale,
  'from.past': m.legal_fault_past,
  'from.unreadable': m.legal_fault_day,
  'from.before_announced': m.legal_fault_announced,
};

export default function Text() {
  const { title, version, seen, textZh, textEn, today, done } = useView<typeof loader>();
  const back = useFormBack(FAULTS);
  return (
    <Page
      title={title}
      lead={m.legal_operator_syntax()}
      crumbs={[
        { to: '/operator', label: m.ui_nav_operator() },
        { to: '/operator/texts', label: m.legal_operator_title() },
        { label: title },
      ]}
    >
      {done !== null && !back.refused && (
        <p role="status" className="rounded-field bg-ok-soft px-4 py-3 text-ok">
          {done === 'publish' ? m.legal_operator_published() : m.legal_operator_saved()}
        </p>
      )}
      <FormTrouble back={back} />
      <Form method="post" className="card pad grid gap-5">
        <input type="hidden" name="seen" value={seen} />
        <div className="grid gap-5 lg:grid-cols-2">
          <TextArea
            name="textZh"
            label={m.legal_operator_zh()}
            rows={18}
            maxLength={MOST_TEXT}
            defaultValue={back.text('textZh', textZh)}
            {...back.errors('textZh')}
          />
          <TextArea
            name="textEn"
            label={m.legal_operator_en()}
            rows={18}
            maxLength={MOST_TEXT}
            defaultValue={back.text('textEn', textEn)}
            {...back.errors('textEn')}
          />
        </div>
        <Submit name="intent" value="save" className="btn justify-self-start">
          {m.legal_operator_save()}
        </Submit>
      </Form>
      {seen > 0 && (
        <>
          <Form method="post" className="card pad grid justify-items-start gap-4">
            <input type="hidden" name="seen" value={seen} />
            <TextField
              name="from"
              type="date"
              label={m.legal_operator_from()}
              hint={m.legal_operator_from_hint()}
              defaultValue={back.text('from', today)}
              {...back.errors('from')}
            />
            <Submit name="intent" value="publish">
              {m.legal_operator_publish({ version })}
            </Submit>
          </Form>
          <section className="card pad grid gap-3" aria-labelledby="preview">
            <h2 id="preview">{m.legal_operator_preview()}</h2>
            <Blocks text={pick(textZh, textEn)} />
          </section>
        </>
      )}
    </Page>
  );
}
