import { data, type MetaFunction } from '@remix-run/node';
import { useActionData } from '@remix-run/react';
import { isProblem, Problem } from '#app/core/problem.ts';
import { problemStatus } from '#app/http/problems.ts';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import { localePath, pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { checkAccreditation } from '#app/modules/catalogue/accreditation/check-accreditation.server.ts';
import { requireOperator } from '#app/modules/identity/guards.server.ts';
import { viewCheck } from '#app/read-models/view-checks.server.ts';
import { Fact } from '#app/ui/fact.tsx';
import { FormError } from '#app/ui/form.tsx';
import { date, dayTime } from '#app/ui/format.ts';
import { Page } from '#app/ui/page.tsx';
import { certificateName, familyName } from '../catalogue/words.ts';
import { CentreFacts, centreFacts } from './centre-facts.tsx';
import { CHECK_FAULTS, CheckForm, isCheckFault } from './check-form.tsx';
import { CHECK_STEPS, timeZone } from './words.ts';

export const loader = serve(async ({ request, params, services }) => {
  const { person } = await requireOperator(services, request);
  const { held, centre, certificate, checkedBy, step, rows, instruments, moreInstruments } = await viewCheck(
    services,
    person.id,
    params.id ?? '',
  );
  if (step === 'own') throw new Problem('not_found');
  const named = instruments.map((one) => pick(one.instrumentZh, one.instrumentEn)).join(m.centre_list_comma());
  const day = (at: number) => date(at, { timeZone: centre.timeZone });
  const { id, kind, number, scope, revision, checkReason, checkedAt } = held;
  return {
    ...{ id, kind, number, scope, revision, step, certificate, checkedBy, checkReason, checkedAt },
    period: m.operator_check_period_value({ from: day(held.validFrom), until: day(held.validUntil) }),
    statedAt: held.statedAt === null ? '' : dayTime(held.statedAt, { timeZone }),
    rows:
      rows === 0
        ? m.operator_check_rows_none()
        : m.operator_check_rows_value({ count: rows, instruments: moreInstruments > 0 ? `${named} …` : named }),
    families: held.checkedFamilies.map(familyName).join(m.centre_list_comma()),
    centre: { ...centreFacts(centre), verified: centre.verifiedAt !== null },
  };
});

export const action = serve(async ({ request, params, services }) => {
  const { person } = await requireOperator(services, request);
  const form = await request.formData();
  const intent = form.get('intent');
  if (intent !== 'accept' && intent !== 'refuse') throw new Problem('bad_request');
  const reason = String(form.get('reason') ?? '').trim();
  const families = form.getAll('families').map(String);
  const check = intent === 'accept' ? ({ accept: true, families } as const) : ({ accept: false, reason } as const);
  try {
    await checkAccreditation(services, person.id, { id: params.id ?? '', shown: Number(form.get('revision')) || 0, check });
  } catch (error) {
    if (!isProblem(error)) throw error;
    const fault = String(error.facts.reason);
    if (!isCheckFault(fault)) throw error;
    return data({ fault, reason, families }, { status: problemStatus(error.code) });
  }
  throw redirectTo(`/operator/accreditations?done=${intent === 'accept' ? 'accepted' : 'refused'}`);
});

export const meta: MetaFunction = () => [{ title: `${m.operator_checks_title()} · ${m.brand()}` }];

export default function Accreditation() {
  const view = useView<typeof loader>();
  const answered = useActionData<typeof action>();
  const { centre, step, certificate } = view;
  const { tone, name } = CHECK_STEPS[step];
  const title = certificateName(view);
  return (
    <Page
      title={title}
      crumbs={[{ to: '/operator/accreditations', label: m.operator_checks_title() }, { label: title }]}
      lead={m.operator_check_lead({ centre: centre.name })}
    >
      <p className={`chip justify-self-start ${tone}`}>{name()}</p>
      <div className="grid items-start gap-6 md:grid-cols-2">
        <section className="card pad grid gap-3">
          <h2>{m.operator_check_stated()}</h2>
          <dl className="spec-list">
            <CentreFacts label={m.operator_check_centre()} centre={centre} />
            <Fact
              name={m.operator_check_centre_state()}
              text={centre.verified ? m.catalogue_centre_verified() : m.operator_check_unverified()}
            />
            <Fact name={m.centre_accreditation_kind()} text={view.kind} />
            <Fact
              name={m.operator_check_number()}
              text={
                // One click takes the whole of it, also without a script.
                <>
                  <code className="select-all font-semibold [overflow-wrap:anywhere]">{view.number}</code>{' '}
                  <span className="tiny block">{m.operator_check_number_hint()}</span>
                </>
              }
            />
            <Fact name={m.operator_check_period()} text={view.period} />
            <Fact name={m.centre_accreditation_scope()} text={view.scope || m.operator_check_scope_all()} />
            <Fact name={m.centre_accreditation_rows()} text={view.rows} />
            {view.statedAt && <Fact name={m.operator_check_stated_at()} text={view.statedAt} />}
          </dl>
        </section>
        <section className="card pad grid gap-3">
          <h2>{m.operator_check_certificate()}</h2>
          {certificate ? (
            <Certificate path={localePath(`/operator/accreditations/${view.id}/files/${certificate.id}`)} {...certificate} />
          ) : (
            <p className="muted">{m.operator_check_no_certificate_text()}</p>
          )}
          <h3>{m.operator_check_compare()}</h3>
          <ul className="grid list-disc gap-1 pl-5">
            <li>{m.operator_check_compare_name()}</li>
            <li>{m.operator_check_compare_number({ kind: view.kind })}</li>
            <li>{m.operator_check_compare_period()}</li>
            <li>{m.operator_check_compare_kinds()}</li>
          </ul>
        </section>
      </div>
      {step === 'waiting' ? (
        <CheckForm revision={view.revision} answered={answered} />
      ) : (
        <section className="card pad grid max-w-3xl gap-2">
          {answered && <FormError title={CHECK_FAULTS[answered.fault]()} />}
          <p>
            {name()}
            {view.checkedAt !== null && ` · ${dayTime(view.checkedAt, { timeZone })}`}
            {view.checkedBy && ` · ${view.checkedBy}`}
          </p>
          {view.families && <p>{m.operator_check_families_accepted({ families: view.families })}</p>}
          {view.checkReason && <p className="whitespace-pre-line">{view.checkReason}</p>}
          {step === 'no_certificate' && <p>{m.operator_check_no_certificate_text()}</p>}
        </section>
      )}
    </Page>
  );
}

/** What was brought, to be read beside what is stated; the name saves it. */
function Certificate({ path, name, type }: { path: string; name: string; type: string }) {
  return (
    <>
      <a className="link justify-self-start [overflow-wrap:anywhere]" href={path}>
        {name}
      </a>
      {type === 'application/pdf' ? (
        <iframe className="h-[70vh] w-full rounded-field border border-line" src={`${path}?framed`} title={name} loading="lazy" />
      ) : (
        <img className="max-h-[70vh] w-full rounded-field border border-line object-contain" src={`${path}?framed`} alt={name} />
      )}
    </>
  );
}
