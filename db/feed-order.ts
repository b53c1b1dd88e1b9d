/**
 * In which order rows of a sequence become visible. SQLite has one writer: by their numbers. PostgreSQL gives numbers first and commits in any
 * order, but it tells which transactions were open when a statement looked.
 */
import { type SQL, sql } from 'drizzle-orm';
import { engine } from './engine.ts';
import type { Queries } from './queries.ts';

const number = (text: SQL): SQL<number> =>
  (engine === 'sqlite' ? sql<number>`0` : sql<number>`(select ${text}::text::bigint)`).mapWith(Number);

/** As a statement sees it: every transaction with a number below `ended` has ended, and none has had a number from `next` on. */
export const transactions = {
  ended: number(sql`pg_snapshot_xmin(pg_current_snapshot())`),
  next: number(sql`pg_snapshot_xmax(pg_current_snapshot())`),
};

/** Called before a transaction takes a number from a sequence: it then has its own, by which others see that it is open. */
export async function beSeenOpen(tx: Queries): Promise<void> {
  if (engine === 'postgresql') await tx.select({ own: sql`pg_current_xact_id()` });
}
