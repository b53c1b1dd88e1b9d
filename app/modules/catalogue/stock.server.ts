/** Reference materials on the shelf. A service of another family has none and is never asked. */
import { and, eq, gte, inArray, sql } from 'drizzle-orm';
import type { Queries } from '#db/queries.ts';
import { stock } from '#db/schema/catalogue.ts';

/** Whether what is sold of a family is taken from a shelf. */
export const isStocked = (family: string): boolean => family === 'reference_material';

/** How many are left; a shelf nobody has filled is empty. */
export async function stockOf(q: Queries, serviceId: string): Promise<number> {
  const [row] = await q.select().from(stock).where(eq(stock.serviceId, serviceId));
  return row?.available ?? 0;
}

/** Of several services at once; one nobody has filled is not in it. */
export async function stocksOf(q: Queries, serviceIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await q
    .select()
    .from(stock)
    .where(inArray(stock.serviceId, [...serviceIds]));
  return new Map(rows.map(({ serviceId, available }) => [serviceId, available]));
}

/** Takes so many in one conditional statement: never below zero, whoever else takes. @returns whether there were enough */
export async function takeStock(tx: Queries, serviceId: string, quantity: number): Promise<boolean> {
  const taken = await tx
    .update(stock)
    .set({ available: sql`${stock.available} - ${quantity}` })
    .where(and(eq(stock.serviceId, serviceId), gte(stock.available, quantity)))
    .returning();
  return taken.length > 0;
}

/** Puts back what an order took. Once per order: in the transaction that ends it, before anything was dispatched. */
export async function returnStock(
  tx: Queries,
  { serviceId, quantity, snapshot }: { serviceId: string; quantity: number; snapshot: { family: string } },
): Promise<void> {
  if (!isStocked(snapshot.family)) return;
  await tx
    .update(stock)
    .set({ available: sql`${stock.available} + ${quantity}` })
    .where(eq(stock.serviceId, serviceId));
}
