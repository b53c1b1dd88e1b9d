import type { MetaFunction } from '@remix-run/node';
import { Form } from '@remix-run/react';
import { z } from 'zod';
import { actorOf } from '#app/core/actor.ts';
import { checkFile } from '#app/core/files.server.ts';
import { choice, filesIn, given } from '#app/core/form.ts';
import { Problem } from '#app/core/problem.ts';
import { answerForm } from '#app/http/form-answer.server.ts';
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
import { FileField, Select, Submit, TextField } from '#app/ui/form.tsx';
import { FormTrouble, useFormBack } from '#app/ui/form-answer.tsx';
import { A } from '#app/ui/link.tsx';
import { Empty } from '#app/ui/page.tsx';
import type { Accreditation as Kind } from '#db/schema/centres.ts';
import { requireCentre } from '../guard.server.ts';
import { saying } from '../notices.ts';
import { Workspace } from '../workspace.tsx';
import { checkView } from './check-words.ts';

const KINDS = ['CNAS', 'CMA', 'internal'] as const satisfies readonly Kind[];
type Texts = Record<'kind' | 'number' | 'scope' | 'validFrom' | 'validUntil', string>;
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

const day = given.transform((typed, context) => {
  const read = shownDay(typed);
  if (read !== undefined) return read;
  context.addIssue({ code: 'custom', message: 'date' });
  return z.NEVER;
});

const accreditationForm = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('save'), kind: choice(KINDS), number: given, scope: given, validFrom: day, validUntil: day }),
  z.object({ intent: z.literal('remove') }),
]);

export const action = serve(async ({ request, params, services }) => {
  const actor = actorOf(await requireCentre(services, request));
  const id = idOf(params);
  return answerForm(request, accreditationForm, async (input, form) => {
    if (input.intent === 'remove') {
      await removeAccreditation(services, actor, id ?? '');
      throw redirectTo(saying('/centre/accreditations', 'accreditation_removed', ''));
    }
    const { kind, number, scope, validFrom, validUntil } = input;
    const { timeZone } = await viewAccreditations(services, actor);
    const evidence = await evidenceIn(form);
    await saveAccreditation(services, actor, {
      ...{ id, kind, number, scope },
      validFrom: dayStart(timeZone, validFrom),
      validUntil: dayEnd(timeZone, validUntil) - 1,
      ...(evidence ? { evidence } : {}),
    });
    throw redirectTo(saying('/centre/accreditations', 'accreditation_saved', ''));
  });
});

/** @throws Problem invalid_form {field: evidence} */
async function evidenceIn(form: FormData) {
  const [file] = filesIn(form, 'evidence');
  if (!file) return null;
  const checked = checkFile(file.name, new Uint8Array(await file.arrayBuffer()));
  if ('fault' in checked) throw new Problem('invalid_form', { field: 'evidence', reason: checked.fault });
  return checked;
}

const FAULTS = {
  kind: m.centre_accreditation_fault_kind,
  number: m.centre_accreditation_fault_number,
  taken: m.centre_accreditation_fault_taken,
  scope: m.centre_accreditation_fault_scope,
  date: m.centre_accreditation_fault_date,
  validUntil: m.centre_accreditation_fault_until,
  file_empty: m.centre_accreditation_fault_file_empty,
  file_too_large: m.centre_accreditation_fault_file_too_large,
  file_kind: m.centre_accreditation_fault_file_kind,
};

export const meta: MetaFunction = () => [{ title: `${m.centre_accreditations_title()} · ${m.brand()}` }];

export default function AccreditationForm() {
  const { id, texts: saved, check, evidence, rows, manager } = useView<typeof loader>();
  const back = useFormBack(FAULTS);
  const field = (name: keyof Texts) => ({ name, defaultValue: back.text(name, saved[name]), ...back.errors(name) });
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
        <FormTrouble back={back} title={m.centre_accreditation_fault()} />
        <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
          <Select label={m.centre_accreditation_kind()} {...field('kind')}>
            {KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {accreditationName(kind)}
              </option>
            ))}
          </Select>
          <TextField label={m.centre_accreditation_number()} maxLength={100} autoComplete="off" {...field('number')} />
          <TextField type="date" label={m.centre_accreditation_from()} {...field('validFrom')} />
          <TextField type="date" label={m.centre_accreditation_until()} {...field('validUntil')} />
        </div>
        <TextField label={m.centre_accreditation_scope()} hint={m.centre_accreditation_scope_hint()} {...field('scope')} />
        <FileField
          label={m.centre_accreditation_evidence()}
          hint={m.centre_accreditation_evidence_hint()}
          {...back.errors('evidence')}
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
