import { eq } from 'drizzle-orm';
import type { DisputeOf } from '#app/modules/orders/policy.ts';
import { dispute } from '#db/schema/payments.ts';
import { standingOf } from './dispute-machine.ts';

/** How the disputes about an order's money stand. */
export const disputeStanding: DisputeOf = async (q, orderId) =>
  standingOf((await q.select({ state: dispute.state }).from(dispute).where(eq(dispute.orderId, orderId))).map(({ state }) => state));
