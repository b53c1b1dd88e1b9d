import { data, type MetaFunction } from '@remix-run/node';
import { Form, useActionData } from '@remix-run/react';
import { actorOf } from '#app/core/actor.ts';
import { isProblem, type ProblemCode } from '#app/core/problem.ts';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { openImport } from '#app/modules/capability/import/open-import.server.ts';
import { can } from '#app/modules/identity/policy.ts';
import { FileField, FormError, Submit, TextArea } from '#app/ui/form.tsx';
import { Empty } from '#app/ui/page.tsx';
import { requireCentre } from '../guard.server.ts';
import { Workspace } from '../workspace.tsx';
import { refusalText } from './scope-words.ts';

export const loader = serve(async ({ request, services }) => {
  const member = await requireCentre(services, request);
  return { manager: can(actorOf(member), 'scope.state') };
});

export const action = serve(async ({ request, services }) => {
  const member = await requireCentre(services, request);
  const form = await request.formData();
  const file = form.get('file');
  const pasted = form.get('pasted');
  const text = typeof pasted === 'string' ? pasted : '';
  const chosen = file instanceof File && file.size > 0;
  const brought = chosen ? { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) } : { pasted: text };
  const opened = await openImport(services, actorOf(member), brought).catch((error: unknown) => {
    // What was pasted is still there to be sent again.
    const trouble = isProblem(error) && UNREAD[error.code]?.();
    if (!trouble) throw error;
    return { trouble };
  });
  if ('trouble' in opened) return data({ trouble: opened.trouble, pasted: text }, { status: 503 });
  if ('id' in opened) throw redirectTo(`/centre/capabilities/import/${opened.id}`);
  return data({ trouble: refusalText(opened.refused, opened.line), pasted: text }, { status: 400 });
});

const UNREAD: Partial<Record<ProblemCode, () => string>> = {
  threads_full: m.http_threads_full_form,
  thread_failed: m.http_thread_failed_form,
};

export const meta: MetaFunction = () => [{ title: `${m.capability_import_title()} · ${m.brand()}` }];

export default function ImportScope() {
  const { manager } = useView<typeof loader>();
  const refused = useActionData<typeof action>();
  return (
    <Workspace title={m.capability_import_title()}>
      {manager ? (
        <Form method="post" encType="multipart/form-data" className="card pad grid max-w-3xl gap-5">
          <p>{m.capability_import_lead()}</p>
          {refused && (
            <FormError title={m.capability_import_failed()}>
              <p>
                {refused.trouble} {m.capability_import_kept()}
              </p>
            </FormError>
          )}
          <FileField
            label={m.capability_import_file()}
            hint={m.capability_import_file_hint()}
            most={8}
            name="file"
            accept=".xlsx,.xlsm,.ods,.csv,.tsv,.txt,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet,application/vnd.oasis.opendocument.spreadsheet"
          />
          <TextArea
            label={m.capability_import_pasted()}
            hint={m.capability_import_pasted_hint()}
            name="pasted"
            rows={8}
            wrap="off"
            spellCheck={false}
            defaultValue={refused?.pasted}
          />
          <Submit className="btn go justify-self-start" busy={m.capability_import_reading()}>
            {m.capability_import_read()}
          </Submit>
        </Form>
      ) : (
        <Empty title={m.capability_import_forbidden()} />
      )}
    </Workspace>
  );
}
