/**
 * Search by need: the scopes that answer, joined with the services sold on them, filtered, counted and ranked. Everything it reads
 * is in memory; earliest starts for the number of pieces are looked up by the page for the offers it shows.
 */

import { findMatches, type OfferMatch } from '#app/modules/capability/search/find-matches.ts';
import type { Scopes } from '#app/modules/capability/search/load-scopes.server.ts';
import type { Need } from '#app/modules/capability/search/matching.ts';
import { type OfferFacts, rankMatches } from '#app/modules/capability/search/ranking.ts';
import type { Standing } from './accreditation/standing-of-service.ts';
import { leastBill } from './bill.ts';
import { accreditationOf, accreditedKinds, type Catalogue, type ServiceCard } from './catalogue.ts';
import { distanceKm, type Place } from './distance.ts';
import { FACETS, type Facet, type Filters, PAGE_SIZE } from './facets.ts';
import type { MEASURING_FAMILIES } from './need-fields.ts';
import type { ServiceEntry } from './search-entry.ts';
import type { Bounds } from './search-query.ts';

/** Four pages of fits, and near misses enough to filter. */
const MOST_FITS = 96;
const MOST_NEAR = 32;
/** Near misses shown: enough to choose what to relax. */
const NEAR_SHOWN = 6;
/** Centres that can and do not offer: enough to ask some of them. */
const UNLISTED_SHOWN = 12;

export type NeedOffer = {
  service: ServiceCard;
  match: OfferMatch;
  /** Of the rows that answer, not of all the service is sold on. */
  accreditation: Standing;
  /** Gross 分 for all pieces; null when more pieces are asked than the service takes at once. */
  price: number | null;
  distanceKm: number | null;
};

export type FoundByNeed = {
  /** The page of offers that fit or want a person's look. */
  offers: NeedOffer[];
  total: number;
  page: number;
  pages: number;
  near: NeedOffer[];
  nearTotal: number;
  /** Distinct centres that fit, that want a person's look at least, and that miss narrowly, each counted once. */
  fitCentres: number;
  openCentres: number;
  nearCentres: number;
  counts: Partial<Record<Facet, Map<string, number>>>;
  /** What fits or wants a person's look, of centres that sell no service on those rows. */
  unlisted: OfferMatch[];
  /** Where there is nothing else to show: what comes nearest, of centres that sell no service on those rows. */
  nearUnlisted: OfferMatch[];
  /** Offers that fit but are of another family than asked. */
  otherFamilies: Map<string, number>;
};

export type NeedSearch = {
  need: Need;
  pieces: number;
  family: (typeof MEASURING_FAMILIES)[number] | 'any';
  /** Key of a city; distances are counted from its middle. */
  place: string | null;
  filters: Filters;
  bounds: Bounds;
};

export function findByNeed({ catalogue, scopes }: { catalogue: Catalogue; scopes: Scopes }, search: NeedSearch): FoundByNeed {
  const { need, family, filters, bounds } = search;
  const middle = search.place ? catalogue.middleOf(search.place) : null;
  const found = findMatches(scopes.index, need, { limit: MOST_FITS, nearLimit: MOST_NEAR });
  const facts = (match: OfferMatch) => offersOf(catalogue, match, search.pieces, middle);
  const fits = found.fits.flatMap(facts);
  const near = found.nearMisses.flatMap(facts);
  const notOnSale = ({ capabilityIds: [first] }: OfferMatch) => first !== undefined && catalogue.servicesOn(first).length === 0;
  const unlisted = found.fits.filter(notOnSale);

  const otherFamilies = new Map<string, number>();
  if (family !== 'any') for (const { service } of fits) if (service.family !== family) add(otherFamilies, service.family);
  const ofFamily = ({ service }: NeedOffer) => family === 'any' || service.family === family;
  const asked = fits.filter((offer) => ofFamily(offer) && within(catalogue, offer, bounds));
  const { kept: first, counts } = filterAndCount(catalogue, asked, filters.facets);
  // Where more fits than are kept, a choice may leave none of the kept ones and yet hold for others: then the centres it leaves are asked.
  const behindTheBest = () => {
    const centres = centresLeft(catalogue, search);
    const offers = findMatches(scopes.index, need, { limit: MOST_FITS, nearLimit: 0, centres }).fits.flatMap(facts);
    const left = offers.filter((offer) => ofFamily(offer) && within(catalogue, offer, bounds));
    return filterAndCount(catalogue, left, filters.facets).kept;
  };
  const chosen = FACETS.some((facet) => filters.facets[facet]);
  const kept = chosen && found.fits.length === MOST_FITS && first.length < PAGE_SIZE ? behindTheBest() : first;
  const close = near.filter((offer) => ofFamily(offer) && within(catalogue, offer, bounds));
  const { kept: closeKept, counts: closeCounts } = filterAndCount(catalogue, close, filters.facets);

  const ordered = inOrder(catalogue, kept, filters.order);
  const pages = Math.max(1, Math.ceil(ordered.length / PAGE_SIZE));
  const page = Math.min(filters.page, pages);
  const answering = new Set(kept.map((offer) => offer.service.centre.id));
  const fitting = new Set(kept.filter(({ match }) => match.verdict === 'fits').map((offer) => offer.service.centre.id));
  return {
    offers: ordered.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE),
    total: ordered.length,
    page,
    pages,
    near: page === 1 ? inOrder(catalogue, closeKept, 'fit').slice(0, NEAR_SHOWN) : [],
    nearTotal: closeKept.length,
    fitCentres: fitting.size,
    openCentres: answering.size - fitting.size,
    nearCentres: new Set(closeKept.map((offer) => offer.service.centre.id).filter((id) => !answering.has(id))).size,
    // Where nothing fits, the near misses are what there is to filter.
    counts: asked.length > 0 ? counts : closeCounts,
    unlisted: page === 1 ? unlisted.slice(0, UNLISTED_SHOWN) : [],
    nearUnlisted: asked.length + close.length + unlisted.length === 0 ? found.nearMisses.filter(notOnSale).slice(0, UNLISTED_SHOWN) : [],
    otherFamilies,
  };
}

