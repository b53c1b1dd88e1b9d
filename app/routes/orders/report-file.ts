import { actorOf } from '#app/core/actor.ts';
import { serve } from '#app/http/route.server.ts';
import { fileAnswer } from '#app/http/stored-file.server.ts';
import { requireMember } from '#app/modules/identity/guards.server.ts';
import { readReport } from '#app/modules/jobs/read-report.server.ts';

export const loader = serve(async ({ request, params, services }) => {
  const actor = actorOf(await requireMember(services, request, ['sme', 'centre']));
  return fileAnswer(await readReport(services, actor, { number: params.number ?? '', file: params.file ?? '' }));
});
