import { type Bitmap, bitmap, eachBit, setBit } from '#app/core/bitmap.ts';
import { roomFor, type Saved } from '#app/core/columns.ts';
import type { Facet } from './facets.ts';

/** The one value each service has of a facet, by the service's number: many values are then counted in one walk over the services. */
export class FacetColumn {
  /** By their numbers, from 1. */
  readonly values: string[] = [''];
  readonly #numbers = new Map<string, number>();
  /** Number of the service's value; 0 for none. */
  #of = new Int32Array(0);

  set(service: number, value: string | undefined): void {
    this.#of = roomFor(this.#of, service + 1);
    this.#of[service] = value === undefined ? 0 : this.#numbered(value);
  }

  at(service: number): number {
    return this.#of[service]!;
  }

  #numbered(value: string): number {
    const known = this.#numbers.get(value);
    if (known !== undefined) return known;
    this.#numbers.set(value, this.values.length);
    return this.values.push(value) - 1;
  }

  /** How many of the services have each value. */
  count(services: Bitmap): Map<string, number> {
    const found = new Uint32Array(this.values.length);
    const of = this.#of;
    for (let word = 0; word < services.length; word++)
      for (let x = services[word]!; x !== 0; x &= x - 1) found[of[(word << 5) + 31 - Math.clz32(x & -x)]!]!++;
    return new Map([...this.#numbers].map(([value, number]) => [value, found[number]!]));
  }

  /** Those of the services that have one of the values. */
  having(services: Bitmap, values: readonly string[]): Bitmap {
    const wanted = new Set(values.flatMap((value) => this.#numbers.get(value) ?? []));
    const found = bitmap(services.length << 5);
    if (wanted.size > 0) eachBit(services, (service) => wanted.has(this.#of[service]!) && setBit(found, service));
    return found;
  }

  save(): Saved {
    return { values: this.values, of: this.#of };
  }

  load(saved: Saved): void {
    for (const value of (saved.values as string[]).slice(1)) this.#numbered(value);
    this.#of = saved.of as Int32Array<ArrayBuffer>;
  }
}

export type ColumnFacet = (typeof COLUMNS)[number];
const COLUMNS = ['family', 'field', 'city', 'park', 'booking'] as const;
export const facetColumns = () =>
  Object.fromEntries(COLUMNS.map((facet) => [facet, new FacetColumn()])) as Record<ColumnFacet, FacetColumn>;
export const isColumn = (facet: Facet): facet is ColumnFacet => (COLUMNS as readonly Facet[]).includes(facet);
