/** The orders a search walks, kept in place: one service changed moves one place instead of ordering all anew. */
import type { ServiceEntry } from './search-entry.ts';
import { firstWhere } from './sorted.ts';

/** Services by their number: the weightiest first; the cheapest first, and of one price the weightiest. */
export type Orders = { byWeight: Int32Array; byPrice: Int32Array };

type Entry = Pick<ServiceEntry, 'id' | 'weight' | 'price'>;
type Compare = (a: Entry, b: Entry) => number;
const byWeight: Compare = (a, b) => b.weight - a.weight || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
const byPrice: Compare = (a, b) => a.price - b.price || byWeight(a, b);

/** Past this part of all, ordering all anew is less work than finding a place for each. */
const MOST_MOVED = 1 / 8;

export class KeptOrders {
  readonly #entry: (ordinal: number) => Entry | undefined;
  #orders: Orders | undefined;
  readonly #moved = new Set<number>();
  /** How often two services were compared: what a change costs. */
  compared = 0;

  /** @param entry of a service as it is now; none when it went */
  constructor(entry: (ordinal: number) => Entry | undefined) {
    this.#entry = entry;
  }

  changed(ordinal: number): void {
    if (this.#orders) this.#moved.add(ordinal);
  }

  /** @param living the numbers of all services */
  now(living: Iterable<number>): Orders {
    const known = this.#orders;
    if (known && this.#moved.size === 0) return known;
    const orderly = known && this.#moved.size <= known.byWeight.length * MOST_MOVED;
    const all = orderly ? [] : [...living];
    const order = (before: Int32Array | undefined, compare: Compare) =>
      orderly && before ? this.#placed(before, compare) : Int32Array.from(all.sort(this.#counting(compare)));
    this.#orders = { byWeight: order(known?.byWeight, byWeight), byPrice: order(known?.byPrice, byPrice) };
    this.#moved.clear();
    return this.#orders;
  }

  #counting(compare: Compare): (a: number, b: number) => number {
    return (a, b) => {
      this.compared++;
      return compare(this.#entry(a) as Entry, this.#entry(b) as Entry);
    };
  }

  /** The order without those that moved, and each of them where it belongs now. */
  #placed(before: Int32Array, compare: Compare): Int32Array {
    const compared = this.#counting(compare);
    const rest = before.filter((ordinal) => !this.#moved.has(ordinal));
    const coming = [...this.#moved].filter((ordinal) => this.#entry(ordinal)).sort(compared);
    const after = new Int32Array(rest.length + coming.length);
    let from = 0;
    for (const [i, ordinal] of coming.entries()) {
      const place = firstWhere(rest.length, (at) => compared(rest[at] as number, ordinal) > 0);
      after.set(rest.subarray(from, place), from + i);
      after[place + i] = ordinal;
      from = place;
    }
    after.set(rest.subarray(from), from + coming.length);
    return after;
  }
}
