/** From what a visitor types to the instruments the scopes speak of: 千分尺, "outside micrometer", ＰＴ１００, qianfenchi. */

import { isHan, piecesOf } from '../words/fold.ts';
import { commonLexicon, Lexicon } from '../words/lexicon.ts';
import { type Capability, nameKey } from './capability.ts';

interface Name {
  text: string;
  words: string[];
  /** A wider name, which may mean the instrument among others. */
  wider?: true;
}

export interface InstrumentEntry {
  /** `nameKey` of the Chinese name: what needs and rows meet by. */
  key: string;
  zh: string;
  en: string;
  /** Rows that state it; the commoner instrument is shown first. */
  rows: number;
  names: Name[];
}

export interface Vocabulary {
  entries: InstrumentEntry[];
  /** Every proper name there is, in its one form. */
  names: ReadonlySet<string>;
  /** Instruments the common lexicon does not know: to be read aloud and spelled nearly. */
  own: Lexicon;
  /** What was asked lately, with its answer: people look at page after page of the same need. */
  asked: Map<string, Candidate[]>;
}

export interface Candidate {
  key: string;
  zh: string;
  en: string;
  /** 1 for the very name, less the further the text is from it. */
  score: number;
}

/** How sure each way of meeting a name is. */
const SCORE = { exact: 1, wider: 0.95, prefix: 0.8, inside: 0.7, around: 0.6, words: 0.55, near: 0.45, similar: 0.4 } as const;
/** Share of two-character pieces in common from which names count as similar: one wrong character in four. */
const SIMILAR = 0.5;
const MAX_TEXT = 60;
const MOST_ASKED = 500;
/** Names a misspelt or spoken one is taken for at once. */
const MOST_TAKEN = 6;

/** Width, case, script, brackets, spaces, plurals and British spellings made one: "Pressure Gages" → "pressure gauge". */
const searchText = (text: string): string =>
  piecesOf(text).reduce(
    (all, piece, i, pieces) => all + (i > 0 && !(isHan(piece) && isHan(pieces[i - 1] as string)) ? ' ' : '') + piece,
    '',
  );

function nameOf(text: string): Name {
  const clean = searchText(text);
  return { text: clean, words: clean.split(' ') };
}

/**
 * The distinct instruments of the rows with all their names. Rebuilt when an instrument appears or goes, not per row.
 * @param stated each row, or each way to name an instrument with how many `rows` do
 */
export function buildVocabulary(stated: Iterable<Pick<Capability, 'instrumentZh' | 'instrumentEn'> & { rows?: number }>): Vocabulary {
  const entries = new Map<string, InstrumentEntry>();
  const own = new Lexicon();
  for (const { instrumentZh, instrumentEn, rows = 1 } of stated) {
    const key = nameKey(instrumentZh);
    const known = entries.get(key);
    if (known) {
      known.rows += rows;
      continue;
    }
    const ids = commonLexicon().named(instrumentZh);
    if (ids.length === 0) own.add({ zh: [instrumentZh], en: instrumentEn.trim() ? [instrumentEn] : [] });
    entries.set(key, { key, zh: instrumentZh, en: instrumentEn, rows, names: namesOf(instrumentZh, instrumentEn, ids) });
  }
  const all = [...entries.values()];
  const names = new Set(all.flatMap((entry) => entry.names.flatMap((name) => (name.wider ? [] : name.text))));
  return { entries: all, names, own, asked: new Map() };
}

function namesOf(zh: string, en: string, ids: readonly number[]): Name[] {
  const names = new Map<string, Name>();
  const put = (text: string, wider?: true) => {
    const name = nameOf(text);
    if (name.text !== '' && !names.has(name.text)) names.set(name.text, wider ? { ...name, wider } : name);
  };
  const known = ids.map((id) => commonLexicon().instruments[id]!);
  for (const text of [zh, en, ...known.flatMap((one) => one.names)]) put(text);
  for (const text of known.flatMap((one) => one.wider)) put(text, true);
  return [...names.values()];
}

function pairs(text: string): string[] {
  const out: string[] = [];
  for (let i = 0; i + 1 < text.length; i += 1) out.push(text.slice(i, i + 2));
  return out;
}

