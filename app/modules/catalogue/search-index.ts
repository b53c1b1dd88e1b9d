/**
 * The catalogue in memory: postings and facets as bitmaps over all published services, so that a search with its facet counts
 * over 50,000 services takes a fraction of a millisecond, and gives the same answer whichever engine keeps the tables.
 * It is derived from them (load-catalogue.server.ts) and follows the change feed.
 */
import { andInto, type Bitmap, bitmap, clearBit, countBits, eachBit, hasBit, orInto, setBit } from '#app/core/bitmap.ts';
import { facetColumns } from './facet-columns.ts';
import { FACETS, type Facet } from './facets.ts';
import { KeptOrders, type Orders } from './kept-orders.ts';
import { type ReadWords, readWords, type Term } from './read-words.ts';
import { type Found, type Query, type ServiceEntry, valuesOf } from './search-entry.ts';
import { firstWhere } from './sorted.ts';
import { TextIndex } from './text-index.ts';

/** What the words find, and which of it comes first: each later row takes what the ones before have left. */
type Worded = { all: Bitmap; first: Bitmap[] };
/** Shared between answers: nobody writes to it. */
type Matched = Pick<Found, 'total' | 'counts'> & { result: Bitmap; first: Bitmap[] };
const MOST_MATCHES = 64;
const MOST_READ = 500;

export class SearchIndex {
  #entries: (ServiceEntry | undefined)[] = [];
  #ordinals = new Map<string, number>();
  #alive: Bitmap = bitmap(0);
  readonly words = new TextIndex();
  #facets = new Map<Facet, Map<string, Bitmap>>(FACETS.map((facet) => [facet, new Map()]));
  /** Facets of which a service has one value at most: its number, service by service. */
  readonly #columns = facetColumns();
  #earliest = new Map<string, number>();
  readonly #orders = new KeptOrders((ordinal) => this.#entries[ordinal]);
  /** Numbers of services that went: the next to come take them. */
  readonly #free: number[] = [];
  /** What was found and counted last: who pages through a search, or sorts it anew, asks the same again. */
  readonly #matches = new Map<string, Matched>();
  /** Words as they were read: one search reads its words for several questions. */
  readonly #read = new Map<string, ReadWords>();
  #revision = 0;
  #startsRevision = 0;

  get size(): number {
    return this.#ordinals.size;
  }

  entry(id: string): ServiceEntry | undefined {
    const ordinal = this.#ordinals.get(id);
    return ordinal === undefined ? undefined : this.#entries[ordinal];
  }

  ids(): Iterable<string> {
    return this.#ordinals.keys();
  }

