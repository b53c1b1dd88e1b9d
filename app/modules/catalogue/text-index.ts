/** Which services a word, a phrase or an instrument finds: postings as bitmaps, at three degrees of nearness. */
import { andInto, type Bitmap, bitmap, clearBit, eachBit, orInto } from '#app/core/bitmap.ts';
import { IntLists, type Saved } from '#app/core/columns.ts';
import { Names, Texts } from '#app/core/texts.ts';
import { atomsOf, isHan, piecesOf } from '#app/modules/capability/words/fold.ts';
import { commonLexicon, Lexicon } from '#app/modules/capability/words/lexicon.ts';
import { slips, slipsAllowed } from '#app/modules/capability/words/near.ts';
import { loadPostings, Posting, type Postings, savedPostings } from './posting.ts';
import { partsOf, type ServiceEntry } from './search-entry.ts';
import { placeIn, wordsWithPrefix } from './sorted.ts';
import { tokensOf, tokensOfQuery } from './text.ts';

/** What is looked for: text as it stands, and instruments it is a name of. */
export type Wanted = {
  /** Pieces of the text, as `piecesOf` gives them; empty to look for instruments alone. */
  pieces: readonly string[];
  /** Instruments properly named, and those it may mean among others. */
  named: readonly number[];
  wider: readonly number[];
};

/** `main`: the service's own instrument is what was named; `strong`: the service is about it; `all`: it is mentioned. */
export type Hits = { main: Bitmap | undefined; strong: Bitmap; all: Bitmap };

type InstrumentText = Pick<ServiceEntry, 'instrument' | 'soldOn' | 'strongText' | 'weakText' | 'nameZh'>;

const LONGEST_WORD = 24;

export class TextIndex {
  readonly lexicon: Lexicon = commonLexicon();
  /** Instruments of this catalogue that the common lexicon does not know: to be read aloud and spelled nearly. */
  readonly #own = new Lexicon();
  readonly #ownNames = new Map<string, string>();
  /** Numbers of the parts of texts, shared with what else keeps them. */
  readonly #names: Names;
  /** Parts in the one form phrases are looked for in, by their numbers; and of each service its parts in order. */
  readonly #folded = new Texts();
  readonly #parts = new IntLists();
  #size = 0;
  readonly #strong: Postings = new Map();
  readonly #weak: Postings = new Map();
  /** Services by their own instrument, and by every instrument they are about. */
  readonly #main: Postings = new Map();
  readonly #about: Postings = new Map();
  readonly #namesIn = new Map<string, { named: number[]; meant: number[] }>();
  /** Tokens of parts: a centre's name stands in all its services. */
  readonly #tokens = new Map<string, string[]>();
  #words: string[] | undefined;
  /** Words that came or went since the row of all was last looked at. */
  readonly #touched = new Set<string>();

  constructor(names = new Names()) {
    this.#names = names;
  }

