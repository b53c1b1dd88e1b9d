import { data, type MetaFunction } from '@remix-run/node';
import { Form, useActionData } from '@remix-run/react';
import { isProblem, Problem } from '#app/core/problem.ts';
import { problemStatus } from '#app/http/problems.ts';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import { localePath, pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { decideVerificationRequest } from '#app/modules/centres/verification/decide-request.server.ts';
import { viewVerificationRequest } from '#app/modules/centres/verification/view-requests.server.ts';
import { requireOperator } from '#app/modules/identity/guards.server.ts';
import { Fact } from '#app/ui/fact.tsx';
import { FormError, Submit, TextArea } from '#app/ui/form.tsx';
import { dayTime } from '#app/ui/format.ts';
import { A } from '#app/ui/link.tsx';
import { Page } from '#app/ui/page.tsx';
import { CentreFacts, centreFacts } from './centre-facts.tsx';
import { REASON_FAULTS, timeZone, VERIFICATION_REQUEST_STATES } from './words.ts';

export const loader = serve(async ({ request, params, services }) => {
  const { person } = await requireOperator(services, request);
  const { verification, entry, organisation, asker, files, rivals } = await viewVerificationRequest(services, person.id, params.id ?? '');
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

export const action = serve(async ({ request, params, services }) => {
  const { person } = await requireOperator(services, request);
  const form = await request.formData();
  const intent = form.get('intent');
  if (intent !== 'accept' && intent !== 'refuse') throw new Problem('bad_request');
  const reason = String(form.get('reason') ?? '').trim();
  try {
    await decideVerificationRequest(
      services,
      person.id,
      params.id ?? '',
      intent === 'accept' ? { accept: true } : { accept: false, reason },
    );
  } catch (error) {
    if (!isProblem(error)) throw error;
    const { code, facts } = error;
    const fault = code === 'stale' ? 'decided' : code === 'transition_refused' || code === 'invalid_form' ? String(facts.reason) : '';
    if (!isFault(fault)) throw error;
    return data({ fault, reason }, { status: problemStatus(code) });
  }
  throw redirectTo(`/operator?done=${intent === 'accept' ? 'accepted' : 'refused'}`);
});

const FAULTS = {
  decided: m.operator_fault_decided,
  taken: m.operator_fault_taken,
  own_entry: m.operator_fault_own_entry,
  verified: m.operator_fault_verified,
};
const isFault = (text: string): text is keyof typeof FAULTS | keyof typeof REASON_FAULTS =>
  Object.hasOwn({ ...FAULTS, ...REASON_FAULTS }, text);

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
  const answered = useActionData<typeof action>();
  const fault = answered?.fault;
  const ofReason = fault && Object.hasOwn(REASON_FAULTS, fault) ? REASON_FAULTS[fault as keyof typeof REASON_FAULTS]() : undefined;
  return (
    <Form method="post" className="card pad grid max-w-3xl gap-4">
      <h2>{m.operator_decide()}</h2>
      {fault && <FormError title={ofReason ?? FAULTS[fault as keyof typeof FAULTS]()} />}
      <p className="muted">{taken ? m.operator_fault_taken() : own ? m.operator_decide_own() : m.operator_decide_entry()}</p>
      <TextArea
        name="reason"
        label={m.operator_reason()}
        hint={m.operator_reason_hint()}
        rows={4}
        defaultValue={answered?.reason}
        {...(ofReason ? { errors: [ofReason] } : {})}
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
  const answered = useActionData<typeof action>();
  return (
    <section className="card pad grid max-w-3xl gap-2">
      {answered?.fault === 'decided' && <FormError title={m.operator_fault_decided()} />}
      <p>
        {VERIFICATION_REQUEST_STATES[verification.state].name()} ·{' '}
        {verification.decidedAt !== null && dayTime(verification.decidedAt, { timeZone })}
      </p>
      {verification.reason && <p className="whitespace-pre-line">{verification.reason}</p>}
      {verification.state === 'refused' && !verification.reason && <p>{m.operator_refused_taken()}</p>}
    </section>
  );
}
