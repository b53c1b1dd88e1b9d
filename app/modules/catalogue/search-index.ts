/**
 * The catalogue in memory: postings and facets as bitmaps over all published services, so that a search with its facet counts
 * over 50,000 services takes a fraction of a millisecond, and gives the same answer whichever engine keeps the tables.
 * It is derived from them (load-catalogue.server.ts) and follows the change feed.
 */
import { andInto, type Bitmap, bitmap, clearBit, countBits, eachBit, hasBit, orInto, setBit } from '#app/core/bitmap.ts';
import { facetColumns } from './facet-columns.ts';
import { FACETS, type Facet } from './facets.ts';
import { type Found, type Query, type ServiceEntry, valuesOf } from './search-entry.ts';
import { firstWhere, wordsWithPrefix } from './sorted.ts';
import { normalise, type Term, termsOf, tokensOf } from './text.ts';

type Orders = { byWeight: Int32Array; byPrice: Int32Array; words: string[] };
/** Shared between answers: nobody writes to it. */
type Matched = Pick<Found, 'total' | 'counts'> & { result: Bitmap; strong: Bitmap | undefined };
const MOST_MATCHES = 64;

export class SearchIndex {
  #entries: (ServiceEntry | undefined)[] = [];
  #texts: string[] = [];
  #ordinals = new Map<string, number>();
  #alive: Bitmap = bitmap(0);
  #strong = new Map<string, number[]>();
  #weak = new Map<string, number[]>();
  #facets = new Map<Facet, Map<string, Bitmap>>(FACETS.map((facet) => [facet, new Map()]));
  /** Facets of which a service has one value at most: its number, service by service. */
  #columns = facetColumns();
  #earliest = new Map<string, number>();
  /** Long postings as bitmaps, made when first asked for after a change. */
  #dense = new Map<number[], Bitmap>();
  /** Made when first needed after a change. */
  #orders: Orders | undefined;
  /** What was found and counted last: who pages through a search, or sorts it anew, asks the same again. */
  readonly #matches = new Map<string, Matched>();
  #dead = 0;

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

