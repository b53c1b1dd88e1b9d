import { actorOf } from '#app/core/actor.ts';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { requireMember } from '#app/modules/identity/guards.server.ts';
import { retryRefund } from '#app/modules/payments/retry-refund.server.ts';

/** Tries a failed refund again: `<form method="post" action="/orders/HJ-…/refund">` with a field `refund`. */
export const action = serve(async ({ request, params, services }) => {
  const member = await requireMember(services, request, ['sme', 'centre']);
  const refundId = String((await request.formData()).get('refund') ?? '');
  const number = params.number ?? '';
  await retryRefund(services, { actor: actorOf(member), number, refundId });
  return redirectTo(member.organisation.kind === 'centre' ? `/centre/orders/${number}` : `/orders/${number}`);
});
