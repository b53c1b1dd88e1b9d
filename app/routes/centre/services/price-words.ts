/** What the columns of the price table are called. */
import * as m from '#app/i18n/paraglide/messages.js';
import type { ListingContent } from '#app/modules/catalogue/listing/listing-content.ts';
import type { PriceWords } from '#app/modules/catalogue/prices/export-prices.server.ts';
import type { PriceColumn, PriceField } from '#app/modules/catalogue/prices/price-table.ts';
import { familyName, unitName } from '#app/routes/catalogue/words.ts';
import { faultText, listingLabel } from './listing-words.ts';
import { statusName } from './service-row.tsx';

const OWN = {
  basis: m.centre_prices_column_basis,
  id: m.centre_prices_column_id,
  name: m.centre_prices_column_name,
  state: m.centre_column_state,
};

export const columnName = (column: PriceColumn): string =>
  column === 'id' || column === 'name' || column === 'state' || column === 'basis' ? OWN[column]() : listingLabel(column);

export const priceWords: PriceWords = { heading: columnName, family: familyName, state: statusName, unit: unitName };

const FAULTS: Record<string, () => string> = {
  no_id: m.centre_prices_fault_no_id,
  id_twice: m.centre_prices_fault_id_twice,
  no_service: m.centre_prices_fault_no_service,
  column_twice: m.centre_prices_fault_column_twice,
  basis: m.centre_prices_fault_basis,
  not_of_family: m.centre_prices_fault_not_of_family,
};
/** A field of a price as it is read, in a table's words. */
export const priceText = (field: PriceField, text: string): string => {
  if (field === 'unit') return unitName(text as ListingContent['unit']);
  return text || '–';
};

export const priceFault = (reason: string): string => FAULTS[reason]?.() ?? faultText(reason);
