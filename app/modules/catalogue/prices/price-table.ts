/** The prices of a centre's services as a table: a line each, one column for each field. What goes out is read back as the same. */
import { hasField } from '../listing/family-fields.ts';
import { type ListingContent, type ListingField, listingTexts } from '../listing/listing-content.ts';

export const PRICE_FIELDS = [
  'unit',
  'unitNet',
  'volumeTiers',
  'rangePrices',
  'includedPoints',
  'perPointNet',
  'setupNet',
  'travelNet',
  'travelZones',
  'courierNet',
  'expedite',
  'member',
  'park',
  'vat',
] as const satisfies readonly ListingField[];
export type PriceField = (typeof PRICE_FIELDS)[number];

/**
 * `id` finds the service; name and state are there for people and are not read. `basis` is what the prices were when the table went out:
 * what somebody changed since is not overwritten.
 */
export const PRICE_COLUMNS = ['id', 'name', 'family', 'specification', 'state', ...PRICE_FIELDS, 'basis'] as const;
export type PriceColumn = (typeof PRICE_COLUMNS)[number];

/** What a column is called, in every language a table may come in. */
export type Headings = Record<PriceColumn, readonly string[]>;

export type PriceTexts = Pick<ReturnType<typeof listingTexts>, PriceField>;

/** As they stand in the table; empty where the family has no such field. */
export function priceTexts(content: ListingContent): Record<PriceField, string> {
  const texts = listingTexts(content);
  return Object.fromEntries(PRICE_FIELDS.map((field) => [field, hasField(content.family, field) ? String(texts[field]) : ''])) as Record<
    PriceField,
    string
  >;
}

type FileRow = { line: number; cells: readonly string[] };
/** `stale`: changed since the table went out; `was` then, `typed` in the table, `now` on sale. */
export type PriceFault = { line: number; field: PriceColumn; reason: string; stale?: Omit<Stale, 'field'> };
export type Stale = { field: PriceField; was: string; typed: string; now: string };
export type ReadTable = {
  /** `basis` empty: the table does not say what the prices were. */
  lines: { line: number; id: string; texts: Partial<Record<PriceField, string>>; basis: string }[];
  faults: PriceFault[];
  /** Headings of columns that mean nothing here. */
  unread: string[];
};

export const asHeading = (text: string) => text.normalize('NFKC').replaceAll(/\s+/g, '').toLowerCase();

/**
 * Finds the headings (titles may stand above them) and reads what stands below.
 * @returns null for a table without the column of ids, or without any price
 */
export function readTable(rows: readonly FileRow[], headings: Headings): ReadTable | null {
  const named = new Map(PRICE_COLUMNS.flatMap((column) => [column, ...headings[column]].map((text) => [asHeading(text), column] as const)));
  const head = rows.findIndex(({ cells }) => cells.some((cell) => named.get(asHeading(cell)) === 'id'));
  const titles = rows[head]?.cells;
  if (!titles) return null;
  const columns = titles.map((cell) => named.get(asHeading(cell)));
  const faults: PriceFault[] = [];
  const line = rows[head]?.line ?? 1;
  for (const column of PRICE_COLUMNS)
    if (columns.filter((one) => one === column).length > 1) faults.push({ line, field: column, reason: 'column_twice' });
  const fields = PRICE_FIELDS.filter((field) => columns.includes(field));
  if (fields.length === 0) return null;
  const unread = titles.filter((cell, i) => cell.trim() !== '' && columns[i] === undefined);
  const at = (cells: readonly string[], column: PriceColumn) => (cells[columns.indexOf(column)] ?? '').trim();
  const seen = new Set<string>();
  const lines: ReadTable['lines'] = [];
  for (const row of rows.slice(head + 1)) {
    if (row.cells.every((cell) => cell.trim() === '')) continue;
    const id = at(row.cells, 'id');
    if (id === '') faults.push({ line: row.line, field: 'id', reason: 'no_id' });
    else if (seen.has(id)) faults.push({ line: row.line, field: 'id', reason: 'id_twice' });
    else
      lines.push({
        line: row.line,
        id,
        texts: Object.fromEntries(fields.map((field) => [field, at(row.cells, field)])),
        basis: at(row.cells, 'basis'),
      });
    seen.add(id);
  }
  return { lines, faults, unread };
}
