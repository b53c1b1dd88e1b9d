/** The filters beside a result list: every value with its name, how many it leaves, and whether it is on. */
import * as m from '#app/i18n/paraglide/messages.js';
import type { Catalogue } from '#app/modules/catalogue/catalogue.ts';
import type { Facet } from '#app/modules/catalogue/search-index.ts';
import { type FilterProblem, type Filters, filterCount, filterParams } from '#app/modules/catalogue/search-query.ts';
import type { FacetsProps, FilterChip } from './facets.tsx';
import { accreditationName, bookingName, deliveryName, familyName, fieldName, nameOf } from './words.ts';

const TITLE: Record<Facet, () => string> = {
  family: m.catalogue_facet_family,
  field: m.catalogue_facet_field,
  city: m.catalogue_facet_city,
  park: m.catalogue_facet_park,
  accreditation: m.catalogue_facet_accreditation,
  delivery: m.catalogue_facet_delivery,
  booking: m.catalogue_facet_booking,
};

const PROBLEM: Record<FilterProblem, () => string> = {
  price_unreadable: m.catalogue_filter_problem_price_unreadable,
  price_reversed: m.catalogue_filter_problem_price_reversed,
  day_unreadable: m.catalogue_filter_problem_day_unreadable,
  words_too_long: m.catalogue_filter_problem_words_too_long,
};

export const problemTexts = (problems: FilterProblem[]): string[] => problems.map((problem) => PROBLEM[problem]());

function valueName(catalogue: Catalogue, facet: Facet, value: string): string {
  if (facet === 'family') return familyName(value);
  if (facet === 'field') return fieldName(value);
  if (facet === 'delivery') return deliveryName(value);
  if (facet === 'booking') return bookingName(value);
  if (facet === 'accreditation') return accreditationName(value);
  if (facet === 'city') {
    const city = catalogue.cities().get(value);
    return city ? nameOf(city) : value;
  }
  const park = catalogue.parkBySlug(value);
  return park ? nameOf(park) : value;
}

type Counts = Partial<Record<Facet, Map<string, number>>>;

/** Values that leave nothing are left out unless they are on; the commonest stand first. */
export function facetsOf(catalogue: Catalogue, filters: Filters, counts: Counts, facets: readonly Facet[]): FacetsProps {
  return {
    groups: facets
      .map((facet) => {
        const on = filters.facets[facet] ?? [];
        const values = new Map([...on.map((value) => [value, 0] as const), ...(counts[facet] ?? [])]);
        return {
          name: facet,
          title: TITLE[facet](),
          values: [...values]
            .filter(([value, count]) => count > 0 || on.includes(value))
            .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
            .map(([value, count]) => ({ value, count, name: valueName(catalogue, facet, value), on: on.includes(value) })),
        };
      })
      .filter(({ values }) => values.length > 0),
    priceMin: filters.priceMin,
    priceMax: filters.priceMax,
    before: filters.before,
    count: filterCount(filters),
  };
}

/** What is on, each with the address without it. */
export function chipsOf(catalogue: Catalogue, filters: Filters, address: (params: URLSearchParams) => string): FilterChip[] {
  const chips: FilterChip[] = [];
  for (const [facet, values] of Object.entries(filters.facets) as [Facet, string[]][])
    for (const value of values) {
      const facets = { ...filters.facets, [facet]: values.filter((other) => other !== value) };
      chips.push({ name: valueName(catalogue, facet, value), to: address(filterParams(filters, { facets })) });
    }
  if (filters.priceMin || filters.priceMax)
    chips.push({
      name: `${m.catalogue_facet_price()} ${filters.priceMin || '0'}–${filters.priceMax || '∞'}`,
      to: address(filterParams(filters, { priceMin: '', priceMax: '' })),
    });
  if (filters.before)
    chips.push({ name: `${m.catalogue_facet_before()} ${filters.before}`, to: address(filterParams(filters, { before: '' })) });
  return chips;
}
