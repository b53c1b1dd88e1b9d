/** A search that found nothing, as it is kept: its address, without order and page. */
import type { waitingDemand } from '#db/schema/catalogue.ts';
import { filterParams } from '../facets.ts';
import { isBlank, needParams, needText } from '../need-fields.ts';
import { LONGEST_WORDS, readFilters } from '../search-query.ts';

/** So many needs of a person wait at once. */
export const MOST_DEMANDS = 20;
export const KEPT_MS = 365 * 86_400_000;

export type Demand = typeof waitingDemand.$inferSelect;
export type Asked = { search: Demand['search']; asked: string };

export const pathOf = ({ search, asked }: Asked): string => `${search === 'words' ? '/search' : '/match'}?${asked}`;

/** The search in an address of ours, in its one form; null when it asks nothing. */
export function askedIn(search: string, params: URLSearchParams): Asked | null {
  const filters = readFilters(params, ['fit']);
  if (search === 'words') {
    if (filters.words === '' || [...filters.words].length > LONGEST_WORDS) return null;
    return { search, asked: filterParams(filters).toString() };
  }
  const need = needText(params);
  if (search !== 'need' || isBlank(need)) return null;
  const { family: _, ...facets } = filters.facets;
  // A day to begin on is over before long: what waits, waits for any.
  const asked = new URLSearchParams([...needParams(need, { from: '' }), ...filterParams({ ...filters, words: '', facets })]);
  return { search, asked: asked.toString() };
}
