/**
 * An error people may see: a code, and the facts its message needs. What it means as an HTTP status and in words
 * is said once, in http/problems.ts.
 */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly facts: Record<string, string | number>;
  constructor(code: ProblemCode, facts: Record<string, string | number> = {}, options?: ErrorOptions) {
    super(code, options);
    this.name = 'Problem';
    this.code = code;
    this.facts = facts;
  }
}

/** By name, not by class: the server's bundle and the process around it each hold a copy of the class. */
export const isProblem = (error: unknown): error is Problem => error instanceof Error && error.name === 'Problem';

/** Every code there is; http/problems.ts must give each a status and a message (the compiler checks). */
export type ProblemCode =
  | 'not_found'
  | 'forbidden'
  | 'sign_in_required'
  | 'bad_origin'
  | 'too_large'
  | 'too_many_tries'
  | 'bad_request'
  | 'invalid_form'
  | 'stale'
  | 'busy'
  | 'overloaded'
  | 'unwritable'
  | 'unsure'
  // work in threads
  | 'threads_full'
  | 'thread_failed'
  // identity
  | 'link_expired'
  | 'last_owner'
  | 'already_member'
  // scheduling
  | 'slot_taken'
  | 'slot_closed'
  | 'sold_out'
  | 'quantity_out_of_range'
  | 'closure_has_bookings'
  // orders
  | 'price_changed'
  | 'service_not_bookable'
  | 'hold_expired'
  | 'transition_refused'
  | 'mandatory_verification'
  // payments
  | 'payment_unavailable'
  | 'payment_in_progress'
  | 'refund_refused'
  | 'unsigned_event';
