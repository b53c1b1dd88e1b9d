/** Where what somebody looked for can be had: in a park, elsewhere, or not at all. Of whole searches, without whose they were. */
import { resolve } from '#app/modules/capability/rules/instrument-names.ts';
import type { Scopes } from '#app/modules/capability/search/load-scopes.server.ts';
import { commonLexicon } from '#app/modules/capability/words/lexicon.ts';
import { type Catalogue, type CentreCard, cityKey, type ParkCard } from '../catalogue.ts';
import { distanceKm } from '../distance.ts';
import { findByNeed } from '../find-by-need.server.ts';
import { findByWords } from '../find-by-words.server.ts';
import { needText } from '../need-fields.ts';
import { needVocabulary } from '../need-vocabulary.ts';
import { readNeed } from '../read-need.server.ts';
import { readFilters } from '../search-query.ts';
import type { Asked } from './demand.ts';

type Live = { catalogue: Catalogue; scopes: Scopes; now: number };
type Name = { zh: string; en: string };

export type WhereMet = {
  /** What it is about, by its proper name; null for a text that names nothing known, which is nobody's to read. */
  instrument: Name | null;
  /** A centre of the park sells it. */
  inPark: boolean;
  /** Centres of the park that can measure it and sell no service on it. */
  unlisted: CentreCard[];
  /** The nearest elsewhere that sells it, and how far it is where both places are known. */
  nearest: { centre: CentreCard; km: number | null } | null;
};

/** From this score on a name is what was meant. */
const MEANT = 0.5;
/** So many that sell it are looked at for the nearest. */
const MOST_LOOKED_AT = 24;

/** The search as it was asked, without what it was narrowed by: a park that is asked what it lacks lacks it at any price. */
export function whereMet({ catalogue, scopes, now }: Live, park: ParkCard, { search, asked }: Asked): WhereMet {
  const params = new URLSearchParams(asked);
  if (search === 'words') {
    const { words } = readFilters(params, ['fit']);
    const find = (parks: string[] | undefined) => {
      const query = { words, facets: parks ? { park: parks } : {}, sort: 'fit', offset: 0, limit: MOST_LOOKED_AT } as const;
      const { found, instead } = findByWords(catalogue, scopes.vocabulary, query);
      return instead ? [] : found.ids.flatMap((id) => catalogue.services.get(id)?.centre ?? []);
    };
    const inPark = find([park.slug]).length > 0;
    return {
      instrument: nameOf(scopes, words),
      inPark,
      unlisted: [],
      nearest: inPark ? null : nearestOf(catalogue, park, find(undefined)),
    };
  }
  const text = needText(params);
  const instrument = nameOf(scopes, text.item);
  const { need, pieces, family } = readNeed(text, needVocabulary(catalogue, scopes, now));
  if (!need) return { instrument, inPark: false, unlisted: [], nearest: null };
  const find = (parks: string[] | undefined) => {
    const filters = { words: '', facets: parks ? { park: parks } : {}, ...{ priceMin: '', priceMax: '', before: '' } };
    const place = cityKey(park.cityEn);
    return findByNeed(
      { catalogue, scopes },
      { need, pieces, family, place, filters: { ...filters, order: 'distance', page: 1 }, bounds: {} },
    );
  };
  const inPark = find([park.slug]).total > 0;
  if (inPark) return { instrument, inPark, unlisted: [], nearest: null };
  const { offers, unlisted } = find(undefined);
  const own = unlisted.flatMap(({ centreId }) => catalogue.centres.get(centreId) ?? []).filter((centre) => centre.park?.id === park.id);
  const centres = offers.map(({ service }) => service.centre);
  return { instrument, inPark, unlisted: [...new Set(own)], nearest: nearestOf(catalogue, park, centres) };
}

/** The proper name of what a text is about, if it names anything known. */
function nameOf(scopes: Scopes, text: string): Name | null {
  if (text.trim() === '') return null;
  const [best] = resolve(scopes.vocabulary, text, 1);
  if (best && best.score >= MEANT) return { zh: best.zh, en: best.en };
  const lexicon = commonLexicon();
  const [id] = lexicon.meant(text);
  const known = id === undefined ? undefined : lexicon.instruments[id];
  return known ? { zh: known.zh, en: known.en } : null;
}

function nearestOf(catalogue: Catalogue, park: ParkCard, centres: readonly CentreCard[]): WhereMet['nearest'] {
  const middle = catalogue.middleOf(cityKey(park.cityEn));
  const far = centres.map((centre) => {
    const { latitude, longitude } = centre;
    return { centre, km: middle && latitude !== null && longitude !== null ? distanceKm(middle, { latitude, longitude }) : null };
  });
  return far.sort((a, b) => (a.km ?? Number.POSITIVE_INFINITY) - (b.km ?? Number.POSITIVE_INFINITY))[0] ?? null;
}
