/** The orders a search walks, kept in place: one service changed moves one place instead of ordering all anew. */
import type { ServiceEntry } from './search-entry.ts';
import { firstWhere } from './sorted.ts';

/** Services by their number: the weightiest first; the cheapest first, and of one price the weightiest. */
export type Orders = { byWeight: Int32Array; byPrice: Int32Array };

type Entry = Pick<ServiceEntry, 'id' | 'weight' | 'price'>;
type Compare = (a: number, b: number) => number;

/** Past this part of all, ordering all anew is less work than finding a place for each. */
const MOST_MOVED = 1 / 8;
/** A number holds a size below the one and a place below the other exactly. */
const MOST_SIZE = 2 ** 33;
const MOST_PLACES = 2 ** 20;
const WEIGHTS = 4;

export class KeptOrders {
  readonly #entry: (ordinal: number) => Entry | undefined;
  readonly #ascending: () => number;
  #orders: Orders | undefined;
  readonly #moved = new Set<number>();
  /** How often two services were compared: what a change costs. */
  compared = 0;

  /**
   * @param entry of a service as it is now; none when it went
   * @param ascending how many of the first numbers stand for ids in their order
   */
  constructor(entry: (ordinal: number) => Entry | undefined, ascending = () => 0) {
    this.#entry = entry;
    this.#ascending = ascending;
  }

  changed(ordinal: number): void {
    if (this.#orders) this.#moved.add(ordinal);
  }

  /** @param living the numbers of all services */
  now(living: Iterable<number>): Orders {
    const known = this.#orders;
    if (known && this.#moved.size === 0) return known;
    const orderly = known && this.#moved.size <= known.byWeight.length * MOST_MOVED;
    this.#orders = orderly
      ? { byWeight: this.#placed(known.byWeight, this.#byWeight), byPrice: this.#placed(known.byPrice, this.#byPrice) }
      : this.#anew(Int32Array.from(living));
    this.#moved.clear();
    return this.#orders;
  }

  readonly #byWeight: Compare = (a, b) => {
    this.compared++;
    return this.#weight(b) - this.#weight(a) || this.#byId(a, b);
  };
  readonly #byPrice: Compare = (a, b) => {
    this.compared++;
    return this.#price(a) - this.#price(b) || this.#weight(b) - this.#weight(a) || this.#byId(a, b);
  };
  readonly #weight = (ordinal: number): number => this.#entry(ordinal)!.weight;
  readonly #price = (ordinal: number): number => this.#entry(ordinal)!.price;

  #byId(a: number, b: number): number {
    if (Math.max(a, b) < this.#ascending()) return a - b;
    const [one, other] = [this.#entry(a)!.id, this.#entry(b)!.id];
    return one < other ? -1 : one > other ? 1 : 0;
  }

  #anew(all: Int32Array): Orders {
    const until = this.#ascending();
    const numbered = all.filter((ordinal) => ordinal < until);
    this.#moved.clear();
    for (const ordinal of all) if (ordinal >= until) this.#moved.add(ordinal);
    if (this.#moved.size <= all.length * MOST_MOVED && all.length < MOST_PLACES) {
      const ofWeight = (ordinal: number) => WEIGHTS - 1 - this.#weight(ordinal);
      const byWeight = sorted(numbered, ofWeight);
      const byPrice = sorted(numbered, (ordinal) => this.#price(ordinal) * WEIGHTS + ofWeight(ordinal));
      if (byWeight && byPrice) return { byWeight: this.#placed(byWeight, this.#byWeight), byPrice: this.#placed(byPrice, this.#byPrice) };
    }
    return { byWeight: all.slice().sort(this.#byWeight), byPrice: all.slice().sort(this.#byPrice) };
  }

  /** The order without those that moved, and each of them where it belongs now. */
  #placed(before: Int32Array, compare: Compare): Int32Array {
    if (this.#moved.size === 0) return before;
    const rest = before.filter((ordinal) => !this.#moved.has(ordinal));
    const coming = [...this.#moved].filter((ordinal) => this.#entry(ordinal)).sort(compare);
    const after = new Int32Array(rest.length + coming.length);
    let from = 0;
    for (const [i, ordinal] of coming.entries()) {
      const place = firstWhere(rest.length, (at) => compare(rest[at] as number, ordinal) > 0);
      after.set(rest.subarray(from, place), from + i);
      after[place + i] = ordinal;
      from = place;
    }
    after.set(rest.subarray(from), from + coming.length);
    return after;
  }
}

/** By a small whole number, then as they stand: both in one number, because numbers are put in order without a call for each pair. */
function sorted(ordinals: Int32Array, size: (ordinal: number) => number): Int32Array | undefined {
  const keys = new Float64Array(ordinals.length);
  const inOrder = ordinals.slice().sort();
  for (let i = 0; i < inOrder.length; i++) {
    const own = size(inOrder[i]!);
    if (!(Number.isInteger(own) && own >= 0 && own < MOST_SIZE)) return undefined;
    keys[i] = own * MOST_PLACES + i;
  }
  return Int32Array.from(keys.sort(), (key) => inOrder[key % MOST_PLACES]!);
}
