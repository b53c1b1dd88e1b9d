/** What a checkout and a refund may go through. News may arrive late, twice and in any order: a move not listed here changes nothing. */
import type { paymentAttempt, refund } from '#db/schema/payments.ts';

export type AttemptState = (typeof paymentAttempt.$inferSelect)['state'];
export type RefundState = (typeof refund.$inferSelect)['state'];

/** From which states each state is reached. Money that arrived counts, whatever was recorded before, and nothing undoes it. */
export const ATTEMPT_FROM: Record<AttemptState, readonly AttemptState[]> = {
  starting: [],
  open: ['starting'],
  processing: ['starting', 'open'],
  paid: ['starting', 'open', 'processing', 'failed', 'expired'],
  failed: ['starting', 'open', 'processing'],
  expired: ['starting', 'open'],
};

/** A refund that was called done may still come back from the payer's bank. */
export const REFUND_FROM: Record<RefundState, readonly RefundState[]> = {
  waiting: [],
  starting: ['waiting'],
  void: ['waiting'],
  pending: ['starting'],
  succeeded: ['starting', 'pending'],
  failed: ['starting', 'pending', 'succeeded'],
};
