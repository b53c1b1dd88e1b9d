/** A line of a price table held against the service it names, as that is sold now and as it was when the table went out. */
import { hasField } from '../listing/family-fields.ts';
import { type ListingContent, type ListingFaults, leastNet, listingTexts, readPrices } from '../listing/listing-content.ts';
import { missingIn } from '../listing/required-things.ts';
import { asHeading, PRICE_FIELDS, type PriceField, type PriceTexts, priceTexts, type Stale } from './price-table.ts';

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
/** `kept`: nothing changed in the table, but somebody changed the price since; it stays. */
export type Judged =
  | { content: ListingContent; changes: Change[]; kept: boolean }
  | { faults: ListingFaults & { basis?: string } }
  | { stale: Stale[] };

type Line = { texts: Partial<Record<PriceField, string>>; basis: string };

/**
 * @param units as pages name them, each language, beside the codes
 * @param onSale what is on sale has to stay fit for sale
 */
export function judgeLine(content: ListingContent, line: Line, units: ReadonlyMap<string, string>, onSale: boolean): Judged {
  const faults: ListingFaults = {};
  const typed: Partial<Record<PriceField, string>> = {};
  for (const field of PRICE_FIELDS) {
    const text = line.texts[field];
    if (text === undefined) continue;
    if (hasField(content.family, field)) typed[field] = field === 'unit' ? (units.get(asHeading(text)) ?? text) : asTyped(field, text);
    else if (text !== '') faults[field] = 'not_of_family';
  }
  if (Object.keys(faults).length > 0) return { faults };
  const now = priceTexts(content);
  const was = line.basis === '' ? now : readBasis(line.basis);
  if (!was) return { faults: { basis: 'basis' } };
  const own = Object.fromEntries(PRICE_FIELDS.filter((field) => hasField(content.family, field)).map((field) => [field, was[field]]));
  const read = readPrices({ ...listingTexts(content), ...own, ...typed } as PriceTexts);
  if ('faults' in read) return read;
  const priced = { ...content, ...read.prices };
  const next = { ...priced, unitNet: leastNet(priced) };
  const after = priceTexts(next);
  const changed = PRICE_FIELDS.filter((field) => was[field] !== after[field]);
  const moved = PRICE_FIELDS.filter((field) => was[field] !== now[field]);
  if (moved.length > 0 && changed.length > 0) {
    const stale = PRICE_FIELDS.filter((field) => changed.includes(field) || moved.includes(field));
    return { stale: stale.map((field) => ({ field, was: was[field], typed: after[field], now: now[field] })) };
  }
  if (moved.length > 0) return { content, changes: [], kept: true };
  const missing = onSale ? missingIn(next).filter((field) => (PRICE_FIELDS as readonly string[]).includes(field)) : [];
  if (missing.length > 0)
    return { faults: Object.fromEntries(missing.map((field) => [field, field === 'volumeTiers' ? 'tiers' : 'missing'])) };
  return { content: next, changes: changed.map((field) => ({ field, from: now[field], to: after[field] })), kept: false };
}

/** What the prices were, in a cell. */
export const basisOf = (content: ListingContent): string =>
  JSON.stringify(Object.fromEntries(Object.entries(priceTexts(content)).filter(([, text]) => text !== '')));

/** @returns null for what no table of ours says */
function readBasis(cell: string): Record<PriceField, string> | null {
  try {
    const said: unknown = JSON.parse(cell);
    if (typeof said !== 'object' || said === null || Array.isArray(said)) return null;
    const texts = Object.entries(said);
    if (texts.some(([field, text]) => !(PRICE_FIELDS as readonly string[]).includes(field) || typeof text !== 'string')) return null;
    return { ...(Object.fromEntries(PRICE_FIELDS.map((field) => [field, ''])) as Record<PriceField, string>), ...said };
  } catch {
    return null;
  }
}
