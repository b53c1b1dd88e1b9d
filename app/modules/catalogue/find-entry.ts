import { fold } from '#app/modules/capability/words/fold.ts';
import type { Catalogue, CentreCard } from './catalogue.ts';

const MOST_FOUND = 12;

/** Entries nobody has claimed whose name or city holds every word, in the order of their addresses. */
export function findEntries(catalogue: Pick<Catalogue, 'centres'>, words: string): CentreCard[] {
  const wanted = fold(words).split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return [];
  const holds = (centre: CentreCard) => {
    const text = fold(`${centre.nameZh} ${centre.nameEn} ${centre.cityZh} ${centre.cityEn}`);
    return !centre.claimed && wanted.every((word) => text.includes(word));
  };
  return [...catalogue.centres.values()]
    .filter(holds)
    .sort((a, b) => (a.slug < b.slug ? -1 : 1))
    .slice(0, MOST_FOUND);
}
