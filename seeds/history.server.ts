import { beginChain } from '#app/core/audit.server.ts';
import { minutesKept, UNPAID } from '#app/modules/orders/unpaid-limit.ts';
import { mondayOf } from '#app/modules/scheduling/local-day.ts';
import type { Queries } from '#db/queries.ts';
import { auditLog } from '#db/schema/core.ts';
import { orderEvent, orderItem, orders, unpaidHolds, waitingPlace } from '#db/schema/orders.ts';
import { ledgerEntry, ledgerTransaction, paymentAttempt, refund } from '#db/schema/payments.ts';
import { claim, resourceDay } from '#db/schema/scheduling.ts';
import type { SeedDay } from './day.ts';
import { AHEAD_DAYS, HISTORY_DAYS, soldServices } from './demand.ts';
import { historyRows } from './order-rows.ts';
import { demonstrationAccounts, organisationId, personId } from './people.ts';
import { demonstrationClosures, demonstrationPools, demonstrationResources } from './pools.ts';
import { rollup } from './rollup.ts';
import { demonstrationServicePools, demonstrationServices } from './services.ts';
import { poolShapes, SlotBook } from './slot-book.ts';
import { waitingList } from './waiting.ts';
import { insertAll } from './write.server.ts';

/** How far the rollup reaches: 26 whole weeks back and 8 ahead. */
const WEEKS_BACK = 26;
const WEEKS_AHEAD = 8;
/** Jobs begun on the last day run on behind it. */
const RUN_ON_DAYS = 40;

/**
 * Puts down what has been booked, done, paid and given back, once: what people do with it afterwards is theirs.
 * @returns how many orders
 */
export async function writeHistory(tx: Queries, from: SeedDay, createdAt: number, now: number): Promise<number> {
  const links = Map.groupBy(demonstrationServicePools(), (row) => row.serviceId);
  const poolIdsOf = (serviceId: string) => (links.get(serviceId) ?? []).map((row) => row.poolId);
  const sold = soldServices(demonstrationServices(createdAt), poolIdsOf);
  const shapes = poolShapes(demonstrationPools(), demonstrationResources(), demonstrationClosures(from));
  const book = new SlotBook(shapes, from.day - HISTORY_DAYS, from.day + AHEAD_DAYS + RUN_ON_DAYS);
  const rows = historyRows(sold, book, from, now);
  const monday = mondayOf(from.day);

  await insertAll(tx, orders, rows.orders);
  await insertAll(tx, unpaidHolds, unpaidOf(rows.orders));
  await insertAll(tx, orderItem, rows.items);
  await insertAll(tx, orderEvent, rows.events);
  await insertAll(tx, claim, rows.claims);
  await insertAll(tx, waitingPlace, waitingList(sold, book, from, now));
  await insertAll(tx, resourceDay, rollup(shapes, rows.claims, rows.used, monday - 7 * WEEKS_BACK, monday + 7 * WEEKS_AHEAD));
  await insertAll(tx, paymentAttempt, rows.attempts);
  await insertAll(tx, refund, rows.refunds);
  await insertAll(tx, ledgerTransaction, rows.transactions);
  await insertAll(tx, ledgerEntry, rows.entries);
  await insertAll(tx, auditLog, [...rows.audit, ...foundings(createdAt)]);
  return rows.orders.length;
}

/** What each buyer keeps unpaid, as it is counted with every change of an order. */
const unpaidOf = (rows: readonly (typeof orders.$inferInsert)[]) =>
  [...Map.groupBy(rows, ({ buyerId }) => buyerId)].flatMap(([buyerId, own]) => {
    const unpaid = own.filter(({ progress }) => UNPAID.includes(progress));
    const minutes = unpaid.reduce((sum, { snapshot }) => sum + minutesKept(snapshot), 0);
    return unpaid.length > 0 ? [{ buyerId, orders: unpaid.length, minutes }] : [];
  });

/** Each organisation's chain begins with who founded it, as it does when somebody signs up. */
const foundings = (at: number) =>
  demonstrationAccounts
    .filter(({ role }) => role === 'owner' || role === 'manager' || role === 'administrator')
    .flatMap(({ email, role, organisation }) => {
      const kind = ({ owner: 'sme', manager: 'centre' } as Record<string, string>)[role] ?? 'park';
      const data = { kind, personId: personId(email), role };
      return beginChain(`organisation:${organisationId(organisation)}`, [{ actorId: personId(email), action: 'founded', data, at }]);
    });
