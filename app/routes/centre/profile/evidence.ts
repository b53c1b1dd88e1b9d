import { actorOf } from '#app/core/actor.ts';
import { serve } from '#app/http/route.server.ts';
import { fileAnswer } from '#app/http/stored-file.server.ts';
import { readEvidence } from '#app/read-models/view-accreditations.server.ts';
import { requireCentre } from '../guard.server.ts';

export const loader = serve(async ({ request, params, services }) => {
  const member = await requireCentre(services, request);
  return fileAnswer(await readEvidence(services, actorOf(member), params.id ?? ''));
});
