import { data, type MetaFunction } from '@remix-run/node';
import { Form, useActionData } from '@remix-run/react';
import { z } from 'zod';
import { actorOf } from '#app/core/actor.ts';
import { choice, given, ticked, typedIn } from '#app/core/form.ts';
import { answerForm } from '#app/http/form-answer.server.ts';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import type { ColumnField } from '#app/modules/capability/import/columns.ts';
import { judgeForm, removeRow, saveRow } from '#app/modules/capability/import/edit-row.server.ts';
import type { Judged } from '#app/modules/capability/import/judge-row.ts';
import { FIELDS } from '#app/modules/capability/rules/fields.ts';
import { centreZone } from '#app/modules/centres/centre-zone.server.ts';
import { can } from '#app/modules/identity/policy.ts';
import { viewRow } from '#app/read-models/view-row.server.ts';
import { fieldName } from '#app/routes/catalogue/words.ts';
import { FormError, Select, Submit, TextArea, TextField } from '#app/ui/form.tsx';
import { FormTrouble, useFormBack } from '#app/ui/form-answer.tsx';
import { A } from '#app/ui/link.tsx';
import { Empty } from '#app/ui/page.tsx';
import { requireCentre } from '../guard.server.ts';
import { choiceView } from '../profile/check-words.ts';
import { Workspace } from '../workspace.tsx';
import { readRow, readValidity, shownDate } from './row-form.server.ts';
import { Dates, ReadAs, ROW_FAULTS, type Said, TROUBLES, Versions } from './row-parts.tsx';
import { columnName } from './scope-words.ts';

const idOf = (params: { id?: string | undefined }) => (params.id === 'new' ? null : (params.id ?? ''));

const TEXTS: ColumnField[] = [
  'field',
  'instrument',
  'instrument_en',
  'measurand',
  'measurand_en',
  'method',
  'range',
  'parameter',
  'unit',
  'uncertainty',
  'k',
  'designation',
  'conditions',
  'conditions_en',
];

export const loader = serve(async ({ request, params, services }) => {
  const member = await requireCentre(services, request);
  const id = idOf(params);
  const actor = actorOf(member);
  const { validFrom, validUntil, ...row } = await viewRow(services, actor, id);
  const timeZone = await centreZone(services, actor);
  const dates = { from: shownDate(validFrom, timeZone), until: shownDate(validUntil, timeZone) };
  return {
    ...row,
    dates,
    timeZone,
    id,
    manager: can(actorOf(member), 'scope.state'),
    read: id === null ? null : readRow(row.text, judgeForm(row.text)),
  };
});

const rowForm = z
  .object({ intent: choice(['save', 'look', 'remove']), accreditation: given, validFrom: given, validUntil: given })
  .extend({ reviewed: ticked, shown: given })
  .extend(Object.fromEntries(TEXTS.map((name) => [name, given])) as Record<ColumnField, typeof given>);

export const action = serve(async ({ request, params, services }) => {
  const actor = actorOf(await requireCentre(services, request));
  const id = idOf(params);
  const act = async (
    { intent, accreditation, validFrom, validUntil, reviewed, shown, ...text }: z.output<typeof rowForm>,
    form: FormData,
  ) => {
    if (intent === 'remove') {
      await removeRow(services, actor, id ?? '');
      throw redirectTo('/centre/capabilities?removed=1');
    }
    const validity = readValidity({ from: validFrom, until: validUntil }, await centreZone(services, actor));
    const answer = (judged: Judged, said: Said | null, status: number) =>
      data({ typed: typedIn(form), faults: validity.faults, trouble: null, said, read: readRow(text, judged) }, { status });
    if (intent === 'look') return answer(judgeForm(text), null, 200);
    if (Object.keys(validity.faults).length > 0) return answer(judgeForm(text), 'wrong', 400);
    const input = { id, text, accreditationId: accreditation || null, ...validity.bounds, reviewed, shown };
    const saved = await saveRow(services, actor, input);
    if ('judged' in saved) return answer(saved.judged, saved.judged.status === 'review' ? 'confirm' : 'wrong', 400);
    // Back to the list, where the change can be seen.
    throw redirectTo(`/centre/capabilities?stored=1&q=${encodeURIComponent(text.instrument || text.instrument_en || '')}`);
  };
  return answerForm(request, rowForm, act);
});

