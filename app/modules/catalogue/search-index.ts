/**
 * The catalogue in memory: postings and facets as bitmaps over all published services, so that a search with its facet counts
 * over 50,000 services takes a fraction of a millisecond, and gives the same answer whichever engine keeps the tables.
 * It is derived from them (load-catalogue.server.ts) and follows the change feed.
 */
import { andInto, type Bitmap, bitmap, clearBit, countBits, eachBit, hasBit, setBit } from '#app/core/bitmap.ts';
import { roomFor, type Saved } from '#app/core/columns.ts';
import { Names } from '#app/core/texts.ts';
import { FACETS } from './facets.ts';
import { KeptEntries } from './kept-entries.ts';
import { KeptOrders, type Orders } from './kept-orders.ts';
import { type ReadWords, readWords, type Term } from './read-words.ts';
import type { Found, Query, ServiceEntry } from './search-entry.ts';
import { ServiceFacets } from './service-facets.ts';
import { firstWhere } from './sorted.ts';
import { TextIndex } from './text-index.ts';

/** What the words find, and which of it comes first: each later row takes what the ones before have left. */
type Worded = { all: Bitmap; first: Bitmap[] };
/** Shared between answers: nobody writes to it. */
type Matched = Pick<Found, 'total' | 'counts'> & { result: Bitmap; first: Bitmap[] };
const MOST_MATCHES = 64;
const MOST_READ = 500;

export class SearchIndex {
  /** Numbers of services; one that went and comes again has its own again. */
  readonly #ids: Names;
  readonly #entries: KeptEntries;
  #size = 0;
  #alive: Bitmap = bitmap(0);
  readonly words: TextIndex;
  readonly facets = new ServiceFacets();
  /** NaN where none is known. */
  #earliest = new Float64Array(0);
  readonly #orders: KeptOrders;
  /** What was found and counted last: who pages through a search, or sorts it anew, asks the same again. */
  readonly #matches = new Map<string, Matched>();
  /** Words as they were read: one search reads its words for several questions. */
  readonly #read = new Map<string, ReadWords>();
  #revision = 0;
  /** Services whose earliest start became known, changed or went: for whoever follows these, to be emptied by them. */
  readonly changedStarts = new Set<number>();

