import { z } from 'zod';
import { actorOf } from '#app/core/actor.ts';
import { given, readForm } from '#app/core/form.ts';
import { isProblem, Problem } from '#app/core/problem.ts';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { requireMember } from '#app/modules/identity/guards.server.ts';
import { waitForEarlier } from '#app/modules/orders/offers/join-waiting-list.server.ts';
import { leaveWaitingList } from '#app/modules/orders/offers/leave-waiting-list.server.ts';

const waitingForm = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('join'), order: given }),
  z.object({ intent: z.literal('leave'), place: given }),
]);

/** Waits for an earlier time of an order (`intent` join, `order`), or no longer (`intent` leave, `place`). */
export const action = serve(async ({ request, services }) => {
  const member = await requireMember(services, request, 'sme');
  const read = readForm(await request.formData(), waitingForm);
  if ('faults' in read) throw new Problem('bad_request');
  if (read.input.intent === 'leave') {
    await leaveWaitingList(services, actorOf(member), read.input.place);
    return redirectTo('/orders?left=1');
  }
  const number = read.input.order;
  try {
    await waitForEarlier(services, actorOf(member), number);
    return redirectTo(`/orders/${encodeURIComponent(number)}?waiting=1`);
  } catch (error) {
    if (!isProblem(error) || error.code === 'not_found') throw error;
    return redirectTo(`/orders/${encodeURIComponent(number)}?wait_refused=1`);
  }
});
