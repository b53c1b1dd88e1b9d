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
      .values({ buyerId: sql.placeholder('buyerId'), orders: 1, minutes: sql.placeholder('minutes') })
      .onConflictDoUpdate({
        target: unpaidHolds.buyerId,
        set: { orders: sql`${unpaidHolds.orders} + 1`, minutes: sql`${unpaidHolds.minutes} + excluded.minutes` },
      })
      .returning({ orders: unpaidHolds.orders, minutes: unpaidHolds.minutes }),
  ).execute({ buyerId, minutes: minutesKept(kept) })) as Unpaid[];
  const fault = now && unpaidFault(now);
  if (fault) throw new Problem('too_many_unpaid', { reason: fault });
}

/** Keeps the count when an order changes its state. Never below none: what was held before there was a count is not in it. */
export async function countChange(tx: Queries, before: Pick<Order, 'progress'>, { progress, buyerId, snapshot }: Order): Promise<void> {
  const step = unpaidStep(before.progress, progress);
  if (step === 0) return;
  const minutes = step * minutesKept(snapshot);
  const least = (column: typeof unpaidHolds.orders | typeof unpaidHolds.minutes, by: number) =>
    sql`case when ${column} + ${by} < 0 then 0 else ${column} + ${by} end`;
  await tx
    .update(unpaidHolds)
    .set({ orders: least(unpaidHolds.orders, step), minutes: least(unpaidHolds.minutes, minutes) })
    .where(eq(unpaidHolds.buyerId, buyerId));
}
