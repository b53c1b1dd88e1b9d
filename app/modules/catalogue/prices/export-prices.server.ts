import Papa from 'papaparse';
import writeWorkbook from 'write-excel-file/node';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { centreOf } from '#app/modules/centres/centre-access.server.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import { basisOf } from './judge-line.ts';
import { PRICE_COLUMNS, type PriceColumn, priceTexts } from './price-table.ts';
import { type PricedService, pricedServices } from './priced-services.server.ts';

/** How a table says it, in the language of who asks. */
export type PriceWords = {
  heading(column: PriceColumn): string;
  family(family: PricedService['content']['family']): string;
  state(status: PricedService['status']): string;
  unit(unit: PricedService['content']['unit']): string;
};

/** Wide enough for what stands in it, in letters. */
const WIDTHS: Partial<Record<PriceColumn, number>> = {
  id: 40,
  name: 34,
  specification: 24,
  volumeTiers: 24,
  rangePrices: 30,
  travelZones: 40,
};
const USUAL_WIDTH = 14;

/** The price table of the actor's centre: what `importPrices` reads back. @throws Problem not_found, forbidden */
export async function exportPrices(
  { db }: Pick<Deps, 'db'>,
  actor: Actor,
  format: 'xlsx' | 'csv',
  words: PriceWords,
): Promise<{ name: string; bytes: Uint8Array }> {
  requireRight(actor, 'centre.view');
  const { slug, services } = await db.read(async (q) => {
    const centre = await centreOf(q, actor);
    return { slug: centre.slug, services: await pricedServices(q, centre.id) };
  });
  const rows = services.map((row) => cellsOf(row, words));
  const name = `prices-${slug}.${format}`;
  const headings = PRICE_COLUMNS.map(words.heading);
  if (format === 'csv') {
    // A mark of UTF-8 for spreadsheets; a text that begins like a formula is kept a text.
    const text = `\uFEFF${Papa.unparse([headings, ...rows], { escapeFormulae: true })}`;
    return { name, bytes: new TextEncoder().encode(text) };
  }
  const sheet = [
    headings.map((value) => ({ value, fontWeight: 'bold' as const })),
    // Every cell a text: a spreadsheet would make times and dates of tiers.
    ...rows.map((cells) => cells.map((value) => ({ value, type: String, format: '@' }))),
  ];
  const columns = PRICE_COLUMNS.map((column) => ({ width: WIDTHS[column] ?? USUAL_WIDTH }));
  const bytes = await writeWorkbook(sheet, { columns, stickyRowsCount: 1 }).toBuffer();
  return { name, bytes: new Uint8Array(bytes) };
}

function cellsOf({ id, status, content }: PricedService, words: PriceWords): string[] {
  const texts = { ...priceTexts(content), unit: words.unit(content.unit) };
  const { nameZh, nameEn, specification } = content;
  const said = {
    id,
    name: nameZh || nameEn,
    family: words.family(content.family),
    specification,
    state: words.state(status),
    ...texts,
    basis: basisOf(content),
  };
  return PRICE_COLUMNS.map((column) => said[column]);
}
