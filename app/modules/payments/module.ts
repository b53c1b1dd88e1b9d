/** The gateway port, Stripe behind it, the webhook inbox, refunds and the double-entry ledger. */
import { type Module, SECOND_MS } from '#app/core/module.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { expireHolds } from '#app/modules/orders/expire-holds.server.ts';
import { expireRequests } from '#app/modules/orders/expire-requests.server.ts';
import type { PaymentDeps } from './deps.ts';
import { paymentEffects } from './payment-effects.server.ts';
import { paymentUnderWay } from './payment-under-way.server.ts';
import { RECONCILE_EVERY_MS, reconcile } from './reconcile.server.ts';

declare module '#app/core/hooks.ts' {
  interface HookFacts {
    /** Money of an order has gone back to its buyer; in 分. */
    orderRefunded: { orderId: string; refundId: string; amount: number };
    /** What had gone back did not arrive, and is here again. */
    refundCameBack: { orderId: string; refundId: string; amount: number };
  }
}

declare module '#app/core/problem.ts' {
  interface ProblemCodes {
    payment_unavailable: true;
    payment_in_progress: true;
    refund_refused: true;
    unsigned_event: true;
  }
}

/** A hold ends within a minute of its time, and who waits for the slot sees it free soon after. */
const EXPIRY_EVERY_MS = 15 * SECOND_MS;

/** What payments tells the composition. */
export const payments = {
  problems: {
    payment_unavailable: [503, m.http_payment_unavailable_title, m.http_payment_unavailable_text, m.http_payment_unavailable_next],
    payment_in_progress: [409, m.http_payment_in_progress_title, m.http_payment_in_progress_text, m.http_payment_in_progress_next],
    refund_refused: [409, m.http_refund_refused_title, m.http_refund_refused_text, m.http_refund_refused_next],
    unsigned_event: [400, m.http_unsigned_event_title, m.http_unsigned_event_text, m.http_unsigned_event_next],
  },
  tasks: (deps) => [
    {
      name: 'expiry',
      everyMs: EXPIRY_EVERY_MS,
      run: async () => {
        // Money that came after all, or is on its way, keeps the hold until the next sweep.
        await expireHolds(deps, (orderId) => paymentUnderWay(deps, orderId));
        await expireRequests(deps);
      },
    },
    { name: 'reconciliation', everyMs: RECONCILE_EVERY_MS, run: (signal) => reconcile(deps, signal) },
  ],
  effects: paymentEffects,
} as const satisfies Module<PaymentDeps>;
