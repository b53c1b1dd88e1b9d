import { basisPoints } from '#app/core/money.ts';
import type { Queries } from '#db/queries.ts';
import type { CancelPolicy } from '#db/schema/catalogue.ts';
import type { PaymentState, Progress } from '#db/schema/orders.ts';

const HOUR_MS = 3_600_000;

/** How the disputes about an order's money stand: with the bank, or decided for us (`won`) or against. */
export type DisputeStanding = 'none' | 'open' | 'won' | 'lost';

/** Handed in: payments, which keeps the disputes, stands on orders. */
export type DisputeOf = (q: Queries, orderId: string) => Promise<DisputeStanding>;

/** On which side of an order somebody stands. */
export type Side = 'buyer' | 'centre';

/**
 * Why so much comes back. `late`: a part; `begun`: nothing, the time has come or the work has begun; `disputed`: once the bank has decided
 * for us; `charged_back`: nothing, the bank has given it back.
 */
export type RefundReason = 'nothing_paid' | 'by_centre' | 'in_time' | 'late' | 'begun' | 'disputed' | 'charged_back';

export type Cancellation = {
  by: Side;
  /** UTC ms. */
  at: number;
};
export type PaidOrder = {
  progress: Progress;
  /** UTC ms; null while none of its pieces is being worked on. */
  workBegunAt: number | null;
  payment: PaymentState;
  dispute: DisputeStanding;
  startAt: number;
  gross: number;
  refunded: number;
  cancelPolicy: CancelPolicy;
};

/** The last instant (UTC ms) at which a buyer gets everything back. */
export const fullRefundUntil = (startAt: number, policy: CancelPolicy): number => startAt - policy.fullHours * HOUR_MS;

/**
 * What comes back when an order is cancelled, in 分, never more than what is left of what was paid.
 * A centre that cancels gives everything back, whenever it does.
 */
export function refundDue(order: PaidOrder, cancellation: Cancellation): { amount: number; reason: RefundReason } {
  const paid = order.payment === 'paid' || order.payment === 'part_refunded';
  if (!paid) return { amount: 0, reason: 'nothing_paid' };
  if (order.dispute === 'lost') return { amount: 0, reason: 'charged_back' };
  const due = dueByPolicy(order, cancellation);
  return order.dispute === 'open' && due.amount > 0 ? { amount: due.amount, reason: 'disputed' } : due;
}

function dueByPolicy(order: PaidOrder, { by, at }: Cancellation): { amount: number; reason: RefundReason } {
  const left = order.gross - order.refunded;
  if (by === 'centre') return { amount: left, reason: 'by_centre' };
  if (order.workBegunAt !== null || at >= order.startAt) return { amount: 0, reason: 'begun' };
  if (at <= fullRefundUntil(order.startAt, order.cancelPolicy)) return { amount: left, reason: 'in_time' };
  return { amount: Math.min(left, basisPoints(order.gross, order.cancelPolicy.lateBasisPoints)), reason: 'late' };
}

const BUYER_MAY_CANCEL: readonly Progress[] = ['requested', 'held', 'confirmed', 'received'];
const CENTRE_MAY_CANCEL: readonly Progress[] = ['held', 'confirmed', 'received', 'in_service'];

/** Whether that side may cancel in that state. A centre declines a request instead, with its reason. */
export const mayCancel = ({ progress, workBegunAt }: Pick<PaidOrder, 'progress' | 'workBegunAt'>, by: Side): boolean =>
  by === 'buyer' ? BUYER_MAY_CANCEL.includes(progress) && workBegunAt === null : CENTRE_MAY_CANCEL.includes(progress);