  add(ordinal: number, entry: InstrumentText): void {
    this.#size = Math.max(this.#size, ordinal + 1);
    const parts = [...partsOf(entry.strongText), ...partsOf(entry.weakText)].map((part) => {
      const number = this.#names.add(part);
      if (!this.#folded.has(number)) this.#folded.put(number, piecesOf(part).join(' '));
      return number;
    });
    this.#parts.put(ordinal, parts);
    for (const [postings, key] of this.#placesOf(entry)) this.#post(postings, key, ordinal);
    const [zh = '', en = ''] = entry.instrument;
    if (zh && this.#instrumentsOf(entry.instrument).named.length === 0 && !this.#ownNames.has(zh)) this.#ownName(zh, en);
  }

  /** @param entry as it was added */
  remove(ordinal: number, entry: InstrumentText): void {
    this.#parts.put(ordinal, []);
    for (const [postings, key] of this.#placesOf(entry)) this.#unpost(postings, key, ordinal);
  }

  /** Parts of its texts as they were added, those of the strong text first. */
  parts(ordinal: number): string[] {
    return Array.from(this.#parts.at(ordinal), (part) => this.#names.at(part));
  }

  *#placesOf(entry: InstrumentText): Generator<[Postings, string | number]> {
    const strong = this.#tokensOf(entry.strongText);
    for (const token of strong) yield [this.#strong, token];
    for (const token of this.#tokensOf(entry.weakText)) if (!strong.has(token)) yield [this.#weak, token];
    const main = this.#instrumentsOf(entry.instrument);
    for (const id of main.named) yield [this.#main, id];
    const about = new Set([...main.meant, ...this.#instrumentsOf(entry.soldOn).meant, ...this.#instrumentsOf([entry.nameZh]).meant]);
    for (const id of about) yield [this.#about, id];
  }

  #tokensOf(text: string): Set<string> {
    const all = new Set<string>();
    for (const part of partsOf(text)) {
      const tokens = this.#tokens.get(part) ?? [...tokensOf(part)];
      if (this.#tokens.size >= MOST_KEPT) this.#tokens.clear();
      this.#tokens.set(part, tokens);
      for (const token of tokens) all.add(token);
    }
    return all;
  }

  #post(postings: Postings, key: string | number, ordinal: number): void {
    let posting = postings.get(key);
    if (!posting) {
      posting = new Posting();
      postings.set(key, posting);
      if (typeof key === 'string') this.#touched.add(key);
    }
    posting.add(ordinal);
  }

  #unpost(postings: Postings, key: string | number, ordinal: number): void {
    const posting = postings.get(key);
    posting?.remove(ordinal);
    if (posting?.count !== 0) return;
    postings.delete(key);
    if (typeof key === 'string') this.#touched.add(key);
  }

  /** Every word and token in order of spelling. */
  get words(): string[] {
    if (!this.#words || this.#touched.size > MOST_TOUCHED)
      this.#words = [...new Set([...this.#strong.keys(), ...this.#weak.keys()] as string[])].sort();
    else
      for (const word of this.#touched) {
        const place = placeIn(this.#words, word);
        const stands = this.#words[place] === word;
        const is = this.#strong.has(word) || this.#weak.has(word);
        if (is !== stands) this.#words.splice(place, stands ? 1 : 0, ...(is ? [word] : []));
      }
    this.#touched.clear();
    return this.#words;
  }

  hits({ pieces, named, wider }: Wanted): Hits {
    const { strong, all } = pieces.length > 0 ? this.#textHits(pieces) : { strong: this.#none(), all: this.#none() };
    for (const id of [...named, ...wider]) this.#about.get(id)?.putInto(strong);
    orInto(all, strong);
    // A narrower name finds who does the wider one: 游标卡尺 whoever has 卡尺.
    for (const id of named)
      for (const name of this.lexicon.instruments[id]?.wider ?? [])
        for (const more of this.lexicon.named(name)) this.#main.get(more)?.putInto(all);
    if (named.length + wider.length === 0) return { main: this.#ending(pieces), strong, all };
    const main = this.#none();
    for (const id of named.length > 0 ? named : wider) this.#main.get(id)?.putInto(main);
    return { main, strong, all };
  }

  #ending(pieces: readonly string[]): Bitmap | undefined {
    const main = this.#none();
    const ids = this.lexicon.endingIn(pieces);
    for (const id of ids) this.#main.get(id)?.putInto(main);
    return main.some((word) => word !== 0) ? main : undefined;
  }

  /** Whether any service has the text as it stands, without going through all that may. */
  has(pieces: readonly string[]): boolean {
    const [only, ...more] = pieces;
    if (only !== undefined && more.length === 0 && !isHan(only)) return this.#expanded(only).length > 0;
    const { all } = this.#textHits(pieces, true);
    return all.some((word) => word !== 0);
  }

  /** Chinese names of instruments that read like the word. */
  aloud(word: string): string[] {
    const known = this.lexicon.aloud(word);
    return known.length > 0 ? known : this.#own.aloud(word);
  }

  /** What may have been meant by a word nothing is found for, nearest first. */
  near(text: string, limit: number): string[] {
    const names = [...this.lexicon.near(text, limit), ...this.#own.near(text, limit)];
    return [...new Set([...names, ...this.#nearWords(text)])].slice(0, limit);
  }

  #nearWords(text: string): string[] {
    const [word = '', ...more] = atomsOf(text);
    if (more.length > 0 || isHan(word) || word.length > LONGEST_WORD) return [];
    const most = slipsAllowed(word.length, false);
    if (most === 0) return [];
    const rated = this.words.filter((one) => one[0] === word[0] && !isHan(one)).map((one) => ({ one, far: slips(word, one, most) }));
    return rated
      .filter(({ far }) => far <= most)
      .sort((a, b) => a.far - b.far)
      .map(({ one }) => one);
  }

  #instrumentsOf(names: readonly string[]): { named: number[]; meant: number[] } {
    const key = names.join('\n');
    const known = this.#namesIn.get(key);
    if (known) return known;
    const found = names.flatMap((name) => this.lexicon.namesIn(atomsOf(name)));
    const named = [...new Set(found.flatMap((one) => one.named))];
    const instruments = { named, meant: [...new Set([...named, ...found.flatMap((one) => (one.named.length > 0 ? [] : one.wider))])] };
    if (this.#namesIn.size < MOST_KEPT) this.#namesIn.set(key, instruments);
    return instruments;
  }

  /** Digits are a number and no beginning of one; words in letters also find what begins with them. */
  #expanded(word: string): string[] {
    return /^\d/.test(word) ? (this.#strong.has(word) || this.#weak.has(word) ? [word] : []) : wordsWithPrefix(this.words, word);
  }

  #textHits(pieces: readonly string[], justWhether = false): { strong: Bitmap; all: Bitmap } {
    const [only = ''] = pieces;
    if (pieces.length === 1 && !isHan(only)) {
      const expanded = this.#expanded(only);
      const strong = this.#none();
      const all = this.#none();
      for (const word of expanded) this.#strong.get(word)?.putInto(strong);
      for (const word of expanded) this.#weak.get(word)?.putInto(all);
      orInto(all, strong);
      return { strong, all };
    }
    const tokens = [...tokensOfQuery(pieces)];
    const strong = this.#havingAll(tokens, false);
    const all = this.#havingAll(tokens, true);
    if (tokens.length > 1) this.#keepPhrase(all, pieces, justWhether);
    andInto(strong, all);
    return { strong, all };
  }

  #havingAll(tokens: readonly string[], anywhere: boolean): Bitmap {
    const bits = this.#none();
    for (const [i, token] of tokens.entries()) {
      const having = i === 0 ? bits : this.#none();
      this.#strong.get(token)?.putInto(having);
      if (anywhere) this.#weak.get(token)?.putInto(having);
      if (i > 0) andInto(bits, having);
    }
    return bits;
  }

  /** Pairs may stand apart (…外径… …径千…): the phrase itself must be there. */
  #keepPhrase(bits: Bitmap, pieces: readonly string[], justWhether: boolean): void {
    const text = pieces.join(' ');
    // A word or number in letters and digits is whole; a run of Han characters may be part of a longer one.
    const phrase = `${isHan(pieces[0] ?? '') ? '' : ' '}${text}${isHan(pieces.at(-1) ?? '') ? '' : ' '}`;
    const inParts = new Uint8Array(this.#names.size);
    const has = (part: number) => {
      inParts[part] ||= ` ${this.#folded.at(part)} `.includes(phrase) ? HAS : HAS_NOT;
      return inParts[part] === HAS;
    };
    let enough = false;
    eachBit(bits, (ordinal) => {
      if (enough) return;
      const parts = this.#parts.at(ordinal);
      // One word stands in one part; several may begin in one and end in the next.
      if (!parts.some(has) && !(pieces.length > 1 && this.#phraseText(parts).includes(phrase))) clearBit(bits, ordinal);
      else if (justWhether) enough = true;
    });
  }

  #phraseText(parts: Int32Array): string {
    let text = ' ';
    for (const part of parts) {
      const folded = this.#folded.at(part);
      if (folded) text += `${folded} `;
    }
    return text;
  }

  #none(): Bitmap {
    return bitmap(this.#size);
  }

  save(): Saved {
    return {
      folded: this.#folded.save(),
      parts: this.#parts.save(),
      size: this.#size,
      own: [...this.#ownNames],
      strong: savedPostings(this.#strong),
      weak: savedPostings(this.#weak),
      main: savedPostings(this.#main),
      about: savedPostings(this.#about),
    };
  }

  load(saved: Saved): void {
    this.#folded.load(saved.folded as Saved);
    this.#parts.load(saved.parts as Saved);
    this.#size = saved.size as number;
    for (const [zh, en] of saved.own as [string, string][]) this.#ownName(zh, en);
    loadPostings(this.#strong, saved.strong as Saved);
    loadPostings(this.#weak, saved.weak as Saved);
    loadPostings(this.#main, saved.main as Saved);
    loadPostings(this.#about, saved.about as Saved);
  }

  #ownName(zh: string, en: string): void {
    this.#ownNames.set(zh, en);
    this.#own.add({ zh: [zh], en: en ? [en] : [] });
  }
}

const HAS = 1;
const HAS_NOT = 2;
const MOST_KEPT = 20_000;
/** Past so many words that came or went, putting all in order anew is less work. */
const MOST_TOUCHED = 500;
