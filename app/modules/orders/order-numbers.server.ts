import { inArray } from 'drizzle-orm';
import type { OrderNumbers } from '#app/modules/scheduling/closures.server.ts';
import { chunks } from '#db/queries.ts';
import { orders } from '#db/schema/orders.ts';

/** What people call the orders among these holders of a slot, ascending. */
export const orderNumbers: OrderNumbers = async (q, holderIds) => {
  const numbers: string[] = [];
  for (const part of chunks(holderIds)) {
    const rows = await q.select({ number: orders.number }).from(orders).where(inArray(orders.id, part));
    numbers.push(...rows.map(({ number }) => number));
  }
  return numbers.sort();
};
