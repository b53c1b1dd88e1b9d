import { redirectTo, serve } from '#app/http/route.server.ts';
import { requireViewer } from '#app/modules/identity/guards.server.ts';
import { switchOrganisation } from '#app/modules/identity/switch-organisation.server.ts';

export const loader = serve(async () => {
  throw redirectTo('/account');
});

export const action = serve(async ({ request, services }) => {
  const viewer = await requireViewer(services, request);
  await switchOrganisation(services, viewer, String((await request.formData()).get('organisation')));
  throw redirectTo('/start');
});
