import { and, eq, inArray } from 'drizzle-orm';
import { datesHeldBy } from '#app/modules/catalogue/service-facts.server.ts';
import type { OrderNumbers } from '#app/modules/scheduling/closures.server.ts';
import { chunks } from '#db/queries.ts';
import { orders } from '#db/schema/orders.ts';
import { NEEDS_ITS_DATE } from './machines.ts';

/** What people call the orders among these holders of a slot, ascending; of a date of a course those that have seats of it. */
export const orderNumbers: OrderNumbers = async (q, holderIds) => {
  const numbers = new Set<string>();
  let found = 0;
  for (const part of chunks(holderIds)) {
    const rows = await q.select({ number: orders.number }).from(orders).where(inArray(orders.id, part));
    for (const { number } of rows) numbers.add(number);
    found += rows.length;
  }
  const dates = found < holderIds.length ? await datesHeldBy(q, new Set(holderIds)) : [];
  for (const { serviceId, startAt } of dates) {
    const on = and(eq(orders.serviceId, serviceId), eq(orders.startAt, startAt), inArray(orders.progress, NEEDS_ITS_DATE));
    for (const { number } of await q.select({ number: orders.number }).from(orders).where(on)) numbers.add(number);
  }
  return [...numbers].sort();
};
