import { getTableColumns, sql } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Queries } from '#db/queries.ts';

/** SQLite takes at most 32,766 values in one statement. */
const VALUES_AT_ONCE = 12_000;

type Insertable = SQLiteTable;
type Row<T extends Insertable> = T['$inferInsert'];

const batches = <T>(rows: readonly T[], columns: number): T[][] => {
  const size = Math.max(1, Math.floor(VALUES_AT_ONCE / columns));
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, i) => rows.slice(i * size, (i + 1) * size));
};

const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/**
 * Inserts rows, or makes the rows that are there equal to them.
 * @param target the columns that identify a row
 * @param keep columns left as they are in a row that is there
 */
export async function upsert<T extends Insertable>(
  tx: Queries,
  table: T,
  target: SQLiteColumn[],
  rows: readonly Row<T>[],
  keep: readonly string[] = [],
): Promise<void> {
  const names = Object.keys(getTableColumns(table));
  const fixed = new Set([...keep, ...names.filter((name) => target.some((column) => column === getTableColumns(table)[name]))]);
  const set = Object.fromEntries(names.filter((name) => !fixed.has(name)).map((name) => [name, sql.raw(`excluded."${snakeCase(name)}"`)]));
  for (const batch of batches(rows, names.length)) {
    const insert = tx.insert(table).values(batch);
    if (Object.keys(set).length === 0) await insert.onConflictDoNothing();
    else await insert.onConflictDoUpdate({ target, set: set as never });
  }
}

/** Inserts rows that are known not to be there. */
export async function insertAll<T extends Insertable>(tx: Queries, table: T, rows: readonly Row<T>[]): Promise<void> {
  const columns = Object.keys(getTableColumns(table)).length;
  for (const batch of batches(rows, columns)) await tx.insert(table).values(batch);
}
