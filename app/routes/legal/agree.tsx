import type { HeadersFunction, MetaFunction } from '@remix-run/node';
import { Form } from '@remix-run/react';
import { z } from 'zod';
import { shownNumber } from '#app/core/form.ts';
import { answerForm } from '#app/http/form-answer.server.ts';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { requireViewer } from '#app/modules/identity/guards.server.ts';
import { agree } from '#app/modules/legal/agree.server.ts';
import { AGREED_PAGES, mustAgree } from '#app/modules/legal/legal-rules.ts';
import { versionsInForce } from '#app/modules/legal/texts-in-force.server.ts';
import { viewText } from '#app/modules/legal/view-text.server.ts';
import { Submit } from '#app/ui/form.tsx';
import { FormTrouble, useFormBack } from '#app/ui/form-answer.tsx';
import { date } from '#app/ui/format.ts';
import { Empty, Page } from '#app/ui/page.tsx';
import { Blocks } from './blocks.tsx';
import { pageName, TEXT_ZONE } from './words.ts';

export const loader = serve(async ({ request, services }) => {
  const { person } = await requireViewer(services, request);
  const force = await versionsInForce(services);
  const agreed = { terms: person.agreedTerms, privacy: person.agreedPrivacy };
  const texts = [];
  for (const page of AGREED_PAGES) {
    if (agreed[page] >= force[page]) continue;
    const { textZh, textEn, effectiveAt } = await viewText(services, page, String(force[page]));
    const lead = m.legal_version({ version: force[page], day: date(effectiveAt ?? 0, { timeZone: TEXT_ZONE }) });
    texts.push({ page, title: pageName(page), lead, text: pick(textZh, textEn) });
  }
  return { force, asks: mustAgree(force, agreed), texts, done: new URL(request.url).searchParams.has('done') };
});

const agreeForm = z.object({ terms: shownNumber, privacy: shownNumber });

export const action = serve(async ({ request, services }) => {
  const { person } = await requireViewer(services, request);
  return answerForm(request, agreeForm, async (shown) => {
    await agree(services, person.id, shown);
    throw redirectTo('/agree?done');
  });
});

export const headers: HeadersFunction = () => ({ 'Cache-Control': 'private, no-store' });

export const meta: MetaFunction = () => [{ title: `${m.legal_agree_title()} · ${m.brand()}` }, { name: 'robots', content: 'noindex' }];

export default function Agree() {
  const { force, asks, texts, done } = useView<typeof loader>();
  const back = useFormBack({ stale: m.legal_fault_stale });
  if (!asks)
    return (
      <Page title={m.legal_nav()}>
        {done ? (
          <p role="status" className="rounded-field bg-ok-soft px-4 py-3 text-ok">
            {m.legal_agree_done()}
          </p>
        ) : (
          <Empty title={m.legal_agree_nothing()} />
        )}
      </Page>
    );
  return (
    <Page title={m.legal_agree_title()} lead={m.legal_agree_text()}>
      {texts.map(({ page, title, lead, text }) => (
        <section key={page} className="card pad grid gap-3" aria-label={title}>
          <h2>{title}</h2>
          <p className="tiny">{lead}</p>
          <Blocks text={text} />
        </section>
      ))}
      <Form method="post" className="grid justify-items-start gap-3">
        <FormTrouble back={back} />
        <input type="hidden" name="terms" value={force.terms} />
        <input type="hidden" name="privacy" value={force.privacy} />
        <Submit>{m.legal_agree_button()}</Submit>
        <p className="tiny">{m.legal_agree_later()}</p>
      </Form>
    </Page>
  );
}
