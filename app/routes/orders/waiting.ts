import { actorOf } from '#app/core/actor.ts';
import { isProblem, Problem } from '#app/core/problem.ts';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { requireMember } from '#app/modules/identity/guards.server.ts';
import { waitForEarlier } from '#app/modules/orders/offers/join-waiting-list.server.ts';
import { leaveWaitingList } from '#app/modules/orders/offers/leave-waiting-list.server.ts';

/** Waits for an earlier time of an order (`intent` join, `order`), or no longer (`intent` leave, `place`). */
export const action = serve(async ({ request, services }) => {
  const member = await requireMember(services, request, 'sme');
  const form = await request.formData();
  if (form.get('intent') === 'leave') {
    await leaveWaitingList(services, actorOf(member), String(form.get('place') ?? ''));
    return redirectTo('/orders?left=1');
  }
  if (form.get('intent') !== 'join') throw new Problem('bad_request');
  const number = String(form.get('order') ?? '');
  try {
    await waitForEarlier(services, actorOf(member), number);
    return redirectTo(`/orders/${encodeURIComponent(number)}?waiting=1`);
  } catch (error) {
    if (!isProblem(error) || error.code === 'not_found') throw error;
    return redirectTo(`/orders/${encodeURIComponent(number)}?wait_refused=1`);
  }
});
