import type { MetaFunction } from '@remix-run/node';
import { Form } from '@remix-run/react';
import { z } from 'zod';
import { given } from '#app/core/form.ts';
import { answerForm } from '#app/http/form-answer.server.ts';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import { localePath, pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { decideVerificationRequest } from '#app/modules/centres/verification/decide-request.server.ts';
import { requireOperator } from '#app/modules/identity/guards.server.ts';
import { viewVerificationRequest } from '#app/read-models/view-requests.server.ts';
import { Fact } from '#app/ui/fact.tsx';
import { Submit, TextArea } from '#app/ui/form.tsx';
import { FormTrouble, useFormBack } from '#app/ui/form-answer.tsx';
import { dayTime } from '#app/ui/format.ts';
import { A } from '#app/ui/link.tsx';
import { Page } from '#app/ui/page.tsx';
import { CentreFacts, centreFacts } from './centre-facts.tsx';
import { REASON_FAULTS, timeZone, VERIFICATION_REQUEST_STATES } from './words.ts';

export const loader = serve(async ({ request, params, services }) => {
  const operator = await requireOperator(services, request);
  const { verification, entry, organisation, asker, files, rivals } = await viewVerificationRequest(services, operator, params.id ?? '');
  return {
    verification,
    files,
    asker,
    entry: {
      ...centreFacts(entry),
      before: entry.verifiedAs && pick(entry.verifiedAs.zh, entry.verifiedAs.en),
      source: entry.source,
      own: entry.organisationId === verification.organisationId,
      taken: entry.organisationId !== null && entry.organisationId !== verification.organisationId,
    },
    organisation: {
      name: pick(organisation.nameZh, organisation.nameEn),
      city: organisation.city ?? '',
      taxNumber: organisation.taxNumber ?? '',
      since: organisation.createdAt,
    },
    rivals: rivals.map(({ id, organisation: of }) => ({ id, name: pick(of.nameZh, of.nameEn) })),
  };
});

const decisionForm = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('accept') }),
  z.object({ intent: z.literal('refuse'), reason: given }),
]);

export const action = serve(async ({ request, params, services }) => {
  const operator = await requireOperator(services, request);
  return answerForm(request, decisionForm, async (input) => {
    const decision = input.intent === 'accept' ? ({ accept: true } as const) : ({ accept: false, reason: input.reason } as const);
    await decideVerificationRequest(services, operator, params.id ?? '', decision);
    throw redirectTo(`/operator?done=${input.intent === 'accept' ? 'accepted' : 'refused'}`);
  });
});

const FAULTS = {
  ...REASON_FAULTS,
  // Only one thing makes it so: it is decided already.
  stale: m.operator_fault_decided,
  taken: m.operator_fault_taken,
  own_entry: m.operator_fault_own_entry,
  verified: m.operator_fault_verified,
};
export const meta: MetaFunction = () => [{ title: `${m.operator_title()} · ${m.brand()}` }];

export default function VerificationRequestPage() {
  const { verification, entry, organisation, asker, files, rivals } = useView<typeof loader>();
  const { tone, name } = VERIFICATION_REQUEST_STATES[verification.state];
  return (
    <Page
      title={entry.name}
      crumbs={[{ to: '/operator', label: m.operator_title() }, { label: entry.name }]}
      lead={entry.own ? m.operator_asks_verification() : m.operator_asks_entry()}
    >
      <p className={`chip justify-self-start ${tone}`}>{name()}</p>
      <div className="grid items-start gap-6 md:grid-cols-2">
        <section className="card pad grid gap-3">
          <h2>{m.operator_entry()}</h2>
          <dl className="spec-list">
            <CentreFacts label={m.operator_name()} centre={entry} />
            {entry.before && <Fact name={m.operator_verified_before()} text={entry.before} />}
            <Fact name={m.catalogue_centre_source()} text={entry.source || m.operator_source_own()} />
          </dl>
        </section>
        <section className="card pad grid gap-3">
          <h2>{m.operator_organisation()}</h2>
          <dl className="spec-list">
            <Fact name={m.operator_name()} text={organisation.name} />
            {organisation.city && <Fact name={m.operator_city()} text={organisation.city} />}
            {organisation.taxNumber && <Fact name={m.operator_tax_number()} text={organisation.taxNumber} />}
            <Fact name={m.operator_since()} text={dayTime(organisation.since, { timeZone })} />
            {asker && <Fact name={m.operator_asker()} text={`${asker.name} · ${asker.email}`} />}
            <Fact name={m.operator_asked()} text={dayTime(verification.createdAt, { timeZone })} />
          </dl>
          <h3>{m.operator_statement()}</h3>
          <p className="whitespace-pre-line">{verification.statement}</p>
          <h3>{m.operator_documents()}</h3>
          <ul className="grid gap-1">
            {files.map((file) => (
              <li key={file.id}>
                <a
                  className="link [overflow-wrap:anywhere]"
                  href={localePath(`/operator/verification-requests/${verification.id}/files/${file.id}`)}
                >
                  {file.name}
                </a>
              </li>
            ))}
          </ul>
        </section>
      </div>
      {rivals.length > 0 && (
        <section className="card pad grid gap-2">
          <h2>{m.operator_rivals()}</h2>
          <p className="muted">{m.operator_rivals_text()}</p>
          <ul className="grid gap-1">
            {rivals.map((rival) => (
              <li key={rival.id}>
                <A to={`/operator/verification-requests/${rival.id}`} className="link">
                  {rival.name}
                </A>
              </li>
            ))}
          </ul>
        </section>
      )}
      {verification.state === 'waiting' ? <Decide taken={entry.taken} own={entry.own} /> : <Decided verification={verification} />}
    </Page>
  );
}

function Decide({ taken, own }: { taken: boolean; own: boolean }) {
  const back = useFormBack(FAULTS);
  return (
    <Form method="post" className="card pad grid max-w-3xl gap-4">
      <h2>{m.operator_decide()}</h2>
      <FormTrouble back={back} />
      <p className="muted">{taken ? m.operator_fault_taken() : own ? m.operator_decide_own() : m.operator_decide_entry()}</p>
      <TextArea
        name="reason"
        label={m.operator_reason()}
        hint={m.operator_reason_hint()}
        rows={4}
        defaultValue={back.text('reason')}
        {...back.errors('reason')}
      />
      <div className="flex flex-wrap gap-3">
        {!taken && (
          <Submit name="intent" value="accept">
            {m.operator_accept()}
          </Submit>
        )}
        <Submit name="intent" value="refuse" className="btn danger">
          {m.operator_refuse()}
        </Submit>
      </div>
    </Form>
  );
}

function Decided({
  verification,
}: {
  verification: { state: keyof typeof VERIFICATION_REQUEST_STATES; reason: string; decidedAt: number | null };
}) {
  const back = useFormBack(FAULTS);
  return (
    <section className="card pad grid max-w-3xl gap-2">
      <FormTrouble back={back} />
      <p>
        {VERIFICATION_REQUEST_STATES[verification.state].name()} ·{' '}
        {verification.decidedAt !== null && dayTime(verification.decidedAt, { timeZone })}
      </p>
      {verification.reason && <p className="whitespace-pre-line">{verification.reason}</p>}
      {verification.state === 'refused' && !verification.reason && <p>{m.operator_refused_taken()}</p>}
    </section>
  );
}
