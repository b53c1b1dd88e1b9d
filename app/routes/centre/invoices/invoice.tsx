import type { HeadersFunction, MetaFunction } from '@remix-run/node';
import { Form } from '@remix-run/react';
import { actorOf } from '#app/core/actor.ts';
import { serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { dayIn } from '#app/modules/invoices/invoice-zone.server.ts';
import { REASON_LENGTH } from '#app/modules/orders/reason.ts';
import { type InvoiceView, type RedLetterView, viewInvoice } from '#app/read-models/view-invoice.server.ts';
import { Submit, TextArea } from '#app/ui/form.tsx';
import { FormTrouble, useFormBack } from '#app/ui/form-answer.tsx';
import { dayTime, money } from '#app/ui/format.ts';
import { A } from '#app/ui/link.tsx';
import { IssuedFacts, Lines, RedLetters, TitleFacts } from '../../invoices/invoice-parts.tsx';
import { differenceName, stateName, stateTone } from '../../invoices/words.ts';
import { requireCentre } from '../guard.server.ts';
import { Workspace } from '../workspace.tsx';
import { actOnInvoice } from './act.server.ts';
import { IssueForm } from './issue.tsx';

const SAID: Record<string, () => string> = {
  issued: m.invoices_done_issued,
  refused: m.invoices_done_refused,
  confirmed: m.invoices_said_confirmed,
  red_withdrawn: m.invoices_done_red_withdrawn,
  raised: m.invoices_done_raised,
  red_issued: m.invoices_done_red_issued,
  used: m.invoices_said_used,
};

export const loader = serve(async ({ request, params, services }) => {
  const actor = actorOf(await requireCentre(services, request));
  const view = await viewInvoice(services, actor, params.number ?? '');
  const said = new URL(request.url).searchParams.get('said') ?? '';
  return { view, said: Object.hasOwn(SAID, said) ? said : null, today: dayIn(view.timeZone, services.clock()) };
});

export const action = serve(async ({ request, params, services }) => {
  const actor = actorOf(await requireCentre(services, request));
  return actOnInvoice(services, actor, params.number ?? '', request);
});

export const headers: HeadersFunction = () => ({ 'Cache-Control': 'private, no-store' });

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data ? m.invoices_page_title({ number: data.view.number }) : m.invoices_title()} · ${m.brand()}` },
];

export default function CentreInvoice() {
  const { view, said, today } = useView<typeof loader>();
  const { state, buyer, timeZone } = view;
  const back = useFormBack({}, (typed) => !standsBelow(view, typed));
  const words = said === null ? undefined : SAID[said]?.();
  return (
    <Workspace title={m.invoices_page_title({ number: view.number })} notice={words ? { tone: 'ok', text: words } : null}>
      <FormTrouble back={back} />
      <p className="flex flex-wrap items-center gap-2">
        <span className={`chip ${stateTone(state)}`}>{stateName(state)}</span>
        <span>{buyer && pick(buyer.nameZh, buyer.nameEn)}</span>
        <span className="tiny">{m.invoices_asked({ when: dayTime(view.createdAt, { timeZone }), name: view.person })}</span>
      </p>
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-5 lg:grid-cols-[minmax(0,1fr)_360px]">
        <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
          {state === 'requested' && <ToIssue view={view} today={today} />}
          {(state === 'issued' || state === 'reversed') && <Issued view={view} />}
          {state === 'refused' && <Refused reason={view.reason} />}
          {state === 'withdrawn' && <p className="muted">{m.invoices_withdrawn_text()}</p>}
          <RedLetters view={view}>{(letter) => <RedActions letter={letter} today={today} />}</RedLetters>
          <section className="card pad grid gap-3" aria-labelledby="lines">
            <h2 id="lines">{m.invoices_lines()}</h2>
            <Lines view={view} path="/centre/orders" />
            {view.lines.some((line) => line.taxClass === '') && (
              <p className="text-warn">
                {m.invoices_no_class_hint()}{' '}
                <A to="/centre/invoices/tax" className="link">
                  {m.invoices_tax_settings()}
                </A>
              </p>
            )}
          </section>
        </div>
        <aside className="grid grid-cols-[minmax(0,1fr)] gap-5">
          <section className="card pad grid gap-3" aria-labelledby="title">
            <h2 id="title">{m.invoices_title_word()}</h2>
            <TitleFacts title={view.title} note={view.note} />
          </section>
          {view.comparison && <Compared view={view} />}
        </aside>
      </div>
    </Workspace>
  );
}

/** Whether the form that was sent still stands on the page, and says itself what is wrong with it. */
function standsBelow({ state, letters }: InvoiceView, { intent, letter }: Record<string, string[]>): boolean {
  if (intent?.[0] === 'refuse') return state === 'requested';
  if (intent?.[0] !== 'issue') return false;
  return letter?.[0] ? letters.some(({ id, issuable }) => id === letter[0] && issuable) : state === 'requested';
}

function ToIssue({ view, today }: { view: InvoiceView; today: string }) {
  const refused = useFormBack({ 'reason.required': m.invoices_fault_reason }, (typed) => typed.intent?.[0] === 'refuse');
  return (
    <>
      <section className="card pad grid gap-4" aria-labelledby="issue">
        <h2 id="issue">{m.invoices_issue_title()}</h2>
        <p className="text-ink-2">{m.invoices_issue_lead()}</p>
        {view.reduced > 0 && (
          <p className="text-warn">{m.invoices_reduced_centre({ refunded: money(view.reduced), due: money(view.due) })}</p>
        )}
        <IssueForm due={view.due} today={today} />
      </section>
      <details className="card pad" open={refused.refused || undefined}>
        <summary className="min-h-11 cursor-pointer font-semibold text-seal">{m.invoices_refuse_title()}</summary>
        <Form method="post" className="grid gap-3">
          <FormTrouble back={refused} />
          <TextArea
            label={m.invoices_refuse_reason()}
            hint={m.invoices_refuse_hint()}
            name="reason"
            rows={3}
            maxLength={REASON_LENGTH}
            required
            defaultValue={refused.text('reason')}
            {...refused.errors('reason')}
          />
          <Submit name="intent" value="refuse" className="btn danger justify-self-start">
            {m.invoices_refuse()}
          </Submit>
        </Form>
      </details>
    </>
  );
}

const Refused = ({ reason }: { reason: string }) => (
  <section className="card pad grid gap-2" aria-label={m.invoices_state()}>
    <p className="font-semibold">{m.invoices_refused_reason_centre()}</p>
    <p className="whitespace-pre-line [overflow-wrap:anywhere]">{reason}</p>
  </section>
);

function Issued({ view }: { view: InvoiceView }) {
  return (
    <section className="card pad grid gap-4" aria-labelledby="issued">
      <h2 id="issued">{m.invoices_issued_title()}</h2>
      <IssuedFacts view={view} />
      {view.markable && (
        <Form method="post" className="grid justify-items-start gap-2">
          <Submit name="intent" value="used" className="btn small">
            {m.invoices_mark_used_centre()}
          </Submit>
          <p className="tiny">{m.invoices_mark_used_centre_hint()}</p>
        </Form>
      )}
      {view.left > 0 && (
        <details>
          <summary className="min-h-11 cursor-pointer font-semibold text-seal">{m.invoices_mistake_title()}</summary>
          <Form method="post" className="grid justify-items-start gap-2">
            <p>{m.invoices_mistake_text({ left: money(view.left) })}</p>
            <Submit name="intent" value="mistake" className="btn danger">
              {m.invoices_mistake()}
            </Submit>
          </Form>
        </details>
      )}
    </section>
  );
}

function RedActions({ letter, today }: { letter: RedLetterView; today: string }) {
  const { id, confirmable, withdrawable, issuable, again } = letter;
  return (
    <>
      {issuable && <IssueForm due={letter.amount} letter={id} today={today} />}
      {(confirmable || withdrawable || again) && (
        <Form method="post" className="flex flex-wrap gap-2">
          <input type="hidden" name="letter" value={id} />
          {confirmable && (
            <Submit name="intent" value="confirm" className="btn small">
              {m.invoices_confirm_seen()}
            </Submit>
          )}
          {again && (
            <Submit name="intent" value="again" className="btn small go">
              {m.invoices_red_again()}
            </Submit>
          )}
          {withdrawable && (
            <Submit name="intent" value="withdraw" className="btn small">
              {m.invoices_red_withdraw()}
            </Submit>
          )}
        </Form>
      )}
    </>
  );
}

function Compared({ view: { comparison, amount } }: { view: InvoiceView }) {
  if (!comparison) return null;
  const { issuedRed, waitingRed, left, kept, differences } = comparison;
  const rows: [string, number][] = [
    [m.invoices_compared_invoiced(), amount],
    [m.invoices_compared_red(), -issuedRed],
    [m.invoices_compared_left(), left],
    [m.invoices_compared_kept(), kept],
    ...(waitingRed > 0 ? [[m.invoices_compared_waiting(), -waitingRed] satisfies [string, number]] : []),
  ];
  return (
    <section className="card pad grid gap-3" aria-labelledby="compared">
      <h2 id="compared">{m.invoices_compare()}</h2>
      <dl className="grid gap-1.5 text-[.9375rem]">
        {rows.map(([name, value]) => (
          <div key={name} className="flex flex-wrap justify-between gap-x-4">
            <dt className="text-ink-2">{name}</dt>
            <dd>{money(value)}</dd>
          </div>
        ))}
      </dl>
      {differences.length === 0 ? (
        <p className="chip ok justify-self-start">{m.invoices_agree()}</p>
      ) : (
        <ul className="grid gap-1">
          {differences.map((one) => (
            <li key={one} className="text-warn">
              {differenceName(one)}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
