import { eq, sql } from 'drizzle-orm';
import { Problem } from '#app/core/problem.ts';
import { prepare, type Queries } from '#db/queries.ts';
import { unpaidHolds } from '#db/schema/orders.ts';
import type { Order } from './order-row.server.ts';
import { minutesKept, type Unpaid, unpaidFault, unpaidStep } from './unpaid-limit.ts';

/**
 * One more for a buyer, by one row: the engine lets two at once not both be the last. @throws Problem too_many_unpaid {reason: orders |
 * minutes} when it is more than may stand unpaid
 */
export async function countUnpaid(tx: Queries, buyerId: string, kept: Parameters<typeof minutesKept>[0]): Promise<void> {
  const [now] = (await prepare(tx, 'unpaid_more', (q) =>
    q
      .insert(unpaidHolds)
      .values({ buyerId: sql.placeholder('buyerId'), orders: 1, minutes: sql.placeholder('minutes'), changes: 1 })
      .onConflictDoUpdate({
        target: unpaidHolds.buyerId,
        set: {
          orders: sql`${unpaidHolds.orders} + 1`,
          minutes: sql`${unpaidHolds.minutes} + excluded.minutes`,
          changes: sql`${unpaidHolds.changes} + 1`,
        },
      })
      .returning({ orders: unpaidHolds.orders, minutes: unpaidHolds.minutes }),
  ).execute({ buyerId, minutes: minutesKept(kept) })) as Unpaid[];
  const fault = now && unpaidFault(now);
  if (fault) throw new Problem('too_many_unpaid', { reason: fault });
}

/** Keeps the count when an order changes. Never below none: what was held before there was a count is not in it. */
export async function countChange(tx: Queries, before: Pick<Order, 'progress'>, { progress, buyerId, snapshot }: Order): Promise<void> {
  const step = unpaidStep(before.progress, progress);
  const minutes = step * minutesKept(snapshot);
  const least = (column: typeof unpaidHolds.orders | typeof unpaidHolds.minutes, by: number) =>
    sql`case when ${column} + ${by} < 0 then 0 else ${column} + ${by} end`;
  await tx
    .insert(unpaidHolds)
    .values({ buyerId, orders: Math.max(0, step), minutes: Math.max(0, minutes), changes: 1 })
    .onConflictDoUpdate({
      target: unpaidHolds.buyerId,
      set: {
        ...(step !== 0 && { orders: least(unpaidHolds.orders, step), minutes: least(unpaidHolds.minutes, minutes) }),
        changes: sql`${unpaidHolds.changes} + 1`,
      },
    });
}

/** Which state of a buyer's orders this is: another number, another state. */
export async function orderChanges(q: Queries, buyerId: string): Promise<number> {
  const [row] = await prepare(q, 'buyer_order_changes', (p) =>
    p
      .select({ changes: unpaidHolds.changes })
      .from(unpaidHolds)
      .where(eq(unpaidHolds.buyerId, sql.placeholder('buyerId'))),
  ).execute({ buyerId });
  return row?.changes ?? 0;
}
