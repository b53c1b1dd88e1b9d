import { actorOf } from '#app/core/actor.ts';
import { serve } from '#app/http/route.server.ts';
import { readEvidence } from '#app/modules/capability/accreditation/view-accreditations.server.ts';
import { requireCentre } from './guard.server.ts';

export const loader = serve(async ({ request, params, services }) => {
  const member = await requireCentre(services, request);
  const { name, type, bytes } = await readEvidence(services, actorOf(member), params.id ?? '');
  return new Response(Buffer.from(bytes), {
    headers: {
      'Content-Type': type,
      // Saved, never shown as a page of the site.
      'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
      'Cache-Control': 'private, no-store',
    },
  });
});
