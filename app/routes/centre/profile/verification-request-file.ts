import { actorOf } from '#app/core/actor.ts';
import { serve } from '#app/http/route.server.ts';
import { fileAnswer } from '#app/http/stored-file.server.ts';
import { readOwnDocument } from '#app/modules/centres/verification/view-requests.server.ts';
import { requireMember } from '#app/modules/identity/guards.server.ts';

export const loader = serve(async ({ request, params, services }) => {
  const actor = actorOf(await requireMember(services, request, 'centre'));
  return fileAnswer(await readOwnDocument(services, actor, params.id ?? '', params.file ?? ''));
});
