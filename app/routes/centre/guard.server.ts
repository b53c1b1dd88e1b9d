import { actorOf } from '#app/core/actor.ts';
import { redirectTo } from '#app/http/route.server.ts';
import type { Services } from '#app/http/services.server.ts';
import { hasCentre } from '#app/modules/centres/has-centre.server.ts';
import { requireMember } from '#app/modules/identity/guards.server.ts';

/** A member of a centre that has its entry; one that has none yet is led to the page where it is made. */
export async function requireCentre(services: Services, request: Request) {
  const member = await requireMember(services, request, 'centre');
  if (!(await hasCentre(services, actorOf(member)))) throw redirectTo('/centre/profile');
  return member;
}
