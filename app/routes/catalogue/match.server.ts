import type { Services } from '#app/http/services.server.ts';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { type FoundByNeed, findByNeed, type NeedOffer } from '#app/modules/catalogue/find-by-need.server.ts';
import { isBlank, type NeedText, needParams } from '#app/modules/catalogue/need-fields.ts';
import { readNeed } from '#app/modules/catalogue/read-need.server.ts';
import { type Filters, filterParams, NEED_ORDERS, readBounds } from '#app/modules/catalogue/search-query.ts';
import { chipsOf, facetsOf, problemTexts } from './facets.server.ts';
import { needOfferOf } from './offer.server.ts';
import { picksOf } from './picks.server.ts';
import { instrumentsMeant, needVocabulary, sentenceFrame, suggestions, troublesOf } from './sentence.server.ts';
import { startsOf } from './starts.server.ts';
import { familyName, nameOf } from './words.ts';

/** The family is a hole of the sentence, and place is a distance there: the city is a filter of its own. */
const FACETS = ['delivery', 'accreditation', 'booking', 'city', 'park'] as const;

const ORDER_NAME = {
  fit: m.catalogue_sort_fit,
  price: m.catalogue_sort_price,
  earliest: m.catalogue_sort_earliest,
  distance: m.catalogue_sort_distance,
};

/** The family of the sentence, not the filter of the same name. */
const ownFilters = (filters: Filters): Filters => {
  const { family: _, field: __, ...facets } = filters.facets;
  return { ...filters, words: '', facets };
};

export function matchParams(text: NeedText, filters: Filters, page = 1): URLSearchParams {
  return new URLSearchParams([...needParams(text), ...filterParams(ownFilters(filters), { page })]);
}

export const matchAddress = (params: URLSearchParams) => `/match${params.size > 0 ? `?${params}` : ''}`;

/** Everything the page of a need shows: the sentence with its troubles, and the answer when there is one. */
export async function answerNeed(services: Services, request: Request, text: NeedText, given: Filters) {
  const [catalogue, scopes] = await Promise.all([services.catalogue.current(), services.scopes.current()]);
  const now = services.clock();
  const filters = ownFilters(given);
  const read = isBlank(text) ? null : readNeed(text, needVocabulary(catalogue, scopes, now));
  const troubles = read ? troublesOf(read, text) : [];
  const meant = text.item ? instrumentsMeant(scopes, text.item) : [];
  const picks = picksOf(request, catalogue);
  const page = {
    text,
    troubles,
    frame: sentenceFrame(catalogue, scopes, now),
    kept: [...filterParams(filters)] as [string, string][],
    suggested:
      read?.problems.item === 'item_unknown'
        ? suggestions(scopes, text.item).map((name) => ({ name, to: matchAddress(needParams(text, { item: name })) }))
        : [],
    readAs: meant.length > 1 ? meant.map(({ zh, en }) => pick(zh, en)).join(' · ') : null,
    picked: picks.map((card) => card.slug),
    need: [...needParams(text)] as [string, string][],
  };
  if (!read?.need) return { ...page, elsewhere: [], result: null };

  const { bounds, problems } = readBounds(filters);
  const { need, pieces } = read;
  const found = findByNeed({ catalogue, scopes }, { need, pieces, family: read.family, place: read.place, filters, bounds });
  const shown = [...found.offers, ...found.near];
  const starts = await startsOf(
    services,
    catalogue,
    shown.map(({ service }) => service),
    { quantity: pieces, from: read.from },
  );
  const card = (offer: NeedOffer) => needOfferOf(offer, { need, text, pieces }, scopes, starts.get(offer.service.id));
  const slugs = new Set(shown.map(({ service }) => service.slug));
  const own = (params: URLSearchParams) => matchAddress(new URLSearchParams([...needParams(text), ...params]));
  const at = (change: Partial<Filters>) => own(filterParams(filters, change));
  return {
    ...page,
    elsewhere: picks.filter(({ slug }) => !slugs.has(slug)).map((pickedCard) => ({ slug: pickedCard.slug, name: nameOf(pickedCard) })),
    result: {
      title: titleOf(found),
      offers: found.offers.map(card),
      near: found.near.map(card),
      facets: facetsOf(catalogue, filters, found.counts, FACETS),
      facetsKeep: [...needParams(text), ...(filters.order === 'fit' ? [] : [['sort', filters.order]])] as [string, string][],
      chips: chipsOf(catalogue, filters, own),
      clear: at({ facets: {}, priceMin: '', priceMax: '', before: '' }),
      problems: problemTexts(problems),
      sorts: NEED_ORDERS.filter((order) => order !== 'distance' || read.place !== null).map((order) => ({
        name: ORDER_NAME[order](),
        to: at({ order }),
        on: order === filters.order,
      })),
      others: [...found.otherFamilies].map(([family, count]) => ({
        text: m.catalogue_match_other_family({ count, family: familyName(family) }),
        to: matchAddress(needParams(text, { family })),
      })),
      page: found.page,
      pages: found.pages,
      previous: found.page > 1 ? at({ page: found.page - 1 }) : null,
      next: found.page < found.pages ? at({ page: found.page + 1 }) : null,
    },
  };
}

const titleOf = ({ fitCentres, nearCentres }: FoundByNeed): string =>
  fitCentres > 0
    ? m.catalogue_match_count({ fit: fitCentres, near: nearCentres })
    : nearCentres > 0
      ? m.catalogue_match_count_none({ near: nearCentres })
      : m.catalogue_match_none_title();
