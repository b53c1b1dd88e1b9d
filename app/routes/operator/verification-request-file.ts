import { serve } from '#app/http/route.server.ts';
import { fileAnswer } from '#app/http/stored-file.server.ts';
import { requireOperator } from '#app/modules/identity/guards.server.ts';
import { readDocument } from '#app/read-models/view-requests.server.ts';

export const loader = serve(async ({ request, params, services }) => {
  const operator = await requireOperator(services, request);
  return fileAnswer(await readDocument(services, operator, params.id ?? '', params.file ?? ''));
});