  upsert(entry: ServiceEntry): void {
    this.remove(entry.id);
    const ordinal = this.#entries.length;
    this.#entries.push(entry);
    this.#texts.push(normalise(`${entry.strongText}\n${entry.weakText}`));
    this.#ordinals.set(entry.id, ordinal);
    this.#grow();
    setBit(this.#alive, ordinal);
    const strong = tokensOf(entry.strongText);
    for (const token of strong) post(this.#strong, token, ordinal);
    for (const token of tokensOf(entry.weakText)) if (!strong.has(token)) post(this.#weak, token, ordinal);
    for (const facet of FACETS) for (const value of valuesOf[facet](entry)) setBit(this.#facetBits(facet, value), ordinal);
    for (const [facet, column] of this.#columns) column.push(valuesOf[facet](entry)[0]);
    this.#changed();
  }

  remove(id: string): void {
    const ordinal = this.#ordinals.get(id);
    if (ordinal === undefined) return;
    clearBit(this.#alive, ordinal);
    this.#entries[ordinal] = undefined;
    this.#texts[ordinal] = '';
    this.#ordinals.delete(id);
    this.#changed();
    this.#dead++;
    if (this.#dead > 64 && this.#dead > this.#entries.length / 4) this.#compact();
  }

  /** The first free start known for one piece; empty when none is known within the horizon. */
  setEarliest(id: string, at: number | undefined): void {
    if (at === undefined) this.#earliest.delete(id);
    else this.#earliest.set(id, at);
  }

  earliest(id: string): number | undefined {
    return this.#earliest.get(id);
  }

  search(query: Query): Found {
    const orders = this.#sorted();
    const { result, strong, total, counts } = this.#matched(query, orders);
    return { total, counts, ids: this.#page(result, strong, query, orders) };
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
    const { all, strong } = this.#matchWords(termsOf(query.words), orders.words);
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
    return { result, strong, total: countBits(result, result), counts };
  }

  #page(result: Bitmap, strong: Bitmap | undefined, query: Query, orders: Orders): string[] {
    const tiers: [Int32Array | number[], Bitmap][] = [];
    if (query.sort === 'price') tiers.push([orders.byPrice, result]);
    else if (query.sort === 'price_desc') tiers.push([orders.byPrice.slice().reverse(), result]);
    else if (query.sort === 'earliest') tiers.push([this.#byEarliest(result, orders.byWeight), result]);
    else if (strong) {
      const named = result.slice();
      andInto(named, strong);
      const rest = result.slice();
      for (let i = 0; i < rest.length; i++) rest[i] = (rest[i] as number) & ~(named[i] as number);
      tiers.push([orders.byWeight, named], [orders.byWeight, rest]);
    } else tiers.push([orders.byWeight, result]);

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

  #matchWords(terms: Term[], words: string[]): { all: Bitmap; strong: Bitmap | undefined } {
    const all = this.#alive.slice();
    if (terms.length === 0) return { all, strong: undefined };
    const strong = this.#alive.slice();
    for (const term of terms) {
      const expanded = term.prefix ? wordsWithPrefix(words, term.phrase) : undefined;
      const inStrong = this.#postings(this.#strong, term, expanded);
      const anywhere = this.#postings(this.#weak, term, expanded, this.#strong);
      orInto(anywhere, inStrong);
      if (term.tokens.length > 1) this.#keepPhrase(anywhere, term.phrase);
      andInto(all, anywhere);
      andInto(strong, inStrong);
    }
    return { all, strong };
  }

  /** All tokens of the term; for a prefix, any of the words that begin with it. */
  #postings(list: Map<string, number[]>, term: Term, expanded: string[] | undefined, or?: Map<string, number[]>): Bitmap {
    const bits = bitmap(this.#entries.length);
    if (expanded) {
      for (const word of expanded) for (const ordinal of list.get(word) ?? []) setBit(bits, ordinal);
      return bits;
    }
    for (const [i, token] of term.tokens.entries()) {
      const having = i === 0 ? bits : bitmap(this.#entries.length);
      this.#addPostings(having, list.get(token));
      this.#addPostings(having, or?.get(token));
      if (i > 0) andInto(bits, having);
    }
    return bits;
  }

  #addPostings(bits: Bitmap, ordinals: number[] | undefined): void {
    if (!ordinals) return;
    // Shorter than the row has words: setting them one by one is less work than going through the row.
    if (ordinals.length < bits.length) {
      for (const ordinal of ordinals) setBit(bits, ordinal);
      return;
    }
    const known = this.#dense.get(ordinals);
    const dense = known ?? bitmap(this.#entries.length);
    if (!known) {
      for (const ordinal of ordinals) setBit(dense, ordinal);
      this.#dense.set(ordinals, dense);
    }
    orInto(bits, dense);
  }

  /** Pairs may stand apart (…外径… …径千…): the phrase itself must be there. */
  #keepPhrase(bits: Bitmap, phrase: string): void {
    eachBit(bits, (ordinal) => {
      if (!this.#texts[ordinal]?.includes(phrase)) clearBit(bits, ordinal);
    });
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

  #changed(): void {
    this.#orders = undefined;
    this.#dense.clear();
    this.#matches.clear();
  }

  #sorted(): Orders {
    if (this.#orders) return this.#orders;
    const living = [...this.#ordinals.values()];
    const of = (ordinal: number) => this.#entries[ordinal] as ServiceEntry;
    const byWeight = Int32Array.from(living.sort((a, b) => of(b).weight - of(a).weight || (of(a).id < of(b).id ? -1 : 1)));
    const byPrice = Int32Array.from([...byWeight].sort((a, b) => of(a).price - of(b).price));
    const words = [...new Set([...this.#strong.keys(), ...this.#weak.keys()])].sort();
    this.#orders = { byWeight, byPrice, words };
    return this.#orders;
  }

  #compact(): void {
    const living = [...this.#ordinals.values()].sort((a, b) => a - b).map((ordinal) => this.#entries[ordinal] as ServiceEntry);
    this.#entries = [];
    this.#texts = [];
    this.#ordinals.clear();
    this.#alive = bitmap(0);
    this.#strong.clear();
    this.#weak.clear();
    for (const values of this.#facets.values()) values.clear();
    this.#columns = facetColumns();
    this.#dead = 0;
    for (const entry of living) this.upsert(entry);
  }
}

function post(list: Map<string, number[]>, token: string, ordinal: number): void {
  const ordinals = list.get(token);
  if (ordinals) ordinals.push(ordinal);
  else list.set(token, [ordinal]);
}
