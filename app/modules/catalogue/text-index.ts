/** Which services a word, a phrase or an instrument finds: postings as bitmaps, at three degrees of nearness. */
import { andInto, type Bitmap, bitmap, clearBit, eachBit, orInto, setBit } from '#app/core/bitmap.ts';
import { atomsOf, isHan } from '#app/modules/capability/words/fold.ts';
import { commonLexicon, Lexicon } from '#app/modules/capability/words/lexicon.ts';
import { slips, slipsAllowed } from '#app/modules/capability/words/near.ts';
import type { ServiceEntry } from './search-entry.ts';
import { firstWhere, wordsWithPrefix } from './sorted.ts';
import { phraseText, tokensOf } from './text.ts';

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

/** Services in ascending order, by what they are found by. */
type Postings = Map<unknown, number[]>;
type InstrumentText = Pick<ServiceEntry, 'instrument' | 'soldOn' | 'strongText' | 'weakText' | 'nameZh'>;

const LONGEST_WORD = 24;

export class TextIndex {
  readonly lexicon: Lexicon = commonLexicon();
  /** Instruments of this catalogue that the common lexicon does not know: to be read aloud and spelled nearly. */
  readonly #own = new Lexicon();
  readonly #ownNames = new Set<string>();
  #texts: string[] = [];
  readonly #strong: Postings = new Map();
  readonly #weak: Postings = new Map();
  /** Services by their own instrument, and by every instrument they are about. */
  readonly #main: Postings = new Map();
  readonly #about: Postings = new Map();
  readonly #namesIn = new Map<string, { named: number[]; meant: number[] }>();
  /** Long postings as bitmaps, made when first asked for and kept with them. */
  readonly #dense = new Map<number[], Bitmap>();
  #words: string[] | undefined;
  /** Words that came or went since the row of all was last looked at. */
  readonly #touched = new Set<string>();

