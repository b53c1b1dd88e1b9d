import { and, eq, inArray } from 'drizzle-orm';
import { audit } from '#app/core/audit.server.ts';
import { enqueue } from '#app/core/outbox.server.ts';
import { type Queries, sumOf } from '#db/queries.ts';
import { refund } from '#db/schema/payments.ts';
import { REFUND_FROM } from './attempt-machine.ts';

/** Refunds that were paid back, or may have been: their sum cannot be refunded again. */
const SPENT = ['waiting', 'starting', 'pending', 'succeeded'] as const;

/** What has gone back of one payment, or is on its way, in 分. */
export async function refundedOf(q: Queries, attemptId: string): Promise<number> {
  const [row] = await q
    .select({ sum: sumOf(refund.amount) })
    .from(refund)
    .where(and(eq(refund.attemptId, attemptId), inArray(refund.state, [...SPENT])));
  return row?.sum ?? 0;
}

type NewRefund = { id: string; orderId: string; attemptId: string; amount: number; reason: string };

/**
 * Writes a refund down with its key, to be sent to the gateway after the commit. The caller has made sure that so much is left.
 * @param refund `id` is its own: the same one twice is one refund
 * @param disputed the bank holds the money: the refund waits for what it decides
 */
export async function createRefund(
  tx: Queries,
  { id, orderId, attemptId, amount, reason }: NewRefund,
  now: number,
  disputed = false,
): Promise<void> {
  const state = disputed ? 'waiting' : 'starting';
  const [row] = await tx
    .insert(refund)
    .values({ id, orderId, attemptId, amount, reason, idempotencyKey: `refund:${id}`, state, createdAt: now, updatedAt: now })
    .onConflictDoNothing()
    .returning({ id: refund.id });
  if (!row) return;
  await audit(tx, { chain: `order:${orderId}`, actorId: null, action: 'refund.requested', data: { refund: id, amount, reason } }, now);
  if (!disputed) await enqueue(tx, { topic: 'send_refund', payload: { refundId: id }, dedupeKey: id }, now);
}

/** The dispute is decided: what waited for it is sent (`won`), or never (`lost`: the bank gave the money back itself). */
export async function endWaiting(tx: Queries, orderId: string, decision: 'won' | 'lost', now: number): Promise<void> {
  const state = decision === 'won' ? 'starting' : 'void';
  const ended = await tx
    .update(refund)
    .set({ state, updatedAt: now })
    .where(and(eq(refund.orderId, orderId), inArray(refund.state, [...REFUND_FROM[state]])))
    .returning({ id: refund.id, amount: refund.amount });
  for (const { id, amount } of ended) {
    if (state === 'starting') await enqueue(tx, { topic: 'send_refund', payload: { refundId: id }, dedupeKey: id }, now);
    else await audit(tx, { chain: `order:${orderId}`, actorId: null, action: 'refund.void', data: { refund: id, amount } }, now);
  }
}
