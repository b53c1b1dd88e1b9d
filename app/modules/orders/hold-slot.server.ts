import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import type { BookingForm } from './booking-form.ts';
import { type Beginning, type Placed, placeOrder } from './place-order.server.ts';

/** Time to pay before the slot is given up. Not below 30 minutes: the shortest a checkout at the gateway may last (Stripe `expires_at`). */
export const HOLD_MS = 30 * 60_000;

const HOLD: Beginning = {
  booking: 'instant',
  state: (_bookable, _startAt, now) => ({ progress: 'held', holdExpiresAt: now + HOLD_MS, decisionDueAt: null }),
};

/** Books a slot of a service that needs no approval: it is the buyer's until `holdExpiresAt`, and for good once it is paid. Problems: `placeOrder`. */
export const holdSlot = (deps: Pick<Deps, 'db' | 'clock'>, actor: Actor, form: BookingForm): Promise<Placed> =>
  placeOrder(deps, actor, form, HOLD);
