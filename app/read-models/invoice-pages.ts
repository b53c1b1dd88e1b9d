/** Lists of invoices page by page: by when they were asked for, then by id. */
import { and, eq, gt, lt, or, type SQL } from 'drizzle-orm';
import { invoice } from '#db/schema/invoices.ts';

/** What stands behind a cursor; everything for one that is none. */
export function beyondCursor(cursor: string, rising = false): SQL | undefined {
  const [, at = '', id = ''] = /^(\d{1,15})\.([\w-]{1,64})$/.exec(cursor) ?? [];
  if (id === '') return undefined;
  const beyond = rising ? gt : lt;
  return or(beyond(invoice.createdAt, Number(at)), and(eq(invoice.createdAt, Number(at)), beyond(invoice.id, id)));
}

/** @param rows one more than a page shows, where there is one */
export function pageOf<Row extends { id: string; createdAt: number }>(rows: readonly Row[], perPage: number) {
  const shown = rows.slice(0, perPage);
  const last = shown.at(-1);
  return { shown, nextCursor: rows.length > perPage && last ? `${last.createdAt}.${last.id}` : null };
}
