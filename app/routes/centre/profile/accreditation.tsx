import { data, type MetaFunction } from '@remix-run/node';
import { Form, useActionData } from '@remix-run/react';
import { actorOf } from '#app/core/actor.ts';
import { checkFile } from '#app/core/files.server.ts';
import { isProblem, Problem } from '#app/core/problem.ts';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import { localePath } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { removeAccreditation, saveAccreditation } from '#app/modules/centres/accreditation/save-accreditation.server.ts';
import { can } from '#app/modules/identity/policy.ts';
import { dayEnd, dayOf, dayStart, isoDay } from '#app/modules/scheduling/local-day.ts';
import { shownDay } from '#app/modules/scheduling/shown-day.ts';
import { viewAccreditations } from '#app/read-models/view-accreditations.server.ts';
import { accreditationName } from '#app/routes/catalogue/words.ts';
import { FileField, FormError, Select, Submit, TextField } from '#app/ui/form.tsx';
import { A } from '#app/ui/link.tsx';
import { Empty } from '#app/ui/page.tsx';
import type { Accreditation as Kind } from '#db/schema/centres.ts';
import { requireCentre } from '../guard.server.ts';
import { saying } from '../notices.ts';
import { Workspace } from '../workspace.tsx';
import { checkView } from './check-words.ts';

const KINDS: Kind[] = ['CNAS', 'CMA', 'internal'];
const NAMES = ['kind', 'number', 'scope', 'validFrom', 'validUntil'] as const;
type Texts = Record<(typeof NAMES)[number], string>;
const BLANK: Texts = { kind: 'CNAS', number: '', scope: '', validFrom: '', validUntil: '' };

const idOf = (params: { id?: string | undefined }) => (params.id === 'new' ? null : (params.id ?? ''));

export const loader = serve(async ({ request, params, services }) => {
  const member = await requireCentre(services, request);
  const id = idOf(params);
  const { held, timeZone } = await viewAccreditations(services, actorOf(member));
  const one = held.find((candidate) => candidate.id === id);
  if (id !== null && !one) throw new Problem('not_found');
  const day = (at: number) => isoDay(dayOf(timeZone, at));
  const texts: Texts = one
    ? { kind: one.kind, number: one.number, scope: one.scope, validFrom: day(one.validFrom), validUntil: day(one.validUntil) }
    : BLANK;
  const check = one ? checkView(one, timeZone) : null;
  return { id, texts, check, evidence: one?.evidence?.name ?? null, rows: one?.rows ?? 0, manager: can(actorOf(member), 'scope.state') };
});

export const action = serve(async ({ request, params, services }) => {
  const member = await requireCentre(services, request);
  const actor = actorOf(member);
  const id = idOf(params);
  const form = await request.formData();
  if (form.get('intent') === 'remove' && id !== null) {
    await removeAccreditation(services, actor, id);
    throw redirectTo(saying('/centre/accreditations', 'accreditation_removed', ''));
  }
  const texts = Object.fromEntries(NAMES.map((name) => [name, String(form.get(name) ?? '').trim()])) as Texts;
  const refused = (faults: Faults) => data({ texts, faults }, { status: 400 });
  const { timeZone } = await viewAccreditations(services, actor);
  const dates = { validFrom: shownDay(texts.validFrom), validUntil: shownDay(texts.validUntil) };
  const evidence = await evidenceIn(form.get('evidence'));
  const kind = KINDS.find((name) => name === texts.kind);
  const faults: Faults = {
    ...(kind ? {} : { kind: 'kind' as const }),
    ...(dates.validFrom === undefined ? { validFrom: 'date' as const } : {}),
    ...(dates.validUntil === undefined ? { validUntil: 'date' as const } : {}),
    ...(evidence && 'fault' in evidence ? { evidence: evidence.fault } : {}),
  };
  if (!kind || dates.validFrom === undefined || dates.validUntil === undefined || (evidence && 'fault' in evidence)) return refused(faults);
  try {
    await saveAccreditation(services, actor, {
      id,
      kind,
      number: texts.number,
      scope: texts.scope,
      validFrom: dayStart(timeZone, dates.validFrom),
      validUntil: dayEnd(timeZone, dates.validUntil) - 1,
      ...(evidence ? { evidence } : {}),
    });
  } catch (error) {
    if (!isProblem(error) || error.code !== 'invalid_form') throw error;
    const { field, reason } = error.facts;
    return refused(
      field === 'number'
        ? { number: reason === 'taken' ? 'taken' : 'number' }
        : field === 'scope'
          ? { scope: 'scope' }
          : { validUntil: 'until' },
    );
  }
  throw redirectTo(saying('/centre/accreditations', 'accreditation_saved', ''));
});

