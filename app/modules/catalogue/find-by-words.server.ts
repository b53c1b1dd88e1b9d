/** Search by words: what was typed is understood, what finds nothing is put right or left out, and both are said. */
import type { Vocabulary } from '#app/modules/capability/rules/instrument-names.ts';
import type { Catalogue } from './catalogue.ts';
import { placesOf, readSentence, type Sentence } from './read-sentence.server.ts';
import type { Term } from './read-words.ts';
import type { Found, Query } from './search-entry.ts';

/** The nearest that does find. */
export type Instead = { words: string; changed: { from: string; to: string }[]; dropped: string[] };

export type FoundByWords = {
  found: Found;
  sentence: Sentence;
  /** Names that pinyin or initials were taken for. */
  taken: { from: string; to: string[] }[];
  /** Set when the words as they were typed find nothing: `found` is what these find. */
  instead: Instead | null;
  /** Nothing has what was asked, whatever filters are on. */
  nothing: boolean;
  /** Other spellings of a word nothing is found for, each with the whole search it would make. */
  meant: { to: string; words: string }[];
};

const MOST_MEANT = 3;

export function findByWords(catalogue: Catalogue, vocabulary: Vocabulary, query: Query): FoundByWords {
  const sentence = sentenceOf(catalogue, vocabulary, query.words);
  const words = lookedFor(catalogue, query.words, sentence);
  const { terms, unused } = catalogue.search.read(words);
  const taken = terms.filter(({ names }) => names.length > 0).map(({ said, names }) => ({ from: said, to: names }));
  const of = (text: string) => catalogue.search.search({ ...query, words: text });
  const found = of(words);
  const said = { ...sentence, unused: [...new Set([...sentence.unused.filter((word) => !isLookedFor(word, terms)), ...unused])] };
  const base = { sentence: said, taken, instead: null, meant: [], nothing: false };
  // Filters that leave nothing of what the words find are the page's to say.
  if (found.total > 0 || terms.length === 0 || findsAnything(catalogue, words)) return { ...base, found };
  const { instead, meant } = nearest(catalogue, terms);
  return { ...base, found: instead ? of(instead.words) : found, instead, meant, nothing: true };
}

type Kept = { revision: number; sentences: Map<string, Sentence> };
/** Sentences as they were read last, by the names there were. */
const kept = new WeakMap<Vocabulary, Kept>();
const MOST_KEPT = 500;

/** Who pages, filters or sorts asks with the same words. */
function sentenceOf(catalogue: Catalogue, vocabulary: Vocabulary, words: string): Sentence {
  const { revision } = catalogue.search;
  let before = kept.get(vocabulary);
  if (before?.revision !== revision || before.sentences.size > MOST_KEPT) {
    before = { revision, sentences: new Map() };
    kept.set(vocabulary, before);
  }
  const known = before.sentences.get(words) ?? readSentence(words, vocabulary, placesOf(catalogue.cities()));
  before.sentences.set(words, known);
  return known;
}

/** Words the search by need does not use are looked for in texts by this one. */
const isLookedFor = (word: string, terms: Term[]): boolean => terms.some(({ said, dead }) => !dead && word.includes(said));

/** Numbers beside a named instrument are about it and no words; without one they may be words of a service: 100 kV 高压大厅. */
function lookedFor(catalogue: Catalogue, typed: string, sentence: Sentence): string {
  if (sentence.words === '') return typed;
  const named = catalogue.search.read(sentence.words).terms.some((term) => term.named.length + term.wider.length > 0);
  return !named && findsAnything(catalogue, typed) ? typed : sentence.words;
}

const countOf = (catalogue: Catalogue, words: string): number =>
  catalogue.search.search({ words, facets: {}, sort: 'fit', offset: 0, limit: 1 }).total;
const findsAnything = (catalogue: Catalogue, words: string): boolean => countOf(catalogue, words) > 0;

function nearest(catalogue: Catalogue, terms: Term[]): { instead: Instead | null; meant: FoundByWords['meant'] } {
  const near = new Map(terms.filter(({ dead }) => dead).map((term) => [term, catalogue.search.words.near(term.said, MOST_MEANT)]));
  const changed: Instead['changed'] = [];
  const dropped: string[] = [];
  let kept: { said: string; named: boolean }[] = [];
  for (const term of terms) {
    const to = near.get(term)?.find((one) => findsAnything(catalogue, one));
    if (!term.dead) kept.push({ said: term.said, named: term.named.length + term.wider.length > 0 });
    else if (to) {
      changed.push({ from: term.said, to });
      kept.push({ said: to, named: true });
    } else dropped.push(term.said);
  }
  while (kept.length > 1 && !findsAnything(catalogue, wordsOf(kept))) {
    const out = leastMissed(catalogue, kept);
    dropped.push(...kept.filter((_, i) => i === out).map(({ said }) => said));
    kept = kept.toSpliced(out, 1);
  }
  const meant = [...near].flatMap(([term, names]) =>
    names.map((to) => ({
      to,
      words: wordsOf(terms.filter((one) => one === term || !one.dead).map((one) => ({ said: one === term ? to : one.said }))),
    })),
  );
  const words = wordsOf(kept);
  const finds = kept.length > 0 && findsAnything(catalogue, words);
  return {
    instead: finds ? { words, changed, dropped } : null,
    meant: meant.filter((one) => findsAnything(catalogue, one.words)).slice(0, MOST_MEANT),
  };
}

const wordsOf = (terms: readonly { said: string }[]): string => terms.map(({ said }) => said).join(' ');

/** The one whose absence lets the others find most; a named instrument last. */
function leastMissed(catalogue: Catalogue, terms: readonly { said: string; named: boolean }[]): number {
  let best = { at: 0, count: -1 };
  for (const [at, term] of terms.entries()) {
    if (term.named && terms.some(({ named }) => !named)) continue;
    const count = countOf(catalogue, wordsOf(terms.toSpliced(at, 1)));
    if (count > best.count) best = { at, count };
  }
  return best.at;
}
