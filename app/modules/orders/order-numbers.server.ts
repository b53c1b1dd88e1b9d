import { and, eq, inArray, isNotNull } from 'drizzle-orm';
import type { OrderNumbers } from '#app/modules/scheduling/closures.server.ts';
import { chunks, type Queries } from '#db/queries.ts';
import { service } from '#db/schema/catalogue.ts';
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
  if (found < holderIds.length) for (const number of await onDates(q, new Set(holderIds))) numbers.add(number);
  return [...numbers].sort();
};

async function onDates(q: Queries, holderIds: ReadonlySet<string>): Promise<string[]> {
  const numbers: string[] = [];
  const courses = await q.select({ id: service.id, sessions: service.sessions }).from(service).where(isNotNull(service.sessions));
  for (const { id, sessions } of courses)
    for (const { startAt, holderId } of sessions ?? [])
      if (holderId !== undefined && holderIds.has(holderId)) {
        const rows = await q
          .select({ number: orders.number })
          .from(orders)
          .where(and(eq(orders.serviceId, id), eq(orders.startAt, startAt), inArray(orders.progress, NEEDS_ITS_DATE)));
        numbers.push(...rows.map(({ number }) => number));
      }
  return numbers;
}
