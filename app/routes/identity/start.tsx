import { redirect } from '@remix-run/node';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { requireViewer } from '#app/modules/identity/guards.server.ts';
import { nextOf } from './onward.server.ts';

const WORKPLACE = { sme: '/', centre: '/centre', park: '/park' } as const;

/** After signing in: where the person was going; else the workplace of the organisation they act for. */
export const loader = serve(async ({ request, services }) => {
  const { organisation, person } = await requireViewer(services, request);
  const next = nextOf(request);
  if (next) throw redirect(next, { status: 303 });
  if (person.operator) throw redirectTo('/operator');
  throw redirectTo(organisation ? WORKPLACE[organisation.kind] : '/account');
});
