import type { MetaFunction } from '@remix-run/node';
import * as m from '#app/i18n/paraglide/messages.js';
import type { Order } from '#app/modules/catalogue/facets.ts';
import { A } from '#app/ui/link.tsx';
import { Page } from '#app/ui/page.tsx';
import { orderNames } from '../catalogue/orders.ts';

/** Every order there is: one more does not compile without its explanation. */
const WHAT: Record<Order, (() => string)[]> = {
  fit: [m.legal_ordering_fit_need, m.legal_ordering_fit_words],
  price: [m.legal_ordering_price],
  price_desc: [m.legal_ordering_price_desc],
  earliest: [m.legal_ordering_earliest],
  distance: [m.legal_ordering_distance],
};

export const meta: MetaFunction = () => [{ title: `${m.legal_ordering()} · ${m.brand()}` }];

export default function Ordering() {
  return (
    <Page title={m.legal_ordering()} lead={m.legal_ordering_lead()}>
      <p>{m.legal_ordering_choice()}</p>
      <dl className="grid max-w-[70ch] gap-4">
        {orderNames(Object.keys(WHAT) as Order[]).map(({ order, label }) => (
          <div key={order} className="grid gap-1">
            <dt className="font-semibold">{label}</dt>
            {WHAT[order].map((say) => (
              <dd key={say()}>{say()}</dd>
            ))}
          </div>
        ))}
      </dl>
      <p>
        <A to="/search" className="btn">
          {m.ui_nav_search()}
        </A>
      </p>
    </Page>
  );
}
