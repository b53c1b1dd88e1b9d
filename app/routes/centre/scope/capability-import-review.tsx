import { data, type MetaFunction } from '@remix-run/node';
import { useActionData } from '@remix-run/react';
import { actorOf } from '#app/core/actor.ts';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { useView, type ViewOf } from '#app/http/use-view.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { ROW_FILTERS, viewImport } from '#app/modules/capability/import/view-import.server.ts';
import { centreZone } from '#app/modules/centres/centre-zone.server.ts';
import { FormError } from '#app/ui/form.tsx';
import { requireCentre } from '../guard.server.ts';
import { Workspace } from '../workspace.tsx';
import { actOnImport, type Said, type Trouble } from './import-act.server.ts';
import { Fills } from './import-fills.tsx';
import { Store } from './import-outcome.tsx';
import { SheetsForm, Summary } from './import-parts.tsx';
import { Questions } from './import-questions.tsx';
import { changedExamples, missingRow, workQuestion, workRow } from './import-rows.server.ts';
import { Rows } from './import-table.tsx';
import { columnName } from './scope-words.ts';
import { SheetRemarks } from './sheet-remarks.tsx';

export const loader = serve(async ({ request, params, services }) => {
  const member = await requireCentre(services, request);
  const actor = actorOf(member);
  const asked = new URL(request.url).searchParams;
  const filter = ROW_FILTERS.find((name) => name === asked.get('show')) ?? 'all';
  const question = asked.get('question');
  const look = { filter, page: Math.trunc(Number(asked.get('page'))) || 1, question, open: asked.get('open') };
  const view = await viewImport(services, actor, params.id ?? '', look);
  return {
    ...view,
    timeZone: await centreZone(services, actor),
    /** The rows shown, as an address others are added to. */
    path: `?show=${filter}${question ? `&question=${encodeURIComponent(question)}` : ''}`,
    questions: view.questions.map((one) => workQuestion(one, view.sheets)),
    question: view.question && workQuestion(view.question, view.sheets),
    fillable: { ...view.fillable, sections: view.fillable.sections.map((one) => ({ ...one, rows: one.rows.length })) },
    examplesChanged: changedExamples(view, view.accreditations),
    rows: view.rows.map((row) => workRow(row, view)),
    missing: view.missing.map(missingRow),
    said: asked.get('said'),
  };
});

export type WorkView = ViewOf<typeof loader>;

export const action = serve(async ({ request, params, services }) => {
  const member = await requireCentre(services, request);
  const id = params.id ?? '';
  const form = await request.formData();
  const done = await actOnImport(services, actorOf(member), id, form);
  if ('stored' in done) {
    services.wake();
    const { added, changed, removed, same } = done.stored;
    throw redirectTo(`/centre/capabilities?done=${added}.${changed}.${removed}.${same}`);
  }
  if (!('said' in done)) return data(done, { status: done.status });
  const back = new URL(request.url).searchParams;
  back.set('said', done.said);
  if (done.close) back.delete('open');
  throw redirectTo(`/centre/capabilities/import/${id}?${back}`);
});

export const meta: MetaFunction = () => [{ title: `${m.capability_import_review_title()} · ${m.brand()}` }];

const TROUBLES: Record<Trouble, () => string> = {
  stale: m.workbench_stale,
  nothing: m.capability_import_nothing,
  setting: m.capability_import_bad_setting,
  removal: m.workbench_bad_removal,
  answer: m.workbench_bad_answer,
  rows: m.workbench_bad_rows,
  fill: m.workbench_bad_fill,
};

const SAID: Record<Said, () => string> = {
  answered: m.workbench_said_answered,
  filled: m.workbench_said_filled,
  corrected: m.workbench_said_corrected,
  left: m.workbench_said_left,
  back: m.workbench_said_back,
  changed: m.workbench_changed_notice,
};

export default function ReviewImport() {
  const view = useView<typeof loader>();
  const refused = useActionData<typeof action>();
  const said = !refused && Object.hasOwn(SAID, view.said ?? '') ? SAID[view.said as Said] : undefined;
  const trouble = refused && 'trouble' in refused ? refused : undefined;
  const typed = refused && 'typed' in refused ? refused.typed : undefined;
  const missing = [...new Set(view.sheets.flatMap((sheet) => (sheet.read ? sheet.missing : [])))];
  const needed = missing.length > 0;
  return (
    <Workspace title={m.capability_import_review_title()} notice={said ? { tone: 'ok', text: said() } : null}>
      {trouble && !trouble.fill && <FormError title={TROUBLES[trouble.trouble]()} />}
      {needed && view.counts.all === 0 && (
        <FormError title={m.capability_import_missing({ columns: missing.map(columnName).join(' · ') })} />
      )}
      {!needed && view.counts.all === 0 && <FormError title={m.capability_import_no_rows()} />}
      <Summary view={view} />
      <SheetRemarks remarks={view.remarks} />
      <SheetsForm view={view} needed={needed || trouble?.trouble === 'setting'} />
      {view.counts.all > 0 && (
        <>
          <Questions view={view} />
          <Fills view={view} refused={trouble?.fill} />
          <Rows view={view} typed={typed} />
          <Store view={view} />
        </>
      )}
    </Workspace>
  );
}
