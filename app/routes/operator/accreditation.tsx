import type { MetaFunction } from '@remix-run/node';
import { z } from 'zod';
import { given, several, shownNumber } from '#app/core/form.ts';
import { Problem } from '#app/core/problem.ts';
import { answerForm } from '#app/http/form-answer.server.ts';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import { localePath, pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { checkAccreditation } from '#app/modules/catalogue/accreditation/check-accreditation.server.ts';
import { requireOperator } from '#app/modules/identity/guards.server.ts';
import { viewCheck } from '#app/read-models/view-checks.server.ts';
import { Fact } from '#app/ui/fact.tsx';
import { FormTrouble, useFormBack } from '#app/ui/form-answer.tsx';
import { date, dayTime } from '#app/ui/format.ts';
import { Page } from '#app/ui/page.tsx';
import { certificateName, familyName } from '../catalogue/words.ts';
import { CentreFacts, centreFacts } from './centre-facts.tsx';
import { CHECK_FAULTS, CheckForm } from './check-form.tsx';
import { CHECK_STEPS, timeZone } from './words.ts';

export const loader = serve(async ({ request, params, services }) => {
  const operator = await requireOperator(services, request);
  const { held, centre, certificate, checkedBy, step, rows, instruments, moreInstruments } = await viewCheck(
    services,
    operator,
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

const checkForm = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('accept'), revision: shownNumber, families: several }),
  z.object({ intent: z.literal('refuse'), revision: shownNumber, reason: given }),
]);

export const action = serve(async ({ request, params, services }) => {
  const operator = await requireOperator(services, request);
  return answerForm(request, checkForm, async (input) => {
    const check =
      input.intent === 'accept'
        ? ({ accept: true, families: input.families } as const)
        : ({ accept: false, reason: input.reason } as const);
    await checkAccreditation(services, operator, { id: params.id ?? '', shown: input.revision, check });
    throw redirectTo(`/operator/accreditations?done=${input.intent === 'accept' ? 'accepted' : 'refused'}`);
  });
});

export const meta: MetaFunction = () => [{ title: `${m.operator_checks_title()} · ${m.brand()}` }];

export default function Accreditation() {
  const view = useView<typeof loader>();
  const back = useFormBack(CHECK_FAULTS);
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
        <CheckForm revision={view.revision} />
      ) : (
        <section className="card pad grid max-w-3xl gap-2">
          <FormTrouble back={back} />
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