  /** Nothing is done for an entry that is as it was: what follows a centre or an accreditation is often the same again. */
  upsert(entry: ServiceEntry): void {
    const known = this.#ordinals.get(entry.id);
    const before = known === undefined ? undefined : this.#entries[known];
    if (before && same(before, entry)) return;
    const ordinal = known ?? this.#free.pop() ?? this.#entries.length;
    this.#entries[ordinal] = entry;
    this.#ordinals.set(entry.id, ordinal);
    this.#grow();
    setBit(this.#alive, ordinal);
    if (!before || !sameWords(before, entry)) {
      if (before) this.words.remove(ordinal, before);
      this.words.add(ordinal, entry);
    }
    if (before) this.#clearFacets(ordinal, before);
    for (const facet of FACETS) for (const value of valuesOf[facet](entry)) setBit(this.#facetBits(facet, value), ordinal);
    for (const [facet, column] of this.#columns) column.set(ordinal, valuesOf[facet](entry)[0]);
    this.#changed(ordinal);
  }

  remove(id: string): void {
    const ordinal = this.#ordinals.get(id);
    if (ordinal === undefined) return;
    const before = this.#entries[ordinal] as ServiceEntry;
    clearBit(this.#alive, ordinal);
    this.#entries[ordinal] = undefined;
    this.words.remove(ordinal, before);
    this.#clearFacets(ordinal, before);
    this.#ordinals.delete(id);
    this.#free.push(ordinal);
    this.#changed(ordinal);
  }

  /** The first free start known for one piece; empty when none is known within the horizon. */
  setEarliest(id: string, at: number | undefined): void {
    if (this.#earliest.get(id) === at) return;
    if (at === undefined) this.#earliest.delete(id);
    else this.#earliest.set(id, at);
    this.#startsRevision++;
  }

  earliest(id: string): number | undefined {
    return this.#earliest.get(id);
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

  /** Another whenever an earliest start becomes known, changes or goes. */
  get startsRevision(): number {
    return this.#startsRevision;
  }

  search(query: Query): Found {
    const orders = this.#orders.now(this.#ordinals.values());
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
    const chosen = FACETS.map((facet) => [facet, this.#unionOf(facet, query.facets[facet])] as const);
    const counts = {} as Found['counts'];
    const result = all.slice();
    for (const [, bits] of chosen) if (bits) andInto(result, bits);
    for (const [facet] of chosen) {
      // Values of a facet are counted as if that facet chose nothing: else choosing one would zero its neighbours.
      const others = chosen.some(([name, bits]) => name === facet && bits) ? all.slice() : result;
      if (others !== result) for (const [name, bits] of chosen) if (bits && name !== facet) andInto(others, bits);
      counts[facet] = this.#countValues(facet, others);
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
        ids.push((this.#entries[ordinal] as ServiceEntry).id);
        if (ids.length === query.limit) return ids;
      }
    }
    return ids;
  }

  #byEarliest(result: Bitmap, byWeight: Int32Array): number[] {
    const at = (ordinal: number) => this.#earliest.get((this.#entries[ordinal] as ServiceEntry).id) ?? Number.POSITIVE_INFINITY;
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
    const measured = this.#unionOf('family', ['calibration', 'verification']) as Bitmap;
    andInto(measured, both);
    return { all, first: [measured, both, main, strong] };
  }

  #filterNumbers(bits: Bitmap, { priceMin, priceMax, earliestBy }: Query, byPrice: Int32Array): void {
    if (priceMin !== undefined || priceMax !== undefined) {
      const price = (i: number) => (this.#entries[byPrice[i] as number] as ServiceEntry).price;
      const within = bitmap(this.#entries.length);
      const from = priceMin === undefined ? 0 : firstWhere(byPrice.length, (i) => price(i) >= priceMin);
      const until = priceMax === undefined ? byPrice.length : firstWhere(byPrice.length, (i) => price(i) > priceMax);
      for (let i = from; i < until; i++) setBit(within, byPrice[i] as number);
      andInto(bits, within);
    }
    if (earliestBy !== undefined)
      eachBit(bits, (ordinal) => {
        const at = this.#earliest.get((this.#entries[ordinal] as ServiceEntry).id);
        if (at === undefined || at > earliestBy) clearBit(bits, ordinal);
      });
  }

  /** How many of the services each value of the facet has. */
  #countValues(facet: Facet, services: Bitmap): Map<string, number> {
    const column = this.#columns.get(facet);
    // Several values to a service, and only a few in all.
    if (!column) return new Map([...(this.#facets.get(facet) ?? [])].map(([value, bits]) => [value, countBits(services, bits)]));
    return column.count(services);
  }

  #unionOf(facet: Facet, values: string[] | undefined): Bitmap | undefined {
    if (!values?.length) return undefined;
    const union = bitmap(this.#entries.length);
    for (const value of values) {
      const bits = this.#facets.get(facet)?.get(value);
      if (bits) orInto(union, bits);
    }
    return union;
  }

  #facetBits(facet: Facet, value: string): Bitmap {
    const values = this.#facets.get(facet) as Map<string, Bitmap>;
    const bits = values.get(value) ?? bitmap(this.#alive.length << 5);
    values.set(value, bits);
    return bits;
  }

  #grow(): void {
    if (this.#entries.length <= this.#alive.length << 5) return;
    const words = Math.max(32, this.#alive.length * 2);
    const wider = (bits: Bitmap) => {
      const copy = new Uint32Array(words);
      copy.set(bits);
      return copy;
    };
    this.#alive = wider(this.#alive);
    for (const values of this.#facets.values()) for (const [value, bits] of values) values.set(value, wider(bits));
  }

  #clearFacets(ordinal: number, entry: ServiceEntry): void {
    for (const facet of FACETS) for (const value of valuesOf[facet](entry)) clearBit(this.#facetBits(facet, value), ordinal);
  }

  #changed(ordinal: number): void {
    this.#orders.changed(ordinal);
    this.#matches.clear();
    this.#read.clear();
    this.#revision++;
  }
}

/** Entries are texts, numbers and lists of texts, always made in one order. Pages' scripts are cut from this file: it knows no node. */
const same = (a: object, b: object): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Whether an entry is found by the same words as another. */
const sameWords = (a: ServiceEntry, b: ServiceEntry): boolean =>
  a.strongText === b.strongText &&
  a.weakText === b.weakText &&
  a.nameZh === b.nameZh &&
  same([a.instrument, a.soldOn], [b.instrument, b.soldOn]);
