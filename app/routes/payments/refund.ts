import { z } from 'zod';
import { actorOf } from '#app/core/actor.ts';
import { given, readForm } from '#app/core/form.ts';
import { Problem } from '#app/core/problem.ts';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { requireMember } from '#app/modules/identity/guards.server.ts';
import { retryRefund } from '#app/modules/payments/retry-refund.server.ts';

const refundForm = z.object({ refund: given });

/** Tries a failed refund again: `<form method="post" action="/orders/HJ-…/refund">` with a field `refund`. */
export const action = serve(async ({ request, params, services }) => {
  const member = await requireMember(services, request, ['sme', 'centre']);
  const read = readForm(await request.formData(), refundForm);
  if ('faults' in read) throw new Problem('bad_request');
  const number = params.number ?? '';
  await retryRefund(services, { actor: actorOf(member), number, refundId: read.input.refund });
  return redirectTo(member.organisation.kind === 'centre' ? `/centre/orders/${number}` : `/orders/${number}`);
});
