import { actorOf } from '#app/core/actor.ts';
import { serve } from '#app/http/route.server.ts';
import { exportScope } from '#app/modules/capability/import/export-scope.server.ts';
import { requireCentre } from '../guard.server.ts';

export const loader = serve(async ({ request, services }) => {
  const member = await requireCentre(services, request);
  const { name, csv } = await exportScope(services, actorOf(member));
  return new Response(csv, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${name}"`,
      'Cache-Control': 'private, no-store',
    },
  });
});
