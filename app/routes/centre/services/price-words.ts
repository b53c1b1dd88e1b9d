/** What the columns of the price table are called. */
import * as m from '#app/i18n/paraglide/messages.js';
import type { PriceWords } from '#app/modules/catalogue/prices/export-prices.server.ts';
import type { PriceColumn } from '#app/modules/catalogue/prices/price-table.ts';
import { familyName, unitName } from '#app/routes/catalogue/words.ts';
import { faultText, listingLabel } from './listing-words.ts';
import { statusName } from './service-row.tsx';

const OWN = { id: m.centre_prices_column_id, name: m.centre_prices_column_name, state: m.centre_column_state };

export const columnName = (column: PriceColumn): string =>
  column === 'id' || column === 'name' || column === 'state' ? OWN[column]() : listingLabel(column);

export const priceWords: PriceWords = { heading: columnName, family: familyName, state: statusName, unit: unitName };

const FAULTS: Record<string, () => string> = {
  no_id: m.centre_prices_fault_no_id,
  id_twice: m.centre_prices_fault_id_twice,
  no_service: m.centre_prices_fault_no_service,
  column_twice: m.centre_prices_fault_column_twice,
  not_of_family: m.centre_prices_fault_not_of_family,
};
export const priceFault = (reason: string): string => FAULTS[reason]?.() ?? faultText(reason);
