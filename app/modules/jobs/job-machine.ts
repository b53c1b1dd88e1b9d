import { type Machine, next } from '#app/modules/orders/machines.ts';
import type { JobState } from '#db/schema/jobs.ts';
import type { WorkProgress } from '#db/schema/orders.ts';

export type JobEvent = 'receive' | 'begin' | 'report' | 'close' | 'refuse' | 'fail' | 'cancel';

/** What the work on one piece may go through. The table is the documentation. */
export const JOB: Machine<JobState, JobEvent> = {
  start: ['awaited'],
  terminal: ['closed', 'refused', 'failed', 'cancelled'],
  moves: {
    // What is done remotely or taught has nothing to receive: it begins at once.
    awaited: { receive: 'received', begin: 'in_service', refuse: 'refused', cancel: 'cancelled' },
    received: { begin: 'in_service', refuse: 'refused', cancel: 'cancelled' },
    in_service: { report: 'reported', fail: 'failed', cancel: 'cancelled' },
    reported: { close: 'closed' },
    closed: {},
    refused: {},
    failed: {},
    cancelled: {},
  },
};

const STATES = Object.keys(JOB.moves) as JobState[];

/** The states in which a job knows the event. */
export const statesBefore = (event: JobEvent): JobState[] => STATES.filter((state) => next(JOB, state, event) !== undefined);

/** The way of a job that nothing befalls, and what an order shows whose pieces are all that far. */
const WAY: readonly (readonly [JobState, WorkProgress])[] = [
  ['awaited', 'confirmed'],
  ['received', 'received'],
  ['in_service', 'in_service'],
  ['reported', 'reported'],
];

/** What a confirmed order shows of the work: where the last of its pieces stands that is not at an end; `closed` when all of them are. */
export function progressOf(states: readonly JobState[]): WorkProgress {
  return WAY.find(([state]) => states.includes(state))?.[1] ?? 'closed';
}