/** Dice's coefficient over two-character pieces, 0..1. */
function similarity(a: string, pairsOfB: readonly string[]): number {
  const mine = new Set(pairs(a));
  if (mine.size + pairsOfB.length === 0) return 0;
  return (2 * pairsOfB.filter((p) => mine.has(p)).length) / (mine.size + pairsOfB.length);
}

function scoreOf(name: Name, asked: Name): number {
  if (name.text === asked.text) return name.wider ? SCORE.wider : SCORE.exact;
  // That it contains a wider name says nothing of the instrument: 压力校验仪 is no 温度校验仪.
  if (name.wider) return 0;
  const closeness = Math.min(name.text.length, asked.text.length) / Math.max(name.text.length, asked.text.length) / 10;
  if (name.text.startsWith(asked.text)) return SCORE.prefix + closeness;
  if (asked.text.length >= 2 && name.text.includes(asked.text)) return SCORE.inside + closeness;
  if (name.text.length >= 2 && containsName(asked, name)) return SCORE.around + closeness;
  if (asked.words.length > 1 && asked.words.every((word) => name.words.some((w) => w.startsWith(word)))) return SCORE.words + closeness;
  return 0;
}

/** A Latin name must stand as whole words in the text: "rtd" is not in "partdrawing". */
function containsName(asked: Name, name: Name): boolean {
  if (!asked.text.includes(name.text)) return false;
  return /\p{Script=Han}/u.test(name.text) || name.words.every((word) => asked.words.includes(word));
}

/** Whether the text is a proper name of an instrument, and nothing besides. */
export const isName = (vocabulary: Vocabulary, text: string): boolean => vocabulary.names.has(searchText(text));

/** Up to `limit` instruments the text may mean, best first; pinyin and near spellings only when nothing matches outright. */
export function resolve(vocabulary: Vocabulary, text: string, limit: number): Candidate[] {
  const key = text.slice(0, MAX_TEXT);
  const known = vocabulary.asked.get(key) ?? pick(ratedFor(vocabulary, nameOf(key)), Number.POSITIVE_INFINITY);
  vocabulary.asked.delete(key);
  vocabulary.asked.set(key, known);
  if (vocabulary.asked.size > MOST_ASKED) vocabulary.asked.delete(vocabulary.asked.keys().next().value!);
  return known.slice(0, limit);
}

type Rated = { entry: InstrumentEntry; score: number }[];

function ratedFor(vocabulary: Vocabulary, asked: Name): Rated {
  if (asked.text === '') return [];
  const direct = rate(vocabulary, (name) => scoreOf(name, asked));
  if (direct.length > 0) return direct;
  const [common, { own }] = [commonLexicon(), vocabulary];
  if (/^[a-z]+$/.test(asked.text)) {
    const aloud = [...common.aloud(asked.text), ...own.aloud(asked.text)].slice(0, MOST_TAKEN);
    const meant = taken(vocabulary, aloud, SCORE.exact);
    if (meant.length > 0) return meant;
  }
  const near = taken(vocabulary, [...common.near(asked.text, MOST_TAKEN), ...own.near(asked.text, MOST_TAKEN)], SCORE.near);
  if (near.length > 0) return near;
  const pieces = pairs(asked.text);
  return rate(vocabulary, (name) => {
    const alike = name.wider ? 0 : similarity(name.text, pieces);
    return alike >= SIMILAR ? SCORE.similar * alike : 0;
  });
}

/** The instruments of names the text was taken for, the first of them first. */
function taken(vocabulary: Vocabulary, names: readonly string[], score: number): Rated {
  const asked = names.map(nameOf);
  return rate(vocabulary, (name) => {
    const at = asked.findIndex(({ text }) => text === name.text);
    return at < 0 ? 0 : score - at / 1000;
  });
}

function rate(vocabulary: Vocabulary, score: (name: Name) => number): Rated {
  const rated: Rated = [];
  for (const entry of vocabulary.entries) {
    let best = 0;
    for (const name of entry.names) best = Math.max(best, score(name));
    if (best > 0) rated.push({ entry, score: best });
  }
  return rated;
}

function pick(rated: Rated, limit: number): Candidate[] {
  return rated
    .sort((a, b) => b.score - a.score || b.entry.rows - a.entry.rows || (a.entry.key < b.entry.key ? -1 : 1))
    .slice(0, limit)
    .map(({ entry: { key, zh, en }, score }) => ({ key, zh, en, score }));
}
