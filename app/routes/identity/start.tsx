import { redirectTo, serve } from '#app/http/route.server.ts';
import { requireViewer } from '#app/modules/identity/guards.server.ts';

const WORKPLACE = { sme: '/', centre: '/centre', park: '/park' } as const;

/** Where someone begins who was going nowhere in particular: the workplace of the organisation they act for. */
export const loader = serve(async ({ request, services }) => {
  const { organisation, person } = await requireViewer(services, request);
  if (person.operator) throw redirectTo('/operator');
  throw redirectTo(organisation ? WORKPLACE[organisation.kind] : '/account');
});
