/** From what a visitor types to the instruments the scopes speak of: 千分尺, "outside micrometer", ＰＴ１００. */
import { type Capability, nameKey } from './capability.ts';
import synonyms from './instrument-synonyms.json' with { type: 'json' };

interface Name {
  text: string;
  words: string[];
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
}

export interface Candidate {
  key: string;
  zh: string;
  en: string;
  /** 1 for the very name, less the further the text is from it. */
  score: number;
}

/** How sure each way of meeting a name is. */
const SCORE = { exact: 1, prefix: 0.8, inside: 0.7, around: 0.6, words: 0.55, similar: 0.4 } as const;
/** Share of two-character pieces in common from which names count as similar: one wrong character in four. */
const SIMILAR = 0.5;
const MAX_TEXT = 60;

/** Width, case, brackets, spaces and English plurals made one: "Pressure Gauges" → "pressure gauge". */
function searchText(text: string): string {
  return nameKey(text)
    .replace(/[()[\]{}（）,，、;；:：/"'“”]/g, ' ')
    .replace(/\bgages?\b/g, 'gauge')
    .replace(/\b([a-z]{3,}?)(ies|s)\b/g, singular)
    .replace(/([\p{Script=Han}])\s+(?=[\p{Script=Han}])/gu, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}

function singular(word: string, stem: string, ending: string): string {
  if (ending === 'ies') return `${stem}y`;
  // class, chassis, apparatus are no plurals.
  return /(s|u|i)$/.test(stem) ? word : stem;
}

function nameOf(text: string): Name {
  const clean = searchText(text);
  return { text: clean, words: clean.split(' ') };
}

const synonymsByKey = new Map(Object.entries(synonyms).map(([zh, others]) => [nameKey(zh), others]));

/** The distinct instruments of the rows with all their names. Rebuilt when an instrument appears or goes, not per row. */
export function buildVocabulary(rows: Iterable<Pick<Capability, 'instrumentZh' | 'instrumentEn'>>): Vocabulary {
  const entries = new Map<string, InstrumentEntry>();
  for (const { instrumentZh, instrumentEn } of rows) {
    const key = nameKey(instrumentZh);
    const known = entries.get(key);
    if (known) {
      known.rows += 1;
      continue;
    }
    const texts = [instrumentZh, instrumentEn, ...(synonymsByKey.get(key) ?? [])].filter((text) => text.trim() !== '');
    entries.set(key, { key, zh: instrumentZh, en: instrumentEn, rows: 1, names: texts.map(nameOf) });
  }
  return { entries: [...entries.values()] };
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
  if (name.text === asked.text) return SCORE.exact;
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

/** Up to `limit` instruments the text may mean, best first; similar spellings only when nothing matches outright. */
export function resolve(vocabulary: Vocabulary, text: string, limit: number): Candidate[] {
  const asked = nameOf(text.slice(0, MAX_TEXT));
  if (asked.text === '') return [];
  const direct = rate(vocabulary, (name) => scoreOf(name, asked));
  if (direct.length > 0) return pick(direct, limit);
  const pieces = pairs(asked.text);
  return pick(
    rate(vocabulary, (name) => {
      const alike = similarity(name.text, pieces);
      return alike >= SIMILAR ? SCORE.similar * alike : 0;
    }),
    limit,
  );
}

function rate(vocabulary: Vocabulary, score: (name: Name) => number): { entry: InstrumentEntry; score: number }[] {
  const rated: { entry: InstrumentEntry; score: number }[] = [];
  for (const entry of vocabulary.entries) {
    let best = 0;
    for (const name of entry.names) best = Math.max(best, score(name));
    if (best > 0) rated.push({ entry, score: best });
  }
  return rated;
}

function pick(rated: { entry: InstrumentEntry; score: number }[], limit: number): Candidate[] {
  return rated
    .sort((a, b) => b.score - a.score || b.entry.rows - a.entry.rows || (a.entry.key < b.entry.key ? -1 : 1))
    .slice(0, limit)
    .map(({ entry: { key, zh, en }, score }) => ({ key, zh, en, score }));
}
