import { and, asc, eq, lte } from 'drizzle-orm';
import type { Deps } from '#app/core/deps.ts';
import { isProblem } from '#app/core/problem.ts';
import { returnStock } from '#app/modules/catalogue/stock.server.ts';
import { releaseClaims } from '#app/modules/scheduling/release-claims.server.ts';
import { orders } from '#db/schema/orders.ts';
import { mailBuyer } from './order-mail.server.ts';
import { linesOf, orderById } from './order-row.server.ts';
import { changeOrder, endOf, progressAfter } from './record-order-event.server.ts';

const MOST_AT_ONCE = 500;
const DUE = { held: orders.holdExpiresAt, requested: orders.decisionDueAt } as const;

/**
 * Ends the orders of one state whose time is over, and frees their slots. Any number of processes may do it at once.
 * @param isKept asked for each outside any transaction; what it keeps is asked about again next time
 * @returns how many ended
 */
export async function expireOverdue(
  { db, clock, log, tell }: Pick<Deps, 'db' | 'clock' | 'log' | 'tell'>,
  from: keyof typeof DUE,
  isKept: (orderId: string) => Promise<boolean> = async () => false,
): Promise<number> {
  const due = await db.read((q) =>
    q
      .select({ id: orders.id })
      .from(orders)
      .where(and(eq(orders.progress, from), lte(DUE[from], clock())))
      .orderBy(asc(DUE[from]))
      .limit(MOST_AT_ONCE),
  );
  let ended = 0;
  for (const { id } of due) {
    try {
      if (!(await isKept(id)) && (await expire({ db, clock, tell }, id, from))) ended++;
    } catch (error) {
      if (isProblem(error) && error.code === 'stale') continue; // somebody paid, cancelled or decided first
      log.warn({ order: id, error: String(error) }, 'an order could not be ended, will be tried again');
    }
  }
  return ended;
}

/** Looks again inside the transaction: whoever paid, cancelled or decided in between was first. */
async function expire({ db, clock, tell }: Pick<Deps, 'db' | 'clock' | 'tell'>, orderId: string, from: keyof typeof DUE): Promise<boolean> {
  return db.write(
    async (tx) => {
      const now = clock();
      const order = await orderById(tx, orderId);
      const due = from === 'held' ? order.holdExpiresAt : order.decisionDueAt;
      if (order.progress !== from || due === null || due > now) return false;
      const progress = progressAfter(order, 'expire');
      const changes = { progress, holdExpiresAt: null, decisionDueAt: null };
      const expired = await changeOrder(tx, order, changes, { kind: 'expired', actorId: null }, now);
      await releaseClaims(tx, orderId);
      await returnStock(tx, order);
      await tell(tx, 'orderEnded', endOf(order), now);
      await mailBuyer(tx, expired, 'order_expired', {}, now);
      return true;
    },
    (q) => linesOf(q, { id: orderId }),
  );
}
