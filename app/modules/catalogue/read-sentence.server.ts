/**
 * A sentence as people type it into one box, taken apart: instrument, numbers, place, kind of service; and what was not understood,
 * so that nothing is dropped without a word.
 */
import { isName, type Vocabulary } from '#app/modules/capability/rules/instrument-names.ts';
import { atomsOf, fold, foldWord, isHan } from '#app/modules/capability/words/fold.ts';
import { commonLexicon } from '#app/modules/capability/words/lexicon.ts';
import { type Parts, readParts } from '#app/modules/capability/words/read-parts.server.ts';
import type { MEASURING_FAMILIES } from './need-fields.ts';
import typed from './typed-words.json' with { type: 'json' };

type MeasuringFamily = (typeof MEASURING_FAMILIES)[number];

export type Sentence = Omit<Parts, 'specifications'> & {
  /** What is to be measured, as it was typed or as its model says; empty when none was named. */
  instrument: string;
  /** Whether that is a name somebody knows. */
  named: boolean;
  /** Key of a city. */
  place?: string;
  family?: MeasuringFamily;
  /** The technician is to come. */
  onSite?: true;
  /** Without the numbers that were understood: what a search by words looks for. */
  words: string;
  unused: string[];
};

/** Cities by their names, folded: 苏州, 苏州市, suzhou. */
export type Places = ReadonlyMap<string, string>;

/** Kinds of service by what people call them. */
const FAMILY = typed.families as Record<string, MeasuringFamily>;

const ON_SITE = new Set(typed.onSite);

const grammar = new Set([...typed.grammar, ...typed.grammarEn]);
const asking = new Set([...typed.asking, ...typed.askingEn.map(foldWord)]);

export const placesOf = (cities: ReadonlyMap<string, { nameZh: string; nameEn: string }>): Places =>
  new Map(
    [...cities].flatMap(([key, { nameZh, nameEn }]) =>
      [nameZh, `${nameZh}${typed.cityEnding}`, nameEn].map((name) => [wordText(atomsOf(name)), key] as const),
    ),
  );

/** Atoms as they are read: Han characters joined, words apart. */
const wordText = (atoms: readonly string[]): string =>
  atoms.reduce((text, atom, i) => text + (i > 0 && !(isHan(atom) && isHan(atoms[i - 1] as string)) ? ' ' : '') + atom, '');

export function readSentence(text: string, vocabulary: Vocabulary, places: Places): Sentence {
  const { parts, rest, unused } = readParts(text);
  const { specifications, ...said } = parts;
  const found = wordsIn(rest, vocabulary, places);
  const [instrument = '', ...others] = found.names;
  const named = instrument || parts.model?.instrument || '';
  const words = [rest, ...(parts.accreditation ?? []), instrument ? '' : (parts.model?.instrument ?? '')].filter(Boolean).join(' ');
  // Of what was meant nothing is known: it stands as it was typed, to be told so.
  const unknown = named === '' ? found.left.join(' ') : '';
  return {
    ...said,
    instrument: named || unknown,
    named: named !== '',
    ...(found.place ? { place: found.place } : {}),
    ...(found.family ? { family: found.family } : {}),
    ...(found.onSite ? { onSite: true } : {}),
    words,
    unused: [...unused, ...others, ...(unknown ? [] : found.left), ...found.asking],
  };
}

type WordsIn = { names: string[]; place?: string; family?: MeasuringFamily; onSite?: true; asking: string[]; left: string[] };

function wordsIn(rest: string, vocabulary: Vocabulary, places: Places): WordsIn {
  const found: WordsIn = { names: [], asking: [], left: [] };
  if (isName(vocabulary, rest)) return { ...found, names: [rest] };
  for (const run of stretches(rest)) {
    const inside = [...commonLexicon().namesIn(run), ...vocabulary.own.namesIn(run)].sort((a, b) => b.until - b.from - (a.until - a.from));
    const taken = inside.filter((one, i) => inside.slice(0, i).every(({ from, until }) => one.until <= from || one.from >= until));
    let at = 0;
    for (const { from, until } of [...taken.sort((a, b) => a.from - b.from), { from: run.length, until: run.length }]) {
      if (from > at) sortOut(run.slice(at, from), found, places);
      if (until > from) found.names.push(wordText(run.slice(from, until)).replace(CODE, ' $1$2'));
      at = until;
    }
  }
  return joined(found, vocabulary);
}

/** Sequences of atoms that were typed together; words in letters go on over spaces. */
function stretches(text: string): string[][] {
  const chunks = fold(text)
    .split(/[\s,，。；;：:、！!？?()（）[\]【】"“”|]+/u)
    .map(atomsOf)
    .filter((atoms) => atoms.length > 0);
  const all: string[][] = [];
  for (const atoms of chunks) {
    const before = all.at(-1);
    if (before && !(isHan(before.at(-1) as string) && isHan(atoms[0] as string))) before.push(...atoms);
    else all.push([...atoms]);
  }
  return all;
}

/** What stands between the names: places, kinds of service, words that ask, and what is not known. */
function sortOut(atoms: string[], found: WordsIn, places: Places): void {
  let unknown: string[] = [];
  const flush = () => {
    if (unknown.length > 0) found.left.push(wordText(unknown));
    unknown = [];
  };
  for (let at = 0; at < atoms.length; ) {
    let length = Math.min(MOST_ATOMS, atoms.length - at);
    for (; length > 0; length--) if (known(wordText(atoms.slice(at, at + length)), found, places)) break;
    if (length > 0) flush();
    else unknown.push(atoms[at] as string);
    at += Math.max(1, length);
  }
  flush();
}

const MOST_ATOMS = 6;

function known(word: string, found: WordsIn, places: Places): boolean {
  const place = places.get(word);
  const family = Object.hasOwn(FAMILY, word) ? FAMILY[word] : undefined;
  if (place !== undefined) {
    if (found.place && found.place !== place) found.left.push(word);
    else found.place = place;
  } else if (family) {
    if (found.family && found.family !== family) found.left.push(word);
    else found.family = family;
  } else if (ON_SITE.has(word)) found.onSite = true;
  else if (asking.has(word)) found.asking.push(word);
  else return grammar.has(word);
  return true;
}

/** Behind a name that has its class in it: 砝码 f 1. */
const CODE = / ([a-z]{1,2}) (\d{1,3})$/u;

/** A class or type is read as letters and a number: `f 1 级` is F1级. */
const unspaced = (word: string): string => word.replace(/^([a-z]{1,2}) (\d{1,3})(?: ([级型等]))?$/u, '$1$2$3');

/** A word that was left may belong to the name: 热电偶 K型 is K型热电偶, "digital" and "caliper" one instrument. */
function joined(found: WordsIn, vocabulary: Vocabulary): WordsIn {
  const [name] = found.names;
  for (const [i, left] of found.left.entries()) {
    const word = unspaced(left);
    const whole = [`${word}${name ?? ''}`, `${word} ${name ?? ''}`, `${name ?? ''} ${word}`].find((text) => isName(vocabulary, text));
    if (whole) return { ...found, names: [whole.trim(), ...found.names.slice(1)], left: found.left.toSpliced(i, 1) };
  }
  return found;
}
