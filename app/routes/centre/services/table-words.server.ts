/** What a price table may call its columns and units: either language, whoever made it and whoever brings it. */
import { runWithLocale } from '#app/i18n/locale.server.ts';
import { UNITS } from '#app/modules/catalogue/listing/listing-content.ts';
import { asHeading, type Headings, PRICE_COLUMNS } from '#app/modules/catalogue/prices/price-table.ts';
import { columnName, priceWords } from './price-words.ts';

const LOCALES = ['zh-CN', 'en'] as const;

export function tableWords(): { headings: Headings; units: [string, string][] } {
  const each = <T>(say: () => T) => LOCALES.map((locale) => runWithLocale(locale, say));
  const names = PRICE_COLUMNS.map((column) => [column, each(() => columnName(column))] as const);
  const headings = Object.fromEntries(names) as unknown as Headings;
  const units = UNITS.flatMap((unit) => each((): [string, string] => [asHeading(priceWords.unit(unit)), unit]));
  return { headings, units };
}
