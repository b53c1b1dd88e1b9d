/**
 * What an order may go through: two machines that move apart from each other; those of its disputes and its payout are payments'. The
 * tables are the documentation; who may cause an event, and when, is decided by the use cases.
 */
import type { OrderState, PaymentState, Progress } from '#db/schema/orders.ts';

export type Machine<State extends string, Event extends string> = {
  readonly start: readonly State[];
  /** States nothing leads out of. */
  readonly terminal: readonly State[];
  readonly moves: Readonly<Record<State, Readonly<Partial<Record<Event, State>>>>>;
};

export type OrderMove = 'accept' | 'decline' | 'pay' | 'pay_late' | 'expire' | 'cancel';

/** What is agreed between the two sides; how the work goes is each job's (modules/jobs/job-machine.ts). */
export const ORDER: Machine<OrderState, OrderMove> = {
  // Approve-first services begin as a request, instant ones as a hold.
  start: ['requested', 'held'],
  terminal: ['declined', 'cancelled'],
  moves: {
    requested: { accept: 'held', decline: 'declined', cancel: 'cancelled', expire: 'expired' },
    held: { pay: 'confirmed', cancel: 'cancelled', expire: 'expired' },
    // Up to when is the policy's to say (policy.ts).
    confirmed: { cancel: 'cancelled' },
    declined: {},
    cancelled: {},
    // Money that arrives after the hold has ended books the slot all the same, if it is still free.
    expired: { pay_late: 'confirmed' },
  },
};

const AT_WORK: readonly Progress[] = ['received', 'in_service', 'reported', 'closed'];

/** A date of a course is not withdrawn under an order in these; its seats are no longer needed when the report is out. */
export const NEEDS_ITS_DATE: Progress[] = ['requested', 'held', 'confirmed', 'received', 'in_service'];

/** The state of an order that shows its work. */
export const stateOf = (progress: Progress): OrderState => (AT_WORK.includes(progress) ? 'confirmed' : (progress as OrderState));

export type PaymentEvent = 'begin' | 'fail' | 'pay' | 'refund_part' | 'refund_all' | 'refund_failed_part' | 'refund_failed_all';

export const PAYMENT: Machine<PaymentState, PaymentEvent> = {
  start: ['unpaid'],
  // A refund the gateway called done may still come back (closed card, wrong account): nothing is final.
  terminal: [],
  moves: {
    unpaid: { begin: 'processing', pay: 'paid' },
    processing: { fail: 'unpaid', pay: 'paid' },
    paid: { refund_part: 'part_refunded', refund_all: 'refunded' },
    part_refunded: { refund_part: 'part_refunded', refund_all: 'refunded', refund_failed_part: 'part_refunded', refund_failed_all: 'paid' },
    refunded: { refund_failed_part: 'part_refunded', refund_failed_all: 'paid' },
  },
};

/** The state after the event, or nothing when the machine does not know the event in that state. */
export function next<State extends string, Event extends string>(
  machine: Machine<State, Event>,
  state: State,
  event: Event,
): State | undefined {
  const moves: Readonly<Partial<Record<Event, State>>> = machine.moves[state];
  return Object.hasOwn(moves, event) ? moves[event] : undefined;
}
