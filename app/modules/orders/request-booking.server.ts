import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import type { BookingForm } from './booking-form.ts';
import { mailBuyer, mailCentre } from './order-mail.server.ts';
import { type Beginning, type Placed, placeOrder } from './place-order.server.ts';

const HOUR_MS = 3_600_000;

const REQUEST: Beginning = {
  booking: 'approve',
  // An answer after the slot has begun helps nobody.
  state: ({ service }, startAt, now) => ({
    progress: 'requested',
    holdExpiresAt: null,
    decisionDueAt: Math.min(now + service.decisionHours * HOUR_MS, startAt),
  }),
  after: async (tx, order, now) => {
    const decisionDueAt = order.decisionDueAt ?? now;
    await mailBuyer(tx, order, 'order_requested', { decisionDueAt }, now);
    await mailCentre(tx, order, 'centre_new_order', { decisionDueAt }, now, { once: 'requested' });
  },
};

/** Asks the centre for a slot; it stays the buyer's until the centre has decided or `decisionDueAt` has passed. Problems: `placeOrder`. */
export const requestBooking = (deps: Pick<Deps, 'db' | 'clock'>, actor: Actor, form: BookingForm): Promise<Placed> =>
  placeOrder(deps, actor, form, REQUEST);
