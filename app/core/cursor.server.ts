import { eq } from 'drizzle-orm';
import type { Queries } from '#db/queries.ts';
import { cursor } from '#db/schema/core.ts';

/** Where a reader stands that goes on where it ended: `position` means what the reader says, `at` is UTC ms. */
export type Standing = { position: string; at: number };

/** Nothing for one that has never read. @param name unique in the product */
export async function cursorOf(q: Queries, name: string): Promise<Standing | undefined> {
  const [found] = await q.select({ position: cursor.position, at: cursor.at }).from(cursor).where(eq(cursor.name, name));
  return found;
}

export async function moveCursor(tx: Queries, name: string, to: Standing): Promise<void> {
  await tx
    .insert(cursor)
    .values({ name, ...to })
    .onConflictDoUpdate({ target: cursor.name, set: to });
}