  add(ordinal: number, entry: InstrumentText): void {
    this.#texts[ordinal] = phraseText(`${entry.strongText}\n${entry.weakText}`);
    for (const [postings, key] of this.#placesOf(entry)) this.#post(postings, key, ordinal);
    const [zh = '', en = ''] = entry.instrument;
    if (zh && this.#instrumentsOf(entry.instrument).named.length === 0 && !this.#ownNames.has(zh)) {
      this.#ownNames.add(zh);
      this.#own.add({ zh: [zh], en: en ? [en] : [] });
    }
  }

  /** @param entry as it was added */
  remove(ordinal: number, entry: InstrumentText): void {
    this.#texts[ordinal] = '';
    for (const [postings, key] of this.#placesOf(entry)) this.#unpost(postings, key, ordinal);
  }

  /** Every posting a service stands in. */
  *#placesOf(entry: InstrumentText): Generator<[Postings, unknown]> {
    const strong = tokensOf(entry.strongText);
    for (const token of strong) yield [this.#strong, token];
    for (const token of tokensOf(entry.weakText)) if (!strong.has(token)) yield [this.#weak, token];
    const main = this.#instrumentsOf(entry.instrument);
    for (const id of main.named) yield [this.#main, id];
    const about = new Set([...main.meant, ...this.#instrumentsOf(entry.soldOn).meant, ...this.#instrumentsOf([entry.nameZh]).meant]);
    for (const id of about) yield [this.#about, id];
  }

  #post(postings: Postings, key: unknown, ordinal: number): void {
    const ordinals = postings.get(key);
    if (!ordinals) {
      postings.set(key, [ordinal]);
      if (typeof key === 'string') this.#touched.add(key);
      return;
    }
    if ((ordinals.at(-1) as number) < ordinal) ordinals.push(ordinal);
    else ordinals.splice(placeIn(ordinals, ordinal), 0, ordinal);
    const dense = this.#dense.get(ordinals);
    if (!dense) return;
    if (ordinal < dense.length << 5) setBit(dense, ordinal);
    else this.#dense.delete(ordinals);
  }

  #unpost(postings: Postings, key: unknown, ordinal: number): void {
    const ordinals = postings.get(key);
    if (!ordinals) return;
    const place = placeIn(ordinals, ordinal);
    if (ordinals[place] !== ordinal) return;
    ordinals.splice(place, 1);
    const dense = this.#dense.get(ordinals);
    if (dense) clearBit(dense, ordinal);
    if (ordinals.length > 0) return;
    this.#dense.delete(ordinals);
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
    for (const id of [...named, ...wider]) this.#put(strong, this.#about.get(id));
    orInto(all, strong);
    // A narrower name finds who does the wider one: 游标卡尺 whoever has 卡尺.
    for (const id of named)
      for (const name of this.lexicon.instruments[id]?.wider ?? [])
        for (const more of this.lexicon.named(name)) this.#put(all, this.#main.get(more));
    if (named.length + wider.length === 0) return { main: this.#ending(pieces), strong, all };
    const main = this.#none();
    for (const id of named.length > 0 ? named : wider) this.#put(main, this.#main.get(id));
    return { main, strong, all };
  }

  /** Of a word that is no name by itself, whose own instrument's name ends in it. */
  #ending(pieces: readonly string[]): Bitmap | undefined {
    const main = this.#none();
    const ids = this.lexicon.endingIn(pieces);
    for (const id of ids) this.#put(main, this.#main.get(id));
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
      for (const word of expanded) this.#put(strong, this.#strong.get(word));
      for (const word of expanded) this.#put(all, this.#weak.get(word));
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
      this.#put(having, this.#strong.get(token));
      if (anywhere) this.#put(having, this.#weak.get(token));
      if (i > 0) andInto(bits, having);
    }
    return bits;
  }

  /** Pairs may stand apart (…外径… …径千…): the phrase itself must be there. */
  #keepPhrase(bits: Bitmap, pieces: readonly string[], justWhether: boolean): void {
    const text = pieces.join(' ');
    // A word or number in letters and digits is whole; a run of Han characters may be part of a longer one.
    const phrase = `${isHan(pieces[0] ?? '') ? '' : ' '}${text}${isHan(pieces.at(-1) ?? '') ? '' : ' '}`;
    let enough = false;
    eachBit(bits, (ordinal) => {
      if (enough) return;
      if (!this.#texts[ordinal]?.includes(phrase)) clearBit(bits, ordinal);
      else if (justWhether) enough = true;
    });
  }

  #none(): Bitmap {
    return bitmap(this.#texts.length);
  }

  #put(bits: Bitmap, ordinals: number[] | undefined): void {
    if (!ordinals) return;
    // Shorter than the row has words: setting them one by one is less work than going through the row.
    if (ordinals.length < bits.length) {
      for (const ordinal of ordinals) setBit(bits, ordinal);
      return;
    }
    const known = this.#dense.get(ordinals);
    // Room for those that come: the row grows by one service at a time.
    const dense = known && known.length >= bits.length ? known : bitmap((bits.length + (bits.length >>> 3) + 1) << 5);
    if (dense !== known) {
      for (const ordinal of ordinals) setBit(dense, ordinal);
      this.#dense.set(ordinals, dense);
    }
    orInto(bits, dense);
  }
}

const MOST_KEPT = 20_000;
/** Past so many words that came or went, putting all in order anew is less work. */
const MOST_TOUCHED = 500;

function* tokensOfQuery(pieces: readonly string[]): Generator<string> {
  for (const piece of pieces) {
    const characters = isHan(piece) ? [...piece] : [];
    if (characters.length < 2) yield piece;
    else for (let i = 1; i < characters.length; i++) yield (characters[i - 1] as string) + (characters[i] as string);
  }
}

/** Where a value stands in an ascending row, or would stand. */
const placeIn = <T>(row: readonly T[], value: T): number => firstWhere(row.length, (i) => (row[i] as T) >= value);
