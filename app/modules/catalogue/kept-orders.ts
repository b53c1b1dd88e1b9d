/** The orders a search walks, kept in place: one service changed moves one place instead of ordering all anew. */
import { firstWhere } from './sorted.ts';

/** Services by their number: the weightiest first; the cheapest first, and of one price the weightiest. */
export type Orders = { byWeight: Int32Array; byPrice: Int32Array };

/** Of a service, by its number. */
export type Columns = {
  lives(ordinal: number): boolean;
  id(ordinal: number): string;
  weight(ordinal: number): number;
  price(ordinal: number): number;
  /** How many of the first numbers stand for ids in their order. */
  readonly ascending: number;
};
type Compare = (a: number, b: number) => number;

/** Past this part of all, ordering all anew is less work than finding a place for each. */
const MOST_MOVED = 1 / 8;
/** So many are looked up one by one. */
const FEW = 32;
const WEIGHTS = 4;
const MOST_PRICE = 2 ** 32;

export class KeptOrders {
  readonly #of: Columns;
  #orders: Orders | undefined;
  readonly #moved = new Set<number>();
  /** How often two services were compared: what a change costs. */
  compared = 0;

  constructor(of: Columns) {
    this.#of = of;
  }

  changed(ordinal: number): void {
    if (this.#orders) this.#moved.add(ordinal);
  }

  /** @param living the numbers of all services, asked for only where all are ordered anew */
  now(living: () => Iterable<number>): Orders {
    const known = this.#orders;
    if (known && this.#moved.size === 0) return known;
    const orderly = known && this.#moved.size <= known.byWeight.length * MOST_MOVED;
    this.#orders = orderly
      ? { byWeight: this.#placed(known.byWeight, this.#byWeight), byPrice: this.#placed(known.byPrice, this.#byPrice) }
      : this.#anew(Int32Array.from(living()));
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
  readonly #weight = (ordinal: number): number => this.#of.weight(ordinal);
  readonly #price = (ordinal: number): number => this.#of.price(ordinal);

  #byId(a: number, b: number): number {
    if (Math.max(a, b) < this.#of.ascending) return a - b;
    const [one, other] = [this.#of.id(a), this.#of.id(b)];
    return one < other ? -1 : one > other ? 1 : 0;
  }

  #anew(all: Int32Array): Orders {
    const until = this.#of.ascending;
    const numbered = all.filter((ordinal) => ordinal < until).sort();
    this.#moved.clear();
    for (const ordinal of all) if (ordinal >= until) this.#moved.add(ordinal);
    if (this.#moved.size <= all.length * MOST_MOVED && numbered.every(this.#isPlain)) {
      const byWeight = dealt(numbered, (ordinal) => WEIGHTS - 1 - this.#weight(ordinal), WEIGHTS);
      const byLow = dealt(byWeight, (ordinal) => this.#price(ordinal) % HALF, HALF);
      const byPrice = dealt(byLow, (ordinal) => Math.floor(this.#price(ordinal) / HALF), HALF);
      return { byWeight: this.#placed(byWeight, this.#byWeight), byPrice: this.#placed(byPrice, this.#byPrice) };
    }
    return { byWeight: all.slice().sort(this.#byWeight), byPrice: all.slice().sort(this.#byPrice) };
  }

  /** Whether it can be dealt out by its numbers. */
  readonly #isPlain = (ordinal: number): boolean => {
    const [price, weight] = [this.#price(ordinal), this.#weight(ordinal)];
    return Number.isInteger(price) && price >= 0 && price < MOST_PRICE && Number.isInteger(weight) && weight >= 0 && weight < WEIGHTS;
  };

  /** The order without those that moved, and each of them where it belongs now. */
  #placed(before: Int32Array, compare: Compare): Int32Array {
    if (this.#moved.size === 0) return before;
    const rest = this.#withoutMoved(before);
    const coming = [...this.#moved].filter((ordinal) => this.#of.lives(ordinal)).sort(compare);
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

  /** Looks up each of a few, and goes through all for many: half a million are copied in no time, and asked about one by one in a while. */
  #withoutMoved(before: Int32Array): Int32Array {
    if (this.#moved.size > FEW) {
      const gone = new Uint8Array([...this.#moved].reduce((most, ordinal) => Math.max(most, ordinal), 0) + 1);
      for (const ordinal of this.#moved) gone[ordinal] = 1;
      return before.filter((ordinal) => gone[ordinal] !== 1);
    }
    const places = [...this.#moved].map((ordinal) => before.indexOf(ordinal)).filter((place) => place >= 0);
    const rest = new Int32Array(before.length - places.length);
    let [from, to] = [0, 0];
    for (const place of places.sort((a, b) => a - b)) {
      rest.set(before.subarray(from, place), to);
      to += place - from;
      from = place + 1;
    }
    rest.set(before.subarray(from), to);
    return rest;
  }
}

const HALF = 2 ** 16;

/** By a whole number below `most`, otherwise as they stand: half a million take some milliseconds, where comparing them takes a second. */
function dealt(ordinals: Int32Array, size: (ordinal: number) => number, most: number): Int32Array {
  const next = new Uint32Array(most + 1);
  for (const ordinal of ordinals) next[size(ordinal) + 1]!++;
  for (let i = 1; i <= most; i++) next[i]! += next[i - 1]!;
  const after = new Int32Array(ordinals.length);
  for (const ordinal of ordinals) after[next[size(ordinal)]!++] = ordinal;
  return after;
}
