import type { HeadersFunction, MetaFunction } from '@remix-run/node';
import { actorOf } from '#app/core/actor.ts';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { requireMember } from '#app/modules/identity/guards.server.ts';
import { landPayment } from '#app/modules/payments/land-payment.server.ts';
import { A } from '#app/ui/link.tsx';
import { Page } from '#app/ui/page.tsx';

/** Seconds between two looks while the money is on its way. */
const LOOK_AGAIN = 4;

/** Where the payment page sends the buyer back to. The order page says how it ended (`?payment=paid|unpaid`). */
export const loader = serve(async ({ request, params, services }) => {
  const member = await requireMember(services, request, 'sme');
  const number = params.number ?? '';
  const session = new URL(request.url).searchParams.get('session_id') ?? '';
  const state = await landPayment(services, { actor: actorOf(member), number, session });
  if (state === 'waiting') return { number };
  services.wake(); // the mails
  throw redirectTo(`/orders/${number}?payment=${state}`);
});

export const headers: HeadersFunction = () => ({ 'Cache-Control': 'no-store' });

export const meta: MetaFunction = () => [
  { title: `${m.payments_waiting_title()} · ${m.brand()}` },
  { name: 'robots', content: 'noindex' },
  // Works without JavaScript, as the payment itself does.
  { httpEquiv: 'refresh', content: String(LOOK_AGAIN) },
];

export default function Paid() {
  const { number } = useView<typeof loader>();
  return (
    <Page title={m.payments_waiting_title()} narrow>
      <div className="card pad grid gap-4" role="status">
        <p>{m.payments_waiting_text()}</p>
        <p className="muted">{m.payments_waiting_leave()}</p>
        <A to={`/orders/${number}`} className="btn justify-self-start">
          {m.payments_waiting_order()}
        </A>
      </div>
    </Page>
  );
}
