import { actorOf } from '#app/core/actor.ts';
import { isProblem, Problem } from '#app/core/problem.ts';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { requireMember } from '#app/modules/identity/guards.server.ts';
import { declineOffer, takeOffer } from '#app/modules/orders/offers/answer-offer.server.ts';

/** The buyer's answer to an offer: `<form method="post" action="/offers/…">` with `intent` take or decline. */
export const action = serve(async ({ request, params, services }) => {
  const member = await requireMember(services, request, 'sme');
  const intent = (await request.formData()).get('intent');
  if (intent !== 'take' && intent !== 'decline') throw new Problem('bad_request');
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
