/**
 * In which order rows of a sequence become visible. SQLite has one writer: by their numbers. PostgreSQL gives numbers first and commits in any
 * order, but it tells which transactions were open when a statement looked.
 */
import { type SQL, sql } from 'drizzle-orm';
import { engine } from './engine.ts';
import type { Queries } from './queries.ts';

const number = (text: SQL): SQL<number> =>
  (engine === 'sqlite' ? sql<number>`0` : sql<number>`(select ${text}::text::bigint)`).mapWith(Number);

/** As a statement sees it: every transaction with a number below it has ended. */
export const ended = number(sql`pg_snapshot_xmin(pg_current_snapshot())`);

/** The transaction's own number, given to it if it has none yet. Without a table to select from, drizzle would not ask. */
const ownNumber = (q: Queries) => q.select({ own: number(sql`pg_current_xact_id()`) }).from(sql`(select 1) as one`);

/**
 * No other transaction that has its number by now has one as high. A snapshot does not say that: its upper end is behind the last one that
 * has ended, and one that is open may have that very number. So a number is taken.
 */
export async function numberFromNow(q: Queries): Promise<number> {
  const [row] = await ownNumber(q);
  return row!.own;
}

/** Called before a transaction takes a number from a sequence: it then has its own, by which others see that it is open. */
export async function beSeenOpen(tx: Queries): Promise<void> {
  if (engine === 'postgresql') await ownNumber(tx);
}