async function evidenceIn(given: FormDataEntryValue | null): Promise<ReturnType<typeof checkFile> | null> {
  if (!(given instanceof File) || (given.size === 0 && given.name === '')) return null;
  return checkFile(given.name, new Uint8Array(await given.arrayBuffer()));
}

const FAULTS = {
  kind: m.centre_accreditation_fault_kind,
  number: m.centre_accreditation_fault_number,
  taken: m.centre_accreditation_fault_taken,
  scope: m.centre_accreditation_fault_scope,
  date: m.centre_accreditation_fault_date,
  until: m.centre_accreditation_fault_until,
  file_empty: m.centre_accreditation_fault_file_empty,
  file_too_large: m.centre_accreditation_fault_file_too_large,
  file_kind: m.centre_accreditation_fault_file_kind,
};
type Faults = Partial<Record<keyof Texts | 'evidence', keyof typeof FAULTS>>;

export const meta: MetaFunction = () => [{ title: `${m.centre_accreditations_title()} · ${m.brand()}` }];

export default function AccreditationForm() {
  const { id, texts: saved, check, evidence, rows, manager } = useView<typeof loader>();
  const answered = useActionData<typeof action>();
  const texts = answered?.texts ?? saved;
  const faults: Faults = answered?.faults ?? {};
  const errors = (name: keyof Faults) => (faults[name] ? { errors: [FAULTS[faults[name]]()] } : {});
  const title = id === null ? m.centre_accreditation_new() : m.centre_accreditations_title();
  if (!manager)
    return (
      <Workspace title={title}>
        <Empty title={m.centre_managers_only()} />
      </Workspace>
    );
  return (
    <Workspace title={title}>
      {check && (
        <section className="card pad grid max-w-3xl gap-2">
          <p>
            <span className={`chip ${check.tone}`}>{check.name}</span>
          </p>
          {check.says.map((text) => (
            <p key={text} className="whitespace-pre-line">
              {text}
            </p>
          ))}
        </section>
      )}
      <Form method="post" encType="multipart/form-data" className="card pad grid max-w-3xl gap-4">
        {answered && <FormError title={m.centre_accreditation_fault()} />}
        <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
          <Select name="kind" label={m.centre_accreditation_kind()} defaultValue={texts.kind} {...errors('kind')}>
            {KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {accreditationName(kind)}
              </option>
            ))}
          </Select>
          <TextField
            name="number"
            label={m.centre_accreditation_number()}
            defaultValue={texts.number}
            maxLength={100}
            autoComplete="off"
            {...errors('number')}
          />
          <TextField
            name="validFrom"
            type="date"
            label={m.centre_accreditation_from()}
            defaultValue={texts.validFrom}
            {...errors('validFrom')}
          />
          <TextField
            name="validUntil"
            type="date"
            label={m.centre_accreditation_until()}
            defaultValue={texts.validUntil}
            {...errors('validUntil')}
          />
        </div>
        <TextField
          name="scope"
          label={m.centre_accreditation_scope()}
          hint={m.centre_accreditation_scope_hint()}
          defaultValue={texts.scope}
          {...errors('scope')}
        />
        <FileField
          label={m.centre_accreditation_evidence()}
          hint={m.centre_accreditation_evidence_hint()}
          {...errors('evidence')}
          most={5}
          name="evidence"
          accept=".pdf,.png,.jpg,.jpeg,application/pdf,image/png,image/jpeg"
        />
        {evidence && (
          <a className="link justify-self-start [overflow-wrap:anywhere]" href={localePath(`/centre/accreditations/${id}/evidence`)}>
            {m.centre_accreditation_evidence_now({ name: evidence })}
          </a>
        )}
        <div className="flex flex-wrap gap-3">
          <Submit name="intent" value="save" busy={m.centre_listing_busy()}>
            {m.centre_accreditation_save()}
          </Submit>
          <A to="/centre/accreditations" className="btn quiet">
            {m.centre_listing_back()}
          </A>
        </div>
      </Form>
      {id !== null && (
        <Form method="post" className="card pad grid max-w-3xl gap-3">
          {rows > 0 && <p>{m.centre_accreditation_remove_hint({ count: rows })}</p>}
          <Submit name="intent" value="remove" className="btn danger justify-self-start">
            {m.centre_accreditation_remove()}
          </Submit>
        </Form>
      )}
    </Workspace>
  );
}
