/** What services are narrowed by: one value each in columns, several as bits. */
import { type Bitmap, bitmap, clearBit, countBits, orInto, setBit } from '#app/core/bitmap.ts';
import type { Saved } from '#app/core/columns.ts';
import { facetColumns, isColumn } from './facet-columns.ts';
import { FACETS, type Facet } from './facets.ts';
import { type ServiceEntry, valuesOf } from './search-entry.ts';

const MOST_UNIONS = 64;

export class ServiceFacets {
  /** Facets of which a service has one value at most: its number, service by service. */
  readonly columns = facetColumns();
  /** Of facets of which a service may have several values, and which have a few in all. */
  readonly #bits = new Map<Facet, Map<string, Bitmap>>();
  /** Services with one of some values, as they were asked for last. */
  readonly #unions = new Map<string, Bitmap>();

  put(service: number, entry: ServiceEntry): void {
    this.#unions.clear();
    for (const facet of FACETS) {
      const values = valuesOf[facet](entry);
      if (isColumn(facet)) this.columns[facet].set(service, values[0]);
      else for (const value of values) setBit(this.#bitsOf(facet, value, service), service);
    }
  }

  /** @param entry as it was put */
  clear(service: number, entry: ServiceEntry): void {
    this.#unions.clear();
    for (const facet of FACETS)
      if (!isColumn(facet)) for (const value of valuesOf[facet](entry)) clearBit(this.#bitsOf(facet, value, service), service);
  }

  /** How many of the services each value of the facet has. */
  count(facet: Facet, services: Bitmap): Map<string, number> {
    if (isColumn(facet)) return this.columns[facet].count(services);
    return new Map([...(this.#bits.get(facet) ?? [])].map(([value, bits]) => [value, countBits(services, bits)]));
  }

  /** Those of the living that have one of the values, shared between searches: nobody writes to it. None chosen: undefined. */
  union(facet: Facet, values: string[] | undefined, living: Bitmap): Bitmap | undefined {
    if (!values?.length) return undefined;
    const key = JSON.stringify([facet, values]);
    const union = this.#unions.get(key) ?? this.#unite(facet, values, living);
    if (this.#unions.size > MOST_UNIONS) this.#unions.clear();
    this.#unions.set(key, union);
    return union;
  }

  #unite(facet: Facet, values: string[], living: Bitmap): Bitmap {
    if (isColumn(facet)) return this.columns[facet].having(living, values);
    const union = bitmap(living.length << 5);
    for (const value of values) {
      const bits = this.#bits.get(facet)?.get(value);
      if (bits) orInto(union, bits.length === union.length ? bits : resized(bits, union.length));
    }
    return union;
  }

  #bitsOf(facet: Facet, value: string, service: number): Bitmap {
    const values = this.#bits.get(facet) ?? new Map<string, Bitmap>();
    this.#bits.set(facet, values);
    let bits = values.get(value) ?? bitmap(0);
    if (service >= bits.length << 5) bits = resized(bits, Math.max(32, (service >> 5) + 1, bits.length + (bits.length >> 1)));
    values.set(value, bits);
    return bits;
  }

  save(): Saved {
    const bits = [...this.#bits].map(([facet, values]) => [facet, Object.fromEntries(values)] as const);
    return {
      columns: Object.fromEntries(Object.entries(this.columns).map(([facet, column]) => [facet, column.save()])),
      bits: Object.fromEntries(bits),
    };
  }

  load(saved: Saved): void {
    for (const [facet, column] of Object.entries(this.columns)) column.load((saved.columns as Saved)[facet] as Saved);
    for (const [facet, values] of Object.entries(saved.bits as Saved))
      this.#bits.set(facet as Facet, new Map(Object.entries(values as Record<string, Bitmap>)));
  }
}

function resized(bits: Bitmap, words: number): Bitmap {
  const copy = new Uint32Array(words);
  copy.set(bits.subarray(0, words));
  return copy;
}
