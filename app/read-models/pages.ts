/** Lists page by page: by a number and then by id, so that nothing is skipped or shown twice while rows come in. */
import { and, type Column, eq, gt, lt, or, type SQL, sql } from 'drizzle-orm';

/** The row a page ended with: what the list is in order of, and its id. */
export type Place = { at: number; id: string };

/** What a cursor names; nothing for one that is none. */
export function placeOf(cursor = ''): Place | undefined {
  const [, at = '', id = ''] = /^(\d{1,15})\.([\w-]{1,64})$/.exec(cursor) ?? [];
  return id === '' ? undefined : { at: Number(at), id };
}

/** What stands behind a cursor; everything for one that is none. @param by what the list is in order of */
export function beyond(cursor: string | undefined, by: Column | SQL<number>, id: Column, rising = false): SQL | undefined {
  const place = placeOf(cursor);
  const behind = rising ? gt : lt;
  const key = sql<number>`${by}`;
  return place && or(behind(key, place.at), and(eq(key, place.at), behind(id, place.id)));
}

/**
 * @param rows one more than a page shows, where there is one
 * @param by what the list is in order of
 */
export function pageOf<Row extends { id: string }>(rows: readonly Row[], perPage: number, by: (row: Row) => number) {
  const shown = rows.slice(0, perPage);
  const last = shown.at(-1);
  return { shown, nextCursor: rows.length > perPage && last ? `${by(last)}.${last.id}` : null };
}
