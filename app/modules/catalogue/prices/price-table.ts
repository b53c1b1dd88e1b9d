/** The prices of a centre's services as a table: a line each, one column for each field. What goes out is read back as the same. */
import type { Family } from '#db/schema/centres.ts';
import { hasField } from '../listing/family-fields.ts';
import {
  type ListingContent,
  type ListingFaults,
  type ListingField,
  leastNet,
  listingTexts,
  readPrices,
} from '../listing/listing-content.ts';
import { missingIn } from '../listing/required-things.ts';

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

/** `id` finds the service; name and state are there for people and are not read. */
export const PRICE_COLUMNS = ['id', 'name', 'family', 'specification', 'state', ...PRICE_FIELDS] as const;
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
export type PriceFault = { line: number; field: PriceColumn; reason: string };
export type ReadTable = {
  lines: { line: number; id: string; texts: Partial<Record<PriceField, string>> }[];
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
    else lines.push({ line: row.line, id, texts: Object.fromEntries(fields.map((field) => [field, at(row.cells, field)])) });
    seen.add(id);
  }
  return { lines, faults, unread };
}

const AMOUNTS: readonly PriceField[] = ['unitNet', 'perPointNet', 'setupNet', 'travelNet', 'courierNet'];
const PERCENTS: readonly PriceField[] = ['expedite', 'member', 'park', 'vat'];

/** Numbers as spreadsheets write them: `¥ 1,200.00`, `6%`. Anything else stays as it is, and is said to be no price. */
function asTyped(field: PriceField, text: string): string {
  const plain = text.normalize('NFKC').trim();
  if (PERCENTS.includes(field)) return plain.replace(/\s*%$/, '').replace(/^(\d+)\.0+$/, '$1');
  if (!AMOUNTS.includes(field)) return text;
  const bare = plain.replace(/^(?:¥|￥|CNY|RMB)\s*/i, '').replace(/\s*元$/, '');
  return /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(bare) ? bare.replaceAll(',', '') : bare;
}

export type Change = { field: PriceField; from: string; to: string };

/**
 * A line held against the service it names.
 * @param units as pages name them, each language, beside the codes
 * @param onSale what is on sale has to stay fit for sale
 */
export function judgeLine(
  content: ListingContent,
  texts: Partial<Record<PriceField, string>>,
  units: ReadonlyMap<string, string>,
  onSale: boolean,
): { content: ListingContent; changes: Change[] } | { faults: ListingFaults } {
  const { family } = content;
  const before = priceTexts(content);
  const faults: ListingFaults = {};
  const typed: Partial<Record<PriceField, string>> = {};
  for (const field of PRICE_FIELDS) {
    const text = texts[field];
    if (text === undefined) continue;
    if (hasField(family as Family, field)) typed[field] = field === 'unit' ? (units.get(asHeading(text)) ?? text) : asTyped(field, text);
    else if (text !== '') faults[field] = 'not_of_family';
  }
  if (Object.keys(faults).length > 0) return { faults };
  const read = readPrices({ ...listingTexts(content), ...typed } as PriceTexts);
  if ('faults' in read) return read;
  const priced = { ...content, ...read.prices };
  const next = { ...priced, unitNet: leastNet(priced) };
  const missing = onSale ? missingIn(next).filter((field) => (PRICE_FIELDS as readonly string[]).includes(field)) : [];
  if (missing.length > 0)
    return { faults: Object.fromEntries(missing.map((field) => [field, field === 'volumeTiers' ? 'tiers' : 'missing'])) };
  const after = priceTexts(next);
  const changes = PRICE_FIELDS.filter((field) => before[field] !== after[field]).map((field) => ({
    field,
    from: before[field],
    to: after[field],
  }));
  return { content: next, changes };
}
