/** Places of groups by a name they share. A group without rows stays where it is found until as many as that are more than those with rows. */
import { roomFor, type Saved } from '#app/core/columns.ts';

/** So many are not worth a bucket made anew. */
const FEW = 32;

interface Bucket {
  places: Int32Array<ArrayBuffer>;
  count: number;
  /** Of these, the places without rows. */
  dead: number;
}

export class Buckets {
  readonly #buckets = new Map<number, Bucket>();
  /** By place: whether it is in its bucket, and not only belongs there. */
  #in = new Uint8Array(0);
  readonly #lives: (place: number) => boolean;

  constructor(lives: (place: number) => boolean) {
    this.#lives = lives;
  }

  of(name: number): Int32Array {
    const bucket = this.#buckets.get(name);
    return bucket ? bucket.places.subarray(0, bucket.count) : NONE;
  }

  /** A place that had no rows and is given one. */
  enter(name: number, place: number): void {
    const bucket = this.#buckets.get(name) ?? { places: NONE, count: 0, dead: 0 };
    this.#buckets.set(name, bucket);
    this.#in = roomFor(this.#in, place + 1);
    if (this.#in[place] === 1) {
      bucket.dead -= 1;
      return;
    }
    this.#in[place] = 1;
    bucket.places = roomFor(bucket.places, bucket.count + 1);
    bucket.places[bucket.count++] = place;
  }

  /** A place whose last row has gone. */
  leave(name: number): void {
    const bucket = this.#buckets.get(name);
    if (!bucket) return;
    bucket.dead += 1;
    if (bucket.dead > FEW && bucket.dead * 2 > bucket.count) this.#sweep(bucket);
  }

  #sweep(bucket: Bucket): void {
    const living = bucket.places.subarray(0, bucket.count).filter((place) => {
      const lives = this.#lives(place);
      if (!lives) this.#in[place] = 0;
      return lives;
    });
    Object.assign(bucket, { places: living, count: living.length, dead: 0 } satisfies Bucket);
  }

  save(): Saved {
    for (const bucket of this.#buckets.values()) if (bucket.dead > 0) this.#sweep(bucket);
    const places = Object.fromEntries([...this.#buckets].map(([name, bucket]) => [name, bucket.places.subarray(0, bucket.count)]));
    return { in: this.#in, places };
  }

  load(saved: Saved): void {
    this.#in = saved.in as Uint8Array<ArrayBuffer>;
    for (const [name, places] of Object.entries(saved.places as Saved))
      this.#buckets.set(Number(name), { places: places as Int32Array<ArrayBuffer>, count: (places as Int32Array).length, dead: 0 });
  }
}

const NONE = new Int32Array(0);
