import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import { orders } from '#db/schema/orders.ts';
import { UNPAID } from './unpaid-limit.ts';

/** As many as a page shows: what is to be paid first comes first. */
const SHOWN = 20;

/** What of the buyer's keeps slots and is not paid, the oldest first; instants in UTC ms, sums in 分. @throws Problem not_found for others than SMEs */
export const listUnpaid = ({ db }: Pick<Deps, 'db'>, actor: Actor) => {
  requireRight(actor, 'order.view');
  return db.read(async (q) => {
    const rows = await q
      .select({
        number: orders.number,
        progress: orders.progress,
        snapshot: orders.snapshot,
        gross: orders.gross,
        payBy: orders.holdExpiresAt,
        decideBy: orders.decisionDueAt,
      })
      .from(orders)
      .where(and(eq(orders.buyerId, actor.organisationId), inArray(orders.progress, UNPAID as never)))
      .orderBy(asc(orders.createdAt), asc(orders.id))
      .limit(SHOWN);
    return rows.map(({ snapshot: { nameZh, nameEn }, progress, ...row }) => ({ ...row, nameZh, nameEn, held: progress === 'held' }));
  });
};
