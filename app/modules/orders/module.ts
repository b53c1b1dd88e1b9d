/** What was agreed: state machines as tables, prices, cancellation, every event with its timeline and audit chain. */
import type { Deps } from '#app/core/deps.ts';
import { type Module, SECOND_MS } from '#app/core/module.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { orderLetters } from './letters.ts';
import { expireOffers } from './offers/expire-offers.server.ts';
import { forgetEndedOffers } from './offers/forget-ended.server.ts';
import { slotLetters } from './offers/letters.ts';
import { offerFreed } from './offers/offer-freed.server.ts';

declare module '#app/core/hooks.ts' {
  interface HookFacts {
    /** Paid: what was held is a booking. */
    orderConfirmed: { orderId: string };
    /** Declined, cancelled or expired; `wasConfirmed` when it had been paid. */
    orderEnded: { orderId: string; wasConfirmed: boolean };
  }
}

declare module '#app/core/problem.ts' {
  interface ProblemCodes {
    price_changed: true;
    service_not_bookable: true;
    hold_expired: true;
    transition_refused: true;
    mandatory_verification: true;
    too_many_unpaid: true;
  }
}

/**
 * The waiting lists are looked through every so often. Nothing has to tell them that a slot has become free, so that no way of freeing
 * one can be forgotten and bookings do no extra work. First starts are kept until their pool changes: a round in which nothing changed
 * costs one statement per place in the list.
 */
const WAITING_EVERY_MS = 20 * SECOND_MS;

/** What orders tells the composition; that holds expire is told by payments, which knows whether money is on its way. */
export const orders = {
  letters: { ...orderLetters, ...slotLetters },
  problems: {
    price_changed: [409, m.http_price_changed_title, m.http_price_changed_text, m.http_price_changed_next],
    service_not_bookable: [409, m.http_service_not_bookable_title, m.http_service_not_bookable_text, m.http_service_not_bookable_next],
    hold_expired: [410, m.http_hold_expired_title, m.http_hold_expired_text, m.http_hold_expired_next],
    transition_refused: [409, m.http_transition_refused_title, m.http_transition_refused_text, m.http_transition_refused_next],
    too_many_unpaid: [409, m.http_too_many_unpaid_title, m.http_too_many_unpaid_text, m.http_too_many_unpaid_next],
    mandatory_verification: [
      409,
      m.http_mandatory_verification_title,
      m.http_mandatory_verification_text,
      m.http_mandatory_verification_next,
    ],
  },
  tasks: (deps) => [
    {
      name: 'waiting lists',
      everyMs: WAITING_EVERY_MS,
      run: async () => {
        if ((await expireOffers(deps)) + (await offerFreed(deps)) > 0) deps.wake();
      },
    },
  ],
  tidy: forgetEndedOffers,
} as const satisfies Module<Deps & { wake(): void }>;
