import { serve } from '#app/http/route.server.ts';
import { fileAnswer } from '#app/http/stored-file.server.ts';
import { readDocument } from '#app/modules/centres/verification/view-requests.server.ts';
import { requireOperator } from '#app/modules/identity/guards.server.ts';

export const loader = serve(async ({ request, params, services }) => {
  const { person } = await requireOperator(services, request);
  return fileAnswer(await readDocument(services, person.id, params.id ?? '', params.file ?? ''));
});
