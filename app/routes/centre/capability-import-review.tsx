import { data, type MetaFunction } from '@remix-run/node';
import { useActionData } from '@remix-run/react';
import { actorOf } from '#app/core/actor.ts';
import { isProblem } from '#app/core/problem.ts';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { changeImport } from '#app/modules/capability/import/change-import.server.ts';
import { confirmImport } from '#app/modules/capability/import/confirm-import.server.ts';
import { type RowFilter, viewImport } from '#app/modules/capability/import/view-import.server.ts';
import { FormError } from '#app/ui/form.tsx';
import { integer } from '#app/ui/format.ts';
import { requireCentre } from './guard.server.ts';
import { ColumnsForm, ConfirmForm, JudgedRows } from './import-parts.tsx';
import { judgedRow } from './import-rows.server.ts';
import { columnName } from './scope-words.ts';
import { SheetRemarks } from './sheet-remarks.tsx';
import { Workspace } from './workspace.tsx';

const FILTERS: readonly RowFilter[] = ['all', 'ok', 'review', 'reject'];

export const loader = serve(async ({ request, params, services }) => {
  const member = await requireCentre(services, request);
  const asked = new URL(request.url).searchParams;
  const filter = FILTERS.find((name) => name === asked.get('show')) ?? 'all';
  const page = Math.trunc(Number(asked.get('page'))) || 1;
  const { rows, ...view } = await viewImport(services, actorOf(member), params.id ?? '', { filter, page });
  return { ...view, rows: rows.map(judgedRow), changed: asked.has('changed') };
});

export const action = serve(async ({ request, params, services }) => {
  const member = await requireCentre(services, request);
  const form = await request.formData();
  const id = params.id ?? '';
  const text = (name: string) => String(form.get(name) ?? '');
  try {
    if (text('intent') === 'change') {
      const line = Number(text('headingsLine'));
      await changeImport(services, actorOf(member), id, {
        columns: [...form.keys()].filter((name) => /^column-\d+$/.test(name)).map(text),
        headingsLine: Number.isSafeInteger(line) && line > 0 ? line : null,
        k: Number(text('k').normalize('NFKC')),
        field: text('field'),
        accreditationId: text('accreditation') || null,
      });
      throw redirectTo(`/centre/capabilities/import/${id}?changed=1`);
    }
    const withReviews = text('take') === 'review';
    const done = await confirmImport(services, actorOf(member), id, {
      withReviews,
      remove: form.has('remove'),
      shown: text(withReviews ? 'shownReview' : 'shownOk'),
    });
    services.wake();
    throw redirectTo(`/centre/capabilities?done=${done.added}.${done.changed}.${done.removed}.${done.same}`);
  } catch (error) {
    if (isProblem(error) && error.code === 'stale') return data({ trouble: 'stale' as const }, { status: 409 });
    if (isProblem(error) && error.code === 'invalid_form')
      return data({ trouble: error.facts.field === 'rows' ? ('nothing' as const) : ('setting' as const) }, { status: 400 });
    throw error;
  }
});

export const meta: MetaFunction = () => [{ title: `${m.capability_import_review_title()} · ${m.brand()}` }];

const TROUBLES = { stale: m.capability_import_stale, nothing: m.capability_import_nothing, setting: m.capability_import_bad_setting };

export default function ReviewImport() {
  const view = useView<typeof loader>();
  const refused = useActionData<typeof action>();
  const { fileName, encoding, lines, missing, counts, changed } = view;
  const count = integer(lines);
  return (
    <Workspace
      title={m.capability_import_review_title()}
      notice={changed && !refused ? { tone: 'ok', text: m.capability_import_changed() } : null}
    >
      <p className="text-ink-2">
        {fileName ? m.capability_import_of_file({ name: fileName, count, encoding }) : m.capability_import_of_paste({ count })}
      </p>
      {refused && <FormError title={TROUBLES[refused.trouble]()} />}
      {missing.length > 0 && <FormError title={m.capability_import_missing({ columns: missing.map(columnName).join(' · ') })} />}
      <SheetRemarks remarks={view.remarks} />
      <ColumnsForm view={view} />
      {missing.length === 0 && (
        <>
          {counts.ok + counts.review > 0 && <ConfirmForm view={view} />}
          <JudgedRows view={view} />
        </>
      )}
    </Workspace>
  );
}
