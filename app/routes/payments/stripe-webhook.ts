import { isProblem } from '#app/core/problem.ts';
import { serve } from '#app/http/route.server.ts';
import { receiveWebhook } from '#app/modules/payments/receive-webhook.server.ts';

const plain = (text: string, status: number) =>
  new Response(`${text}\n`, { status, headers: { 'Content-Type': 'text/plain; charset=utf-8' } });

/** Called by the gateway. The text is taken as it came: the signature is over exactly that. */
export const action = serve(async ({ request, services }) => {
  try {
    return plain(await receiveWebhook(services, await request.text(), request.headers.get('stripe-signature')), 200);
  } catch (error) {
    if (isProblem(error) && (error.code === 'unsigned_event' || error.code === 'bad_request')) return plain(error.code, 400);
    throw error;
  }
});
