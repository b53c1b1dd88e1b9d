import { type SQL, sql } from 'drizzle-orm';

/** Whether a column holds the words somewhere: upper and lower case alike on both engines; `%` and `_` mean themselves. Empty words: true of any. */
export function contains(column: unknown, words: string): SQL {
  const wanted = words.replaceAll('\u0000', '').toWellFormed().toLowerCase();
  const pattern = `%${wanted.replace(/[!%_]/g, '!$&')}%`;
  return sql`lower(${column}) like ${pattern} escape '!'`;
}
