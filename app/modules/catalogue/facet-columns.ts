import type { Bitmap } from '#app/core/bitmap.ts';
import type { Facet } from './facets.ts';

/** The one value each service has of a facet, by the service's number: many values are then counted in one walk over the services. */
class FacetColumn {
  readonly #values = new Map<string, number>();
  /** Number of the service's value; 0 for none. */
  readonly #of: number[] = [];

  /** @param service its number, one behind the last at most */
  set(service: number, value: string | undefined): void {
    let number = 0;
    if (value !== undefined) {
      number = this.#values.get(value) ?? this.#values.size + 1;
      this.#values.set(value, number);
    }
    this.#of[service] = number;
  }

  /** How many of the services have each value. */
  count(services: Bitmap): Map<string, number> {
    const found = new Uint32Array(this.#values.size + 1);
    const of = this.#of;
    for (let word = 0; word < services.length; word++)
      for (let x = services[word]!; x !== 0; x &= x - 1) found[of[(word << 5) + 31 - Math.clz32(x & -x)]!]!++;
    return new Map([...this.#values].map(([value, number]) => [value, found[number]!]));
  }
}

export const facetColumns = (): Map<Facet, FacetColumn> =>
  new Map((['family', 'field', 'city', 'park', 'booking'] as const).map((facet) => [facet, new FacetColumn()]));
