/** What the words of a need mean, by the scopes and cities there are now. */
import { nameKey } from '#app/modules/capability/rules/capability.ts';
import { namedDesignation } from '#app/modules/capability/rules/designation-book.ts';
import { resolve } from '#app/modules/capability/rules/instrument-names.ts';
import type { Scopes } from '#app/modules/capability/search/load-scopes.server.ts';
import { commonLexicon } from '#app/modules/capability/words/lexicon.ts';
import type { Catalogue } from './catalogue.ts';
import type { NeedVocabulary, Traits } from './read-need.server.ts';
import type { ReadingBy } from './spread-item.server.ts';

/** From this score on a name is what was meant; below it is a guess to be offered. */
const MEANT = 0.5;
const MOST_MEANT = 12;

/** Instruments the text names; none when it names none for certain. */
export const instrumentsMeant = (scopes: Scopes, text: string) =>
  resolve(scopes.vocabulary, text, MOST_MEANT).filter(({ score }, _, [best]) => score >= MEANT && (best?.score !== 1 || score === 1));

/** What a sentence is read by, of the scopes there are. */
export const readingBy = (scopes: Scopes): ReadingBy => ({
  designates: (instrument, word) =>
    namedDesignation(
      scopes.designations,
      `${instrument} ${word}`,
      instrumentsMeant(scopes, instrument).map(({ key }) => key),
    ) !== null || splitMeasurand(scopes, `${instrument} ${word}`) !== null,
  measured: (instrument) => {
    const { groups } = scopes.index;
    const places = groupsOf(scopes, instrument);
    return {
      kinds: new Set(places.map((place) => groups.kindAt(place)).filter((kind) => kind !== '')),
      states: (name) =>
        places.some((place) => groups.at(place).variants.some(([row]) => row?.parameters.some((parameter) => parameter.name === name))),
    };
  },
});

/** Places of the groups of all instruments the text names. */
const groupsOf = (scopes: Scopes, text: string): number[] =>
  instrumentsMeant(scopes, text)
    .flatMap(({ key }) => [...scopes.index.groups.byInstrument(key)])
    .filter((place) => scopes.index.groups.lives(place));

/** What of an instrument is to be measured, said behind its name: 数字多用表 交流电压. Null where the last word names nothing its rows measure. */
function splitMeasurand(scopes: Scopes, text: string): { rest: string; measurands: string[] } | null {
  const [, rest = '', word = ''] = /^(.+\S)\s+(\p{L}[\p{L}\p{N}]*)$/u.exec(text) ?? [];
  const said = nameKey(word);
  if (said.length < SHORTEST_MEASURAND) return null;
  const measured = groupsOf(scopes, rest).map((place) => scopes.index.groups.measurandAt(place));
  const measurands = [...new Set(measured)].filter((name) => name.includes(said));
  return measurands.length > 0 ? { rest, measurands } : null;
}

/** 电压 says something, 压 does not. */
const SHORTEST_MEASURAND = 2;

/** What a class and one number say of the instrument a text names. */
function traitsOf(scopes: Scopes, text: string): Traits {
  const [best] = text === '' ? [] : resolve(scopes.vocabulary, text, 1);
  const meant = commonLexicon()
    .meant(best?.zh ?? text)
    .map((id) => commonLexicon().instruments[id]);
  return {
    classMeans: meant.map((one) => one?.classMeans).find((means) => means) ?? null,
    sizeMeans: meant.map((one) => one?.sizeMeans).find((means) => means) ?? null,
  };
}

export function needVocabulary(catalogue: Catalogue, scopes: Scopes, now: number): NeedVocabulary {
  return {
    now,
    names: (whole) => {
      const split = splitMeasurand(scopes, whole);
      const text = split?.rest ?? whole;
      const meant = instrumentsMeant(scopes, text);
      const keys = meant.map(({ key }) => key);
      const named = namedDesignation(scopes.designations, text, keys);
      const exact = meant.some(({ score }) => score === 1);
      const ofRest = named?.marked && !exact ? instrumentsMeant(scopes, named.rest).map(({ key }) => key) : [];
      const instruments = [...new Set([...keys, ...(named?.instruments ?? []), ...ofRest])];
      return instruments.length > 0 ? { instruments, measurands: split?.measurands ?? [], designation: named?.designation ?? null } : null;
    },
    traits: (text) => traitsOf(scopes, text),
    hasPlace: (city) => catalogue.cities().has(city),
  };
}
