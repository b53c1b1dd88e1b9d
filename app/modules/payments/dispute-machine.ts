/** What a dispute and a payout may go through, and how the disputes of one order stand together. */
import type { Machine } from '#app/modules/orders/machines.ts';
import type { DisputeStanding } from '#app/modules/orders/policy.ts';
import type { DisputeState, PayoutState } from '#db/schema/payments.ts';

export type DisputeEvent = 'win' | 'lose';

export const DISPUTE: Machine<DisputeState, DisputeEvent> = {
  start: ['open'],
  terminal: ['won', 'lost'],
  moves: { open: { win: 'won', lose: 'lost' }, won: {}, lost: {} },
};

export type PayoutEvent = 'transfer' | 'block' | 'unblock' | 'reverse';

export const PAYOUT: Machine<PayoutState, PayoutEvent> = {
  start: ['pending'],
  terminal: ['reversed'],
  moves: {
    pending: { transfer: 'transferred', block: 'blocked' },
    blocked: { unblock: 'pending' },
    transferred: { reverse: 'reversed' },
    reversed: {},
  },
};

/** The most serious one decides: money that the bank gave back is gone, whatever it decides about the others. */
const WEIGHT: readonly DisputeState[] = ['lost', 'open', 'won'];

export const standingOf = (states: readonly DisputeState[]): DisputeStanding => WEIGHT.find((state) => states.includes(state)) ?? 'none';
