import { and, eq, inArray } from 'drizzle-orm';
import { audit } from '#app/core/audit.server.ts';
import { enqueue } from '#app/core/outbox.server.ts';
import { type Queries, sumOf } from '#db/queries.ts';
import { refund } from '#db/schema/payments.ts';

/** Refunds that have gone back, or may have: what they sum to is no longer there to be refunded. */
const SPENT = ['starting', 'pending', 'succeeded'] as const;

/** What has gone back of one payment, or is on its way, in 分. */
export async function refundedOf(q: Queries, attemptId: string): Promise<number> {
  const [row] = await q
    .select({ sum: sumOf(refund.amount) })
    .from(refund)
    .where(and(eq(refund.attemptId, attemptId), inArray(refund.state, [...SPENT])));
  return row?.sum ?? 0;
}

/**
 * Writes a refund down with its key, to be sent to the gateway after the commit. The caller has made sure that so much is left.
 * @param id the refund's own: the same one twice is one refund
 */
export async function putDownRefund(
  tx: Queries,
  { id, orderId, attemptId, amount, reason }: { id: string; orderId: string; attemptId: string; amount: number; reason: string },
  now: number,
): Promise<void> {
  const [row] = await tx
    .insert(refund)
    .values({ id, orderId, attemptId, amount, reason, idempotencyKey: `refund:${id}`, state: 'starting', createdAt: now, updatedAt: now })
    .onConflictDoNothing()
    .returning({ id: refund.id });
  if (!row) return;
  await audit(tx, { chain: `order:${orderId}`, actorId: null, action: 'refund.requested', data: { refund: id, amount, reason } }, now);
  await enqueue(tx, { topic: 'send_refund', payload: { refundId: id }, dedupeKey: id }, now);
}
