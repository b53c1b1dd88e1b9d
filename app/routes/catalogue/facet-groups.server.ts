import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import type { Catalogue } from '#app/modules/catalogue/catalogue.ts';
import { ACCREDITATIONS, BOOKINGS, DELIVERY_MODES, FACETS, FAMILIES, type Facet, type Filters } from '#app/modules/catalogue/facets.ts';
import type { FilterProblem } from '#app/modules/catalogue/search-query.ts';
import type { FacetGroup } from '#app/ui/facets.tsx';
import { deliveryName } from './delivery-words.ts';
import { accreditationName, bookingName, familyName, fieldName, nameOf } from './words.ts';

const LEGEND: Record<Facet, () => string> = {
  family: m.catalogue_facet_family,
  field: m.catalogue_facet_field,
  city: m.catalogue_facet_city,
  park: m.catalogue_facet_park,
  accreditation: m.catalogue_facet_accreditation,
  delivery: m.catalogue_facet_delivery,
  booking: m.catalogue_facet_booking,
};

/** Facets whose values have an order of their own; the others show the commonest first. */
const ORDER: Partial<Record<Facet, readonly string[]>> = {
  family: FAMILIES,
  accreditation: ACCREDITATIONS,
  delivery: DELIVERY_MODES,
  booking: BOOKINGS,
};

function labelOf(catalogue: Catalogue, facet: Facet, value: string): string {
  switch (facet) {
    case 'family':
      return familyName(value);
    case 'field':
      return fieldName(value);
    case 'accreditation':
      return accreditationName(value);
    case 'delivery':
      return deliveryName(value);
    case 'booking':
      return bookingName(value);
    case 'city': {
      const city = catalogue.cities().get(value);
      return city ? pick(city.nameZh, city.nameEn) : value;
    }
    case 'park': {
      const park = catalogue.parkBySlug(value);
      return park ? nameOf(park) : value;
    }
  }
}

/** The facets of a result, with the words for their values; a chosen value stays to be unticked even when nothing is left of it. */
export function facetGroups(
  catalogue: Catalogue,
  counts: Partial<Record<Facet, ReadonlyMap<string, number>>>,
  { facets }: Filters,
  without: readonly Facet[] = [],
): FacetGroup[] {
  return FACETS.filter((facet) => !without.includes(facet)).flatMap((facet) => {
    const chosen = facets[facet] ?? [];
    const found = counts[facet] ?? new Map<string, number>();
    const order = ORDER[facet];
    const values = [...new Set([...found.keys(), ...chosen])]
      .map((value) => ({ value, label: labelOf(catalogue, facet, value), count: found.get(value) ?? 0, checked: chosen.includes(value) }))
      .filter(({ count, checked }) => count > 0 || checked)
      .sort((a, b) => (order ? order.indexOf(a.value) - order.indexOf(b.value) : b.count - a.count || (a.value < b.value ? -1 : 1)));
    return values.length > 0 ? [{ name: facet, legend: LEGEND[facet](), values }] : [];
  });
}

const PROBLEM: Record<FilterProblem, () => string> = {
  price_unreadable: m.catalogue_filter_problem_price_unreadable,
  price_reversed: m.catalogue_filter_problem_price_reversed,
  day_unreadable: m.catalogue_filter_problem_day_unreadable,
  words_too_long: m.catalogue_filter_problem_words_too_long,
};

export const filterProblems = (problems: FilterProblem[]): string[] => problems.map((problem) => PROBLEM[problem]());
