import type { PaymentState, Progress } from '#db/schema/orders.ts';
import { next, ORDER, stateOf } from './machines.ts';
import { mayCancel, type Side } from './policy.ts';

export type OrderAction = 'pay' | 'cancel' | 'accept' | 'decline';
/** Why something that belongs to that side cannot be done now. */
export type NotNow = 'not_yet' | 'past' | 'hold_ended' | 'too_late' | 'waiting_for_centre' | 'payment_under_way' | 'centre_unverified';
export type ActionState = { action: OrderAction; possible: true } | { action: OrderAction; possible: false; why: NotNow };

type Facts = {
  progress: Progress;
  workBegunAt: number | null;
  payment: PaymentState;
  startAt: number;
  holdExpiresAt: number | null;
  decisionDueAt: number | null;
  /** Whether the centre is verified: only then it takes money. */
  verified: boolean;
};

const OF_SIDE: Record<Side, readonly OrderAction[]> = {
  buyer: ['pay', 'cancel'],
  centre: ['accept', 'decline', 'cancel'],
};

/** What that side may do at `now` (UTC ms), and why not what it may not: the page shows both, the use cases decide again. */
export function possibleActions(order: Facts, side: Side, now: number): ActionState[] {
  return OF_SIDE[side].map((action): ActionState => {
    const why = whyNot(order, side, action, now);
    return why === null ? { action, possible: true } : { action, possible: false, why };
  });
}

function whyNot(order: Facts, side: Side, action: OrderAction, now: number): NotNow | null {
  const { progress } = order;
  if (action === 'cancel') return mayCancel(order, side) ? null : progress === 'requested' ? 'not_yet' : 'past';
  if (action === 'pay') {
    if (progress === 'requested') return 'waiting_for_centre';
    if (progress !== 'held') return 'past';
    if (order.payment === 'processing') return 'payment_under_way';
    if (order.holdExpiresAt !== null && order.holdExpiresAt <= now) return 'hold_ended';
    return order.verified ? null : 'centre_unverified';
  }
  if (!next(ORDER, stateOf(progress), action)) return 'past';
  const due = Math.min(order.startAt, order.decisionDueAt ?? order.startAt);
  if (action !== 'accept') return null;
  return due <= now ? 'too_late' : order.verified ? null : 'centre_unverified';
}
