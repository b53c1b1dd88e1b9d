import { data, type MetaFunction } from '@remix-run/node';
import { Form, useActionData } from '@remix-run/react';
import { z } from 'zod';
import { actorOf } from '#app/core/actor.ts';
import { filesIn } from '#app/core/form.ts';
import { answerForm } from '#app/http/form-answer.server.ts';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { openImport } from '#app/modules/capability/import/open-import.server.ts';
import { can } from '#app/modules/identity/policy.ts';
import { FileField, FormError, Submit, TextArea } from '#app/ui/form.tsx';
import { useFormBack } from '#app/ui/form-answer.tsx';
import { Empty } from '#app/ui/page.tsx';
import { requireCentre } from '../guard.server.ts';
import { Workspace } from '../workspace.tsx';
import { refusalText } from './scope-words.ts';

export const loader = serve(async ({ request, services }) => {
  const member = await requireCentre(services, request);
  return { manager: can(actorOf(member), 'scope.state') };
});

const bringForm = z.object({ pasted: z.string().default('') });

export const action = serve(async ({ request, services }) => {
  const actor = actorOf(await requireCentre(services, request));
  return answerForm(request, bringForm, async ({ pasted }, form) => {
    const [file] = filesIn(form, 'file');
    const brought = file ? { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) } : { pasted };
    const opened = await openImport(services, actor, brought);
    if ('id' in opened) throw redirectTo(`/centre/capabilities/import/${opened.id}`);
    return data({ unread: refusalText(opened.refused, opened.line), pasted }, { status: 400 });
  });
});

export const meta: MetaFunction = () => [{ title: `${m.capability_import_title()} · ${m.brand()}` }];

export default function ImportScope() {
  const { manager } = useView<typeof loader>();
  const answer = useActionData<typeof action>();
  const unread = answer && 'unread' in answer ? answer : undefined;
  const back = useFormBack();
  const trouble = unread?.unread ?? back.trouble?.text;
  return (
    <Workspace title={m.capability_import_title()}>
      {manager ? (
        <Form method="post" encType="multipart/form-data" className="card pad grid max-w-3xl gap-5">
          <p>{m.capability_import_lead()}</p>
          {trouble !== undefined && (
            <FormError title={m.capability_import_failed()}>
              <p>
                {trouble} {m.capability_import_kept()}
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
            defaultValue={unread?.pasted ?? back.text('pasted')}
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
