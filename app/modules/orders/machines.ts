/**
 * What an order may go through: four machines that move apart from each other. The tables are the documentation;
 * who may cause an event, and when, is decided by the use cases.
 */
import type { DisputeState, PaymentState, PayoutState, Progress } from '#db/schema/orders.ts';

export type Machine<State extends string, Event extends string> = {
  readonly start: readonly State[];
  /** States nothing leads out of. */
  readonly terminal: readonly State[];
  readonly moves: Readonly<Record<State, Readonly<Partial<Record<Event, State>>>>>;
};

export type ProgressEvent = 'accept' | 'decline' | 'pay' | 'pay_late' | 'expire' | 'cancel' | 'receive' | 'begin' | 'report' | 'close';

export const PROGRESS: Machine<Progress, ProgressEvent> = {
  // Approve-first services begin as a request, instant ones as a hold.
  start: ['requested', 'held'],
  terminal: ['closed', 'declined', 'cancelled'],
  moves: {
    requested: { accept: 'held', decline: 'declined', cancel: 'cancelled', expire: 'expired' },
    held: { pay: 'confirmed', cancel: 'cancelled', expire: 'expired' },
    // What is done remotely or taught has nothing to receive: it begins at once.
    confirmed: { receive: 'received', begin: 'in_service', cancel: 'cancelled' },
    received: { begin: 'in_service', cancel: 'cancelled' },
    in_service: { report: 'reported', cancel: 'cancelled' },
    reported: { close: 'closed' },
    closed: {},
    declined: {},
    cancelled: {},
    // Money that arrives after the hold has ended books the slot all the same, if it is still free.
    expired: { pay_late: 'confirmed' },
  },
};

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

export type PayoutEvent = 'request' | 'transfer' | 'block' | 'unblock' | 'reverse';

export const PAYOUT: Machine<PayoutState, PayoutEvent> = {
  start: ['none'],
  terminal: ['reversed'],
  moves: {
    none: { request: 'pending' },
    pending: { transfer: 'transferred', block: 'blocked' },
    blocked: { unblock: 'pending' },
    transferred: { reverse: 'reversed' },
    reversed: {},
  },
};

export type DisputeEvent = 'open' | 'win' | 'lose';

export const DISPUTE: Machine<DisputeState, DisputeEvent> = {
  start: ['none'],
  terminal: ['won', 'lost'],
  moves: { none: { open: 'open' }, open: { win: 'won', lose: 'lost' }, won: {}, lost: {} },
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
