/** Whom to ask for what nothing on sale answers: centres that can and do not list it, then those that nearly can, then those of the same instrument. */
import type { Scopes } from '#app/modules/capability/search/load-scopes.server.ts';
import type { Catalogue, CentreCard } from './catalogue.ts';
import { findByNeed } from './find-by-need.server.ts';
import { NEED_DEFAULTS, type NeedText, needText } from './need-fields.ts';
import { needVocabulary, readingBy } from './need-vocabulary.ts';
import { readNeed } from './read-need.server.ts';
import { placesOf } from './read-sentence.server.ts';
import { readFilters } from './search-query.ts';
import { spreadItem } from './spread-item.server.ts';
import type { Asked } from './wanted/demand.ts';

/** More than anybody asks, few enough to look through. */
const MOST_PROPOSED = 12;

export type CentreToAsk = { centre: CentreCard; why: 'can' | 'near' | 'other' };

export function centresToAsk(live: { catalogue: Catalogue; scopes: Scopes }, { search, asked }: Asked, now: number): CentreToAsk[] {
  const { catalogue, scopes } = live;
  const params = new URLSearchParams(asked);
  const typed = search === 'words' ? { ...NEED_DEFAULTS, item: params.get('q') ?? '' } : needText(params);
  const { text } = spreadItem(typed, scopes.vocabulary, placesOf(catalogue.cities()), readingBy(scopes));
  const exact = found(live, text, now);
  const same = found(live, { ...NEED_DEFAULTS, family: 'any', item: text.item }, now);
  const why = new Map<string, CentreToAsk['why']>();
  const put = (of: Iterable<string>, reason: CentreToAsk['why']) => {
    for (const id of of) if (!why.has(id)) why.set(id, reason);
  };
  put(exact.unlisted, 'can');
  put(exact.near, 'near');
  put([...same.unlisted, ...same.offers, ...same.near], 'other');
  return [...why]
    .flatMap(([id, reason]) => {
      const centre = catalogue.centres.get(id);
      // Of an entry nobody has claimed, nobody would answer.
      return centre?.claimed ? [{ centre, why: reason }] : [];
    })
    .slice(0, MOST_PROPOSED);
}

const NONE = { unlisted: [], near: [], offers: [] };

/** Ids of the centres. */
function found({ catalogue, scopes }: { catalogue: Catalogue; scopes: Scopes }, text: NeedText, now: number) {
  if (text.item === '') return NONE;
  const { need, pieces, place } = readNeed(text, needVocabulary(catalogue, scopes, now));
  if (!need) return NONE;
  const filters = readFilters(new URLSearchParams(), ['fit']);
  const { unlisted, near, nearUnlisted, offers } = findByNeed(
    { catalogue, scopes },
    { need, pieces, family: 'any', place, filters, bounds: {} },
  );
  return {
    unlisted: unlisted.map(({ centreId }) => centreId),
    near: [...near.map(({ service }) => service.centre.id), ...nearUnlisted.map(({ centreId }) => centreId)],
    offers: offers.map(({ service }) => service.centre.id),
  };
}
