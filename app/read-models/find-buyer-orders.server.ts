import { and, desc, eq, exists, gte, inArray, lt, or, type SQL, sql } from 'drizzle-orm';
import type { Queries } from '#db/queries.ts';
import { centre } from '#db/schema/centres.ts';
import { orderItem, orders, type Progress } from '#db/schema/orders.ts';

export type Counted = { progress: Progress; count: number; gross: number };
export type Matching = { id: string; version: number; progress: Progress; createdAt: number; gross: number };

const MOST_LETTERS = 80;
const MOST_WORDS = 6;

/** What is looked for, word by word: as it is typed, in small letters, full-width forms as their usual ones. */
export const searchWords = (typed = ''): string[] =>
  typed
    .replaceAll('\u0000', '')
    .toWellFormed()
    .slice(0, MOST_LETTERS)
    .normalize('NFKC')
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, MOST_WORDS);

/**
 * All orders of a buyer that say every word, newest first. One pass over the buyer's own orders: each by its index, its instruments by
 * theirs.
 */
export async function findBuyerOrders(
  q: Queries,
  { buyerId, from, until }: { buyerId: string; from: number; until: number },
  words: readonly string[],
): Promise<Matching[]> {
  return q
    .select({ id: orders.id, version: orders.version, progress: orders.progress, createdAt: orders.createdAt, gross: orders.gross })
    .from(orders)
    .where(
      and(eq(orders.buyerId, buyerId), gte(orders.createdAt, from), lt(orders.createdAt, until), ...words.map((word) => saying(q, word))),
    )
    .orderBy(desc(orders.createdAt), desc(orders.id));
}

/** `%` and `_` mean themselves. A number may be typed without its dashes. */
function saying(q: Queries, word: string): SQL | undefined {
  const like = (value: SQL, text: string) => sql`${value} like ${`%${text.replace(/[!%_]/g, '!$&')}%`} escape '!'`;
  const holds = (column: unknown) => like(sql`lower(${column})`, word);
  const bare = word.replaceAll('-', '');
  const named = q
    .select({ id: centre.id })
    .from(centre)
    .where(or(holds(centre.nameZh), holds(centre.nameEn)));
  const items = q
    .select({ one: sql`1` })
    .from(orderItem)
    .where(
      and(
        eq(orderItem.orderId, orders.id),
        or(holds(orderItem.serial), holds(orderItem.name), holds(orderItem.model), holds(orderItem.maker)),
      ),
    );
  return or(
    bare === '' ? undefined : like(sql`lower(replace(${orders.number}, '-', ''))`, bare),
    holds(orders.purchaseOrder),
    holds(sql`${orders.snapshot} ->> 'nameZh'`),
    holds(sql`${orders.snapshot} ->> 'nameEn'`),
    inArray(orders.centreId, named),
    exists(items),
  );
}
