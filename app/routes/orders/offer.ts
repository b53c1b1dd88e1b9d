import { z } from 'zod';
import { actorOf } from '#app/core/actor.ts';
import { choice, readForm } from '#app/core/form.ts';
import { isProblem, Problem } from '#app/core/problem.ts';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { requireMember } from '#app/modules/identity/guards.server.ts';
import { declineOffer, takeOffer } from '#app/modules/orders/offers/answer-offer.server.ts';

const offerForm = z.object({ intent: choice(['take', 'decline']) });

/** The buyer's answer to an offer: `<form method="post" action="/offers/…">` with `intent` take or decline. */
export const action = serve(async ({ request, params, services }) => {
  const member = await requireMember(services, request, 'sme');
  const read = readForm(await request.formData(), offerForm);
  if ('faults' in read) throw new Problem('bad_request');
  const { intent } = read.input;
  try {
    const answer = intent === 'take' ? takeOffer : declineOffer;
    const number = await answer(services, actorOf(member), params.id ?? '');
    services.wake();
    return redirectTo(`${number ? `/orders/${number}` : '/orders'}?${intent === 'take' ? 'moved' : 'offer_declined'}=1`);
  } catch (error) {
    if (!isProblem(error) || error.code === 'not_found') throw error;
    return redirectTo('/orders?offer_gone=1');
  }
});
