import { redirect } from '@remix-run/node';
import { actorOf } from '#app/core/actor.ts';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { currentLocale } from '#app/i18n/locale.ts';
import { requireMember } from '#app/modules/identity/guards.server.ts';
import { startPayment } from '#app/modules/payments/start-payment.server.ts';

/** Somebody who signed in on the way here, or reloaded: the order page has the button. */
export const loader = serve(async ({ params }) => redirectTo(`/orders/${params.number}`));

/** Sends the buyer to the payment page: `<form method="post" action="/orders/HJ-…/pay">`. */
export const action = serve(async ({ request, params, services }) => {
  const member = await requireMember(services, request, 'sme');
  const number = params.number ?? '';
  const started = await startPayment(services, {
    actor: actorOf(member),
    number,
    email: member.person.email,
    locale: currentLocale(),
    origin: new URL(request.url).origin,
  });
  return 'url' in started ? redirect(started.url, { status: 303 }) : redirectTo(`/orders/${number}`);
});
