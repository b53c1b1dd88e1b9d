import type { HeadersFunction, MetaFunction } from '@remix-run/node';
import { Form } from '@remix-run/react';
import { z } from 'zod';
import { actorOf } from '#app/core/actor.ts';
import { choice, given } from '#app/core/form.ts';
import { Problem } from '#app/core/problem.ts';
import { answerForm } from '#app/http/form-answer.server.ts';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { requireMember } from '#app/modules/identity/guards.server.ts';
import { confirmRedLetter } from '#app/modules/invoices/confirm-red-letter.server.ts';
import { markUsed } from '#app/modules/invoices/mark-used.server.ts';
import { withdrawInvoice } from '#app/modules/invoices/withdraw-invoice.server.ts';
import { viewInvoice } from '#app/read-models/view-invoice.server.ts';
import { Submit } from '#app/ui/form.tsx';
import { FormTrouble, useFormBack } from '#app/ui/form-answer.tsx';
import { dayTime, money } from '#app/ui/format.ts';
import { A } from '#app/ui/link.tsx';
import { Page } from '#app/ui/page.tsx';
import { IssuedFacts, Lines, RedLetters, TitleFacts } from './invoice-parts.tsx';
import { Said } from './said.tsx';
import { stateName, stateTone } from './words.ts';

const SAID = {
  requested: m.invoices_said_requested,
  withdrawn: m.invoices_said_withdrawn,
  used: m.invoices_said_used,
  confirmed: m.invoices_said_confirmed,
};

export const loader = serve(async ({ request, params, services }) => {
  const actor = actorOf(await requireMember(services, request, 'sme'));
  const said = new URL(request.url).searchParams.get('said') ?? '';
  return {
    view: await viewInvoice(services, actor, params.number ?? ''),
    said: Object.hasOwn(SAID, said) ? (said as keyof typeof SAID) : null,
  };
});

const actForm = z.object({ intent: choice(['withdraw', 'used', 'confirm']), letter: given });

export const action = serve(async ({ request, params, services }) => {
  const actor = actorOf(await requireMember(services, request, 'sme'));
  const number = params.number ?? '';
  return answerForm(request, actForm, async ({ intent, letter }) => {
    if (intent === 'withdraw') await withdrawInvoice(services, actor, number);
    else if (intent === 'used') await markUsed(services, actor, number);
    else if (letter === '') throw new Problem('bad_request');
    else await confirmRedLetter(services, actor, number, letter);
    services.wake();
    const said = { withdraw: 'withdrawn', used: 'used', confirm: 'confirmed' }[intent];
    throw redirectTo(`/invoices/${number}?said=${said}`);
  });
});

export const headers: HeadersFunction = () => ({ 'Cache-Control': 'private, no-store' });

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data ? m.invoices_page_title({ number: data.view.number }) : m.invoices_title()} · ${m.brand()}` },
  { name: 'robots', content: 'noindex' },
];

export default function Invoice() {
  const { view, said } = useView<typeof loader>();
  const { number, state, centre, timeZone } = view;
  const back = useFormBack();
  return (
    <Page
      title={m.invoices_page_title({ number })}
      crumbs={[{ to: '/invoices', label: m.invoices_title() }, { label: number }]}
      lead={
        <>
          {centre && (
            <A to={`/centres/${centre.slug}`} className="hover:underline">
              {pick(centre.nameZh, centre.nameEn)}
            </A>
          )}
          <span className="mt-2 flex flex-wrap items-center gap-2">
            <span className={`chip ${stateTone(state)}`}>{stateName(state)}</span>
            <span className="tiny">{m.invoices_asked({ when: dayTime(view.createdAt, { timeZone }), name: view.person })}</span>
          </span>
        </>
      }
    >
      <Said>{said && SAID[said]()}</Said>
      <FormTrouble back={back} />
      <Standing view={view} />
      <RedLetters view={view}>
        {(letter) =>
          letter.confirmable && (
            <Form method="post" className="grid justify-items-start gap-2">
              <input type="hidden" name="letter" value={letter.id} />
              <p>{m.invoices_confirm_hint()}</p>
              <Submit name="intent" value="confirm">
                {m.invoices_confirm()}
              </Submit>
            </Form>
          )
        }
      </RedLetters>
      <section className="card pad grid gap-3" aria-labelledby="lines">
        <h2 id="lines">{m.invoices_lines()}</h2>
        <Lines view={view} path="/orders" />
      </section>
      <section className="card pad grid gap-3" aria-labelledby="title">
        <h2 id="title">{m.invoices_title_word()}</h2>
        <TitleFacts title={view.title} note={view.note} />
      </section>
    </Page>
  );
}

/** Where it stands, and the one thing the buyer can do about it. */
function Standing({ view }: { view: ReturnType<typeof useView<typeof loader>>['view'] }) {
  const { state, reduced, due, reason } = view;
  if (state === 'requested')
    return (
      <section className="card pad grid gap-3" aria-label={m.invoices_state()}>
        <p>{m.invoices_waits_for_centre()}</p>
        {reduced > 0 && <p className="text-warn">{m.invoices_reduced({ refunded: money(reduced), due: money(due) })}</p>}
        <Form method="post">
          <Submit name="intent" value="withdraw" className="btn">
            {m.invoices_withdraw()}
          </Submit>
        </Form>
      </section>
    );
  if (state === 'refused')
    return (
      <section className="card pad grid gap-2" aria-label={m.invoices_state()}>
        <p className="font-semibold">{m.invoices_refused_reason()}</p>
        <p className="whitespace-pre-line [overflow-wrap:anywhere]">{reason}</p>
        <A to="/invoices" className="btn small justify-self-start">
          {m.invoices_ask_again()}
        </A>
      </section>
    );
  if (state === 'withdrawn') return <p className="muted">{m.invoices_withdrawn_text()}</p>;
  return (
    <section className="card pad grid gap-4" aria-labelledby="issued">
      <h2 id="issued">{m.invoices_issued_title()}</h2>
      <IssuedFacts view={view} />
      <p className="tiny">{m.invoices_files_hint()}</p>
      {view.markable && (
        <Form method="post" className="grid justify-items-start gap-2">
          <Submit name="intent" value="used" className="btn">
            {m.invoices_mark_used()}
          </Submit>
          <p className="tiny">{m.invoices_mark_used_hint()}</p>
        </Form>
      )}
    </section>
  );
}
