import { serve } from '#app/http/route.server.ts';
import { fileAnswer, framedFile } from '#app/http/stored-file.server.ts';
import { requireOperator } from '#app/modules/identity/guards.server.ts';
import { readCertificate } from '#app/read-models/view-checks.server.ts';

export const loader = serve(async ({ request, params, services }) => {
  const operator = await requireOperator(services, request);
  const file = await readCertificate(services, operator, params.id ?? '', params.file ?? '');
  return new URL(request.url).searchParams.has('framed') ? framedFile(file) : fileAnswer(file);
});
