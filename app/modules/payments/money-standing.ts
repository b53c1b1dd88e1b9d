/** Where an order's money is: not there yet, kept by the payment institution, shared out to the centre, or back with who paid. */
import type { DisputeStanding } from '#app/modules/orders/policy.ts';
import type { PaymentState, Progress } from '#db/schema/orders.ts';
import type { PayoutState } from '#db/schema/payments.ts';
import type { RefundState } from './attempt-machine.ts';

export type MoneyFacts = {
  order: { progress: Progress; payment: PaymentState; dispute: DisputeStanding };
  /** `paidAt` UTC ms, amounts in 分. */
  payment: { amount: number; paidAt: number } | null;
  refunds: readonly { amount: number; state: RefundState }[];
  payout: { state: PayoutState; amount: number; at: number } | null;
};

/** `due`: the work is accepted, or the order ended with a part that stays with the centre; it has not been shared out yet. */
export type MoneyStanding =
  | { kind: 'awaited' | 'processing' | 'nothing' | 'returned' | 'disputed' | 'charged_back' }
  | { kind: 'held'; amount: number; at: number }
  | { kind: 'due'; amount: number }
  | { kind: 'paid_out'; amount: number; at: number };

const AWAITED: readonly Progress[] = ['requested', 'held'];
const OVER: readonly Progress[] = ['closed', 'declined', 'cancelled', 'expired'];
/** A refund that failed left the money where it was; a void one was the bank's. */
const LEAVES: readonly RefundState[] = ['waiting', 'starting', 'pending', 'succeeded'];

export function moneyStanding({ order, payment, refunds, payout }: MoneyFacts): MoneyStanding {
  if (!payment) {
    if (order.payment === 'processing') return { kind: 'processing' };
    return { kind: AWAITED.includes(order.progress) ? 'awaited' : 'nothing' };
  }
  const leaving = refunds.filter(({ state }) => LEAVES.includes(state)).reduce((sum, { amount }) => sum + amount, 0);
  const amount = Math.max(0, payment.amount - leaving);
  if (order.dispute === 'lost') return { kind: 'charged_back' };
  if (order.dispute === 'open') return { kind: 'disputed' };
  if (payout?.state === 'transferred') return { kind: 'paid_out', amount: payout.amount, at: payout.at };
  if (amount === 0) return { kind: 'returned' };
  return OVER.includes(order.progress) ? { kind: 'due', amount } : { kind: 'held', amount, at: payment.paidAt };
}