export const meta: MetaFunction = () => [{ title: `${m.capability_row_title()} · ${m.brand()}` }];

export default function CapabilityRow() {
  const view = useView<typeof loader>();
  const answered = useActionData<typeof action>();
  const judged = answered && 'read' in answered ? answered : undefined;
  const back = useFormBack(ROW_FAULTS);
  const { id, manager, signature, services, accreditations } = view;
  const shown = judged?.read ?? (back.refused ? null : view.read);
  const title = id === null ? m.capability_row_title_new() : m.capability_row_title();
  if (!manager)
    return (
      <Workspace title={title}>
        <Empty title={m.capability_import_forbidden()} />
      </Workspace>
    );
  const input = (name: ColumnField, hint?: string) => (
    <TextField
      name={name}
      label={columnName(name)}
      hint={hint}
      defaultValue={back.text(name, view.text[name])}
      {...back.errors(name)}
      autoComplete="off"
    />
  );
  return (
    <Workspace title={title}>
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-6 lg:grid-cols-[minmax(0,1fr)_400px]">
        <Form method="post" className="card pad grid gap-4" data-look="read-as">
          <p className="text-ink-2">{m.capability_row_lead()}</p>
          {judged ? judged.said && <FormError title={TROUBLES[judged.said]()} /> : <FormTrouble back={back} />}
          <input type="hidden" name="shown" value={signature} />
          <input type="hidden" name="unit" value={back.text('unit', view.text.unit)} />
          <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
            <Select name="field" label={columnName('field')} defaultValue={back.text('field', view.text.field) || 'general'}>
              {FIELDS.map((name) => (
                <option key={name} value={name}>
                  {fieldName(name)}
                </option>
              ))}
            </Select>
            {input('method')}
            {input('instrument')}
            {input('instrument_en')}
            {input('measurand')}
            {input('measurand_en')}
            {input('range', m.capability_row_range_hint())}
            {input('parameter')}
            {input('uncertainty', m.capability_row_u_hint())}
            {input('k')}
            {input('designation')}
          </div>
          <TextArea
            name="conditions"
            label={columnName('conditions')}
            rows={2}
            defaultValue={back.text('conditions', view.text.conditions)}
          />
          <TextArea
            name="conditions_en"
            label={columnName('conditions_en')}
            rows={2}
            defaultValue={back.text('conditions_en', view.text.conditions_en)}
          />
          <Select
            name="accreditation"
            label={m.capability_import_accreditation()}
            defaultValue={back.text('accreditation', view.accreditationId ?? '')}
            {...back.errors('accreditation')}
          >
            <option value="">{m.capability_row_own()}</option>
            {accreditations.map((held) => (
              <option key={held.id} value={held.id}>
                {choiceView(held, view.timeZone).named}
              </option>
            ))}
          </Select>
          <Dates dates={view.dates} back={back} />
          {shown?.status === 'review' && (
            <label className="flex items-start gap-3">
              <input type="checkbox" name="reviewed" value="1" className="mt-1" />
              <span>{m.capability_row_reviewed()}</span>
            </label>
          )}
          <div className="flex flex-wrap gap-3">
            <Submit name="intent" value="save" busy={m.capability_import_storing()}>
              {m.capability_import_store()}
            </Submit>
            <Submit name="intent" value="look" className="btn">
              {m.capability_row_look()}
            </Submit>
            <A to="/centre/capabilities" className="btn quiet">
              {m.capability_row_back()}
            </A>
          </div>
        </Form>
        <div className="grid gap-6">
          <div id="read-as" aria-live="polite">
            {shown && <ReadAs shown={shown} />}
          </div>
          {id !== null && (
            <Form method="post" className="card pad grid gap-3">
              {services > 0 && <p>{m.capability_row_remove_services({ count: services })}</p>}
              <Submit name="intent" value="remove" className="btn danger justify-self-start">
                {m.capability_row_remove()}
              </Submit>
            </Form>
          )}
          <Versions versions={view.versions} timeZone={view.timeZone} />
        </div>
      </div>
    </Workspace>
  );
}
