/** Whether a file was taken as a whole: only then does it say anything about rows it does not have. */
import { type ImportSheet, missingColumns } from './columns.ts';
import type { TableRow } from './judge-table.ts';
import type { ReviewRow } from './review-rows.ts';

export interface Wholeness {
  /** Rows that were not taken: not understood, undecided, left out. */
  untaken: number;
  /** Places of the sheets nothing is read from, though something stands in them. */
  unread: number[];
  /** A workbook of which one sheet is known: it may have had others. */
  unknown: boolean;
}

export function wholeness(
  rows: readonly ReviewRow[],
  { sheets, lines, encoding }: { sheets: readonly ImportSheet[]; lines: readonly TableRow[]; encoding: string },
): Wholeness {
  const filled = new Set(lines.map(({ sheet = 0 }) => sheet));
  const passedOver = ({ remarks = [] }: ImportSheet) => remarks.some(({ code }) => code === 'sheet_too_long');
  const unread = sheets.flatMap((sheet, at) =>
    passedOver(sheet) || (filled.has(at) && !(sheet.read && missingColumns(sheet.mapping.columns).length === 0)) ? [at] : [],
  );
  return {
    untaken: rows.filter(({ state }) => state !== 'ok').length,
    unread,
    unknown: encoding === 'xlsx' && sheets.length === 1 && sheets[0]!.name === '',
  };
}

export const isWhole = ({ untaken, unread, unknown }: Wholeness): boolean => untaken === 0 && unread.length === 0 && !unknown;
