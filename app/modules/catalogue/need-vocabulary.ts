/** What the words of a need mean, by the scopes and cities there are now. */
import { namedDesignation } from '#app/modules/capability/rules/designation-book.ts';
import { resolve } from '#app/modules/capability/rules/instrument-names.ts';
import type { Scopes } from '#app/modules/capability/search/load-scopes.server.ts';
import type { Catalogue } from './catalogue.ts';
import type { NeedVocabulary } from './read-need.server.ts';
import type { Designates } from './spread-item.server.ts';

/** From this score on a name is what was meant; below it is a guess to be offered. */
const MEANT = 0.5;
const MOST_MEANT = 12;

/** Instruments the text names; none when it names none for certain. */
export const instrumentsMeant = (scopes: Scopes, text: string) =>
  resolve(scopes.vocabulary, text, MOST_MEANT).filter(({ score }, _, [best]) => score >= MEANT && (best?.score !== 1 || score === 1));

export const designates =
  (scopes: Scopes): Designates =>
  (instrument, word) =>
    namedDesignation(
      scopes.designations,
      `${instrument} ${word}`,
      instrumentsMeant(scopes, instrument).map(({ key }) => key),
    ) !== null;

export function needVocabulary(catalogue: Catalogue, scopes: Scopes, now: number): NeedVocabulary {
  return {
    now,
    names: (text) => {
      const meant = instrumentsMeant(scopes, text);
      const keys = meant.map(({ key }) => key);
      const named = namedDesignation(scopes.designations, text, keys);
      const exact = meant.some(({ score }) => score === 1);
      const ofRest = named?.marked && !exact ? instrumentsMeant(scopes, named.rest).map(({ key }) => key) : [];
      const instruments = [...new Set([...keys, ...(named?.instruments ?? []), ...ofRest])];
      return instruments.length > 0 ? { instruments, measurands: [], designation: named?.designation ?? null } : null;
    },
    hasPlace: (city) => catalogue.cities().has(city),
  };
}
