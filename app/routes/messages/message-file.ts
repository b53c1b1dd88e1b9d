import { actorOf } from '#app/core/actor.ts';
import { serve } from '#app/http/route.server.ts';
import { fileAnswer } from '#app/http/stored-file.server.ts';
import { requireMember } from '#app/modules/identity/guards.server.ts';
import { readMessageFile } from '#app/modules/messages/read-file.server.ts';

export const loader = serve(async ({ request, params, services }) => {
  const actor = actorOf(await requireMember(services, request, ['sme', 'centre']));
  const { id = '', message = '', file = '' } = params;
  return fileAnswer(await readMessageFile(services, actor, { conversation: id, message, file }));
});