  constructor(ids = new Names(), texts = new Names()) {
    this.#ids = ids;
    this.words = new TextIndex(texts);
    this.#entries = new KeptEntries(ids, texts, this.words);
    const entries = this.#entries;
    this.#orders = new KeptOrders({
      lives: (ordinal) => this.#lives(ordinal),
      id: (ordinal) => ids.at(ordinal),
      weight: (ordinal) => entries.weight(ordinal),
      price: (ordinal) => entries.price(ordinal),
      get ascending() {
        return entries.ascending;
      },
    });
  }

  get size(): number {
    return this.#size;
  }

  get living(): Bitmap {
    return this.#alive;
  }

  entry(id: string): ServiceEntry | undefined {
    const ordinal = this.#ids.numberOf(id);
    return this.#lives(ordinal) ? this.#entries.at(ordinal) : undefined;
  }

  #lives(ordinal: number): boolean {
    return ordinal >= 0 && ordinal < this.#alive.length << 5 && hasBit(this.#alive, ordinal);
  }

  /** Nothing is done for an entry that is as it was: what follows a centre or an accreditation is often the same again. */
  upsert(entry: ServiceEntry): void {
    const ordinal = this.#ids.add(entry.id);
    const before = this.#lives(ordinal) ? this.#entries.at(ordinal) : undefined;
    if (before && sameEntry(before, entry)) return;
    this.#grow(ordinal);
    if (!before || !sameWords(before, entry)) {
      if (before) this.words.remove(ordinal, before);
      this.words.add(ordinal, entry);
    }
    if (before) this.facets.clear(ordinal, before);
    else this.#size++;
    this.#entries.put(ordinal, entry);
    setBit(this.#alive, ordinal);
    this.facets.put(ordinal, entry);
    this.#changed(ordinal);
  }

  remove(id: string): void {
    const ordinal = this.#ids.numberOf(id);
    if (!this.#lives(ordinal)) return;
    const before = this.#entries.at(ordinal);
    clearBit(this.#alive, ordinal);
    this.words.remove(ordinal, before);
    this.facets.clear(ordinal, before);
    this.#size--;
    this.#changed(ordinal);
  }

  /** The first free start known for one piece; empty when none is known within the horizon. */
  setEarliest(id: string, at: number | undefined): void {
    if (this.earliest(id) === at) return;
    const ordinal = this.#ids.add(id);
    const known = this.#earliest.length;
    this.#earliest = roomFor(this.#earliest, ordinal + 1);
    this.#earliest.fill(Number.NaN, known);
    this.#earliest[ordinal] = at ?? Number.NaN;
    this.changedStarts.add(ordinal);
  }

  earliest(id: string): number | undefined {
    const at = this.earliestAt(this.#ids.numberOf(id));
    return Number.isNaN(at) ? undefined : at;
  }

  /** By the service's number; NaN where none is known. */
  earliestAt(ordinal: number): number {
    return this.#earliest[ordinal] ?? Number.NaN;
  }

  /** What the words ask for; see read-words.ts. */
  read(words: string): ReadWords {
    const known = this.#read.get(words) ?? readWords(words, this.words);
    if (this.#read.size > MOST_READ) this.#read.clear();
    this.#read.set(words, known);
    return known;
  }

  /** Another whenever an entry comes, changes or goes. */
  get revision(): number {
    return this.#revision;
  }

  search(query: Query): Found {
    const orders = this.#orders.now(() => numbersOf(this.#alive));
    const { result, first, total, counts } = this.#matched(query, orders);
    return { total, counts, ids: this.#page(result, first, query, orders) };
  }

  #matched(query: Query, orders: Orders): Matched {
    // Earliest starts become known all the time.
    if (query.earliestBy !== undefined) return this.#match(query, orders);
    const { words, priceMin, priceMax } = query;
    const key = JSON.stringify([words, priceMin, priceMax, FACETS.map((facet) => query.facets[facet])]);
    const known = this.#matches.get(key) ?? this.#match(query, orders);
    // The last asked for stands last.
    this.#matches.delete(key);
    this.#matches.set(key, known);
    if (this.#matches.size > MOST_MATCHES) this.#matches.delete(this.#matches.keys().next().value!);
    return known;
  }

  #match(query: Query, orders: Orders): Matched {
    const { all, first } = this.#matchWords(query.words.trim() === '' ? [] : this.read(query.words).terms);
    this.#filterNumbers(all, query, orders.byPrice);
    const chosen = FACETS.map((facet) => [facet, this.facets.union(facet, query.facets[facet], this.#alive)] as const);
    const counts = {} as Found['counts'];
    const result = all.slice();
    for (const [, bits] of chosen) if (bits) andInto(result, bits);
    for (const [facet] of chosen) {
      // Values of a facet are counted as if that facet chose nothing: else choosing one would zero its neighbours.
      const others = chosen.some(([name, bits]) => name === facet && bits) ? all.slice() : result;
      if (others !== result) for (const [name, bits] of chosen) if (bits && name !== facet) andInto(others, bits);
      counts[facet] = this.facets.count(facet, others);
    }
    return { result, first, total: countBits(result, result), counts };
  }

  #page(result: Bitmap, first: Bitmap[], query: Query, orders: Orders): string[] {
    const tiers: [Int32Array | number[], Bitmap][] = [];
    if (query.sort === 'price') tiers.push([orders.byPrice, result]);
    else if (query.sort === 'price_desc') tiers.push([orders.byPrice.slice().reverse(), result]);
    else if (query.sort === 'earliest') tiers.push([this.#byEarliest(result, orders.byWeight), result]);
    else {
      const rest = result.slice();
      for (const bits of first) {
        const tier = rest.slice();
        andInto(tier, bits);
        for (let i = 0; i < rest.length; i++) rest[i] = (rest[i] as number) & ~(tier[i] as number);
        tiers.push([orders.byWeight, tier]);
      }
      tiers.push([orders.byWeight, rest]);
    }

    const ids: string[] = [];
    let skip = query.offset;
    for (const [order, bits] of tiers) {
      for (const ordinal of order) {
        if (!hasBit(bits, ordinal)) continue;
        if (skip-- > 0) continue;
        ids.push(this.#ids.at(ordinal));
        if (ids.length === query.limit) return ids;
      }
    }
    return ids;
  }

  #byEarliest(result: Bitmap, byWeight: Int32Array): number[] {
    const at = (ordinal: number) => (Number.isNaN(this.earliestAt(ordinal)) ? Number.POSITIVE_INFINITY : this.earliestAt(ordinal));
    const found = [...byWeight].filter((ordinal) => hasBit(result, ordinal)).map((ordinal) => [ordinal, at(ordinal)] as const);
    return found.sort((a, b) => (a[1] === b[1] ? 0 : a[1] - b[1])).map(([ordinal]) => ordinal);
  }

  /** First whose own instrument was named and that is about all of it, then whose own it is, then what is about it. */
  #matchWords(terms: Term[]): Worded {
    const all = this.#alive.slice();
    if (terms.length === 0) return { all, first: [] };
    const strong = this.#alive.slice();
    const main = this.#alive.slice();
    let named = false;
    for (const term of terms) {
      const hits = this.words.hits(term);
      andInto(all, hits.all);
      andInto(strong, hits.strong);
      if (hits.main) andInto(main, hits.main);
      named ||= hits.main !== undefined;
    }
    if (!named) return { all, first: [strong] };
    const both = main.slice();
    andInto(both, strong);
    // Who names an instrument has one to be calibrated, more often than wants to rent one.
    const measured = both.slice();
    andInto(measured, this.facets.union('family', ['calibration', 'verification'], this.#alive) as Bitmap);
    return { all, first: [measured, both, main, strong] };
  }

  #filterNumbers(bits: Bitmap, { priceMin, priceMax, earliestBy }: Query, byPrice: Int32Array): void {
    if (priceMin !== undefined || priceMax !== undefined) {
      const price = (i: number) => this.#entries.price(byPrice[i] as number);
      const within = bitmap(this.#alive.length << 5);
      const from = priceMin === undefined ? 0 : firstWhere(byPrice.length, (i) => price(i) >= priceMin);
      const until = priceMax === undefined ? byPrice.length : firstWhere(byPrice.length, (i) => price(i) > priceMax);
      for (let i = from; i < until; i++) setBit(within, byPrice[i] as number);
      andInto(bits, within);
    }
    if (earliestBy !== undefined)
      eachBit(bits, (ordinal) => {
        if (!(this.earliestAt(ordinal) <= earliestBy)) clearBit(bits, ordinal);
      });
  }

  #grow(ordinal: number): void {
    if (ordinal < this.#alive.length << 5) return;
    const wider = new Uint32Array(Math.max(32, (ordinal >> 5) + 1, this.#alive.length + (this.#alive.length >> 1)));
    wider.set(this.#alive);
    this.#alive = wider;
  }

  #changed(ordinal: number): void {
    this.#orders.changed(ordinal);
    this.#matches.clear();
    this.#read.clear();
    this.#revision++;
  }

  save(): Saved {
    const { facets, words } = this;
    return { entries: this.#entries.save(), alive: this.#alive, size: this.#size, facets: facets.save(), words: words.save() };
  }

  load(saved: Saved): void {
    this.#entries.load(saved.entries as Saved);
    this.#alive = saved.alive as Bitmap;
    this.#size = saved.size as number;
    this.facets.load(saved.facets as Saved);
    this.words.load(saved.words as Saved);
  }
}

function numbersOf(bits: Bitmap): Int32Array {
  const numbers = new Int32Array(countBits(bits, bits));
  let i = 0;
  eachBit(bits, (number) => {
    numbers[i++] = number;
  });
  return numbers;
}

/** Of texts, numbers and lists of texts. Pages' scripts are cut from this file: it knows no node. */
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const sameEntry = (a: ServiceEntry, b: ServiceEntry): boolean =>
  (Object.keys(b) as (keyof ServiceEntry)[]).every((key) => a[key] === b[key] || same(a[key], b[key]));

const sameWords = (a: ServiceEntry, b: ServiceEntry): boolean =>
  a.strongText === b.strongText &&
  a.weakText === b.weakText &&
  a.nameZh === b.nameZh &&
  same([a.instrument, a.soldOn], [b.instrument, b.soldOn]);