/** Centres with a service of what is chosen; looked up as they are asked for. */
function centresLeft(catalogue: Catalogue, { family, filters }: NeedSearch): Pick<ReadonlySet<string>, 'has'> {
  const chosen = family === 'any' ? filters.facets : { ...filters.facets, family: [family] };
  const sells = (card: ServiceCard) => {
    const entry = catalogue.search.entry(card.id);
    if (!entry) return false;
    // Which of its rows answer is known with the match: until then one accredited for some of them may be it for these.
    const values = (facet: Facet) => (facet === 'accreditation' ? kindsOfAny(accreditationOf(card)) : valuesOf(entry, facet));
    return FACETS.every((facet) => !chosen[facet] || values(facet).some((value) => chosen[facet]?.includes(value)));
  };
  const known = new Map<string, boolean>();
  return {
    has: (centreId) => {
      const left = known.get(centreId) ?? catalogue.servicesOf(centreId).some(sells);
      known.set(centreId, left);
      return left;
    },
  };
}

/** The services sold on the rows that answer; of a service sold on some of them only, the answer is not the whole. */
function offersOf(catalogue: Catalogue, match: OfferMatch, pieces: number, middle: Place | null): NeedOffer[] {
  const [first, ...others] = match.capabilityIds;
  return (first === undefined ? [] : catalogue.servicesOn(first))
    .filter((service) => others.every((id) => service.capabilityIds.includes(id)))
    .map((service) => {
      const { latitude, longitude } = service.centre;
      return {
        service,
        match,
        accreditation: accreditationOf(service, match.capabilityIds),
        price: pieces <= service.maxQuantity ? leastBill(service, pieces).gross : null,
        distanceKm: middle && latitude !== null && longitude !== null ? distanceKm(middle, { latitude, longitude }) : null,
      };
    });
}

function within(catalogue: Catalogue, { service, price }: NeedOffer, { priceMin, priceMax, earliestBy }: Bounds): boolean {
  if (priceMin !== undefined && (price === null || price < priceMin)) return false;
  if (priceMax !== undefined && (price === null || price > priceMax)) return false;
  return earliestBy === undefined || (catalogue.search.earliest(service.id) ?? Number.POSITIVE_INFINITY) <= earliestBy;
}

/** The offers all filters leave; and per facet what each value would leave, its own choice apart. */
function filterAndCount(catalogue: Catalogue, offers: NeedOffer[], chosen: Filters['facets']) {
  const counts: FoundByNeed['counts'] = offers.length > 0 ? Object.fromEntries(FACETS.map((facet) => [facet, new Map()])) : {};
  const kept: NeedOffer[] = [];
  for (const offer of offers) {
    const entry = catalogue.search.entry(offer.service.id);
    if (!entry) continue;
    const values = (facet: Facet) => (facet === 'accreditation' ? accreditedKinds(offer.accreditation) : valuesOf(entry, facet));
    let missed = 0;
    let only: Facet | undefined;
    for (const facet of FACETS) {
      const wanted = chosen[facet];
      if (!wanted || values(facet).some((value) => wanted.includes(value))) continue;
      missed += 1;
      only = facet;
    }
    if (missed === 0) kept.push(offer);
    if (missed > 1) continue;
    for (const facet of FACETS)
      if (missed === 0 || only === facet) for (const value of values(facet)) add(counts[facet] as Map<string, number>, value);
  }
  return { kept, counts };
}

const kindsOfAny = ({ state, under }: Standing): string[] => (state === 'stated' ? [] : under.map(({ kind }) => kind));

function valuesOf(entry: ServiceEntry, facet: Exclude<Facet, 'accreditation'>): readonly string[] {
  if (facet === 'delivery') return entry.deliveryModes;
  if (facet === 'park') return entry.park ? [entry.park] : [];
  return [entry[facet]];
}

const GRADES = 'DCBA';

function inOrder(catalogue: Catalogue, offers: NeedOffer[], order: Filters['order']): NeedOffer[] {
  const earliest = ({ service }: NeedOffer) => catalogue.search.earliest(service.id) ?? null;
  if (order === 'fit') {
    // Matches are ranked, and each stands for its offer: one match may be sold as several services.
    const ranked = rankMatches(
      offers.map((offer) => ({ verdict: offer.match.verdict, shortfall: offer.match.shortfall, offer })),
      ({ offer }): OfferFacts => ({
        earliest: earliest(offer),
        price: offer.price,
        distanceKm: offer.distanceKm,
        credit: offer.service.centre.creditGrade ? GRADES.indexOf(offer.service.centre.creditGrade) : null,
      }),
    );
    return ranked.map(({ offer }) => offer);
  }
  const size = (offer: NeedOffer) =>
    (order === 'distance' ? offer.distanceKm : order === 'earliest' ? earliest(offer) : offer.price) ?? Number.MAX_VALUE;
  return [...offers].sort((a, b) => size(a) - size(b) || (a.service.id < b.service.id ? -1 : 1));
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
