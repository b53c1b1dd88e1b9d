/** Rows of numbers outside V8's heap: millions of them cost its collector nothing, and go into a file as they are. */
export type Numbers = Int32Array | Float64Array | Uint8Array | Uint32Array;

/** The row itself, or a longer one with its content; so that filling it one by one copies each number once or twice. */
export function roomFor<T extends Numbers>(row: T, length: number): T {
  if (length <= row.length) return row;
  const longer = new (row.constructor as new (length: number) => T)(Math.max(64, length + (length >> 1)));
  longer.set(row as never);
  return longer;
}

/** Short rows of numbers by their place, one behind the other. */
class Lists<T extends Int32Array | Float64Array> {
  #starts = new Int32Array(0);
  #lengths = new Int32Array(0);
  #numbers: T;
  #end = 0;

  constructor(none: T) {
    this.#numbers = none;
  }

  /** Read, never written to; holds until the next `put`. */
  at(place: number): T {
    const start = this.#starts[place] ?? 0;
    return this.#numbers.subarray(start, start + (this.#lengths[place] ?? 0)) as T;
  }

  /** One number of a row, without the row. */
  item(place: number, i: number): number {
    return this.#numbers[this.#starts[place]! + i]!;
  }

  put(place: number, list: readonly number[]): void {
    this.#starts = roomFor(this.#starts, place + 1);
    this.#lengths = roomFor(this.#lengths, place + 1);
    // What was there is written over where the new fits in.
    if (list.length > this.#lengths[place]!) {
      this.#numbers = roomFor(this.#numbers, this.#end + list.length);
      this.#starts[place] = this.#end;
      this.#end += list.length;
    }
    this.#lengths[place] = list.length;
    this.#numbers.set(list, this.#starts[place]);
  }

  save(): Saved {
    return { starts: this.#starts, lengths: this.#lengths, numbers: this.#numbers.subarray(0, this.#end) };
  }

  load({ starts, lengths, numbers }: Saved): void {
    this.#starts = starts as Int32Array<ArrayBuffer>;
    this.#lengths = lengths as Int32Array<ArrayBuffer>;
    this.#numbers = numbers as T;
    this.#end = this.#numbers.length;
  }
}

export class IntLists extends Lists<Int32Array> {
  constructor() {
    super(new Int32Array(0));
  }
}

export class FloatLists extends Lists<Float64Array> {
  constructor() {
    super(new Float64Array(0));
  }
}

/** Members of many sets, each in the order they came. */
export class Chains {
  /** Of a set: its first and last link; of a link: what it holds and which comes next. Numbers are one more than they are, 0 is none. */
  #first = new Int32Array(0);
  #last = new Int32Array(0);
  #value = new Int32Array(64);
  #next = new Int32Array(64);
  #links = 0;
  #free = 0;

  /** @param value not in the set yet */
  add(set: number, value: number): void {
    this.#first = roomFor(this.#first, set + 1);
    this.#last = roomFor(this.#last, set + 1);
    let link = this.#free;
    if (link > 0) this.#free = this.#next[link - 1]!;
    else {
      link = ++this.#links;
      this.#value = roomFor(this.#value, link);
      this.#next = roomFor(this.#next, link);
    }
    this.#value[link - 1] = value;
    this.#next[link - 1] = 0;
    const last = this.#last[set]!;
    if (last > 0) this.#next[last - 1] = link;
    else this.#first[set] = link;
    this.#last[set] = link;
  }

  remove(set: number, value: number): void {
    let before = 0;
    for (let link = this.#first[set] ?? 0; link > 0; before = link, link = this.#next[link - 1]!) {
      if (this.#value[link - 1] !== value) continue;
      const next = this.#next[link - 1]!;
      if (before > 0) this.#next[before - 1] = next;
      else this.#first[set] = next;
      if (this.#last[set] === link) this.#last[set] = before;
      this.#next[link - 1] = this.#free;
      this.#free = link;
      return;
    }
  }

  has(set: number): boolean {
    return (this.#first[set] ?? 0) > 0;
  }

  of(set: number): number[] {
    const found: number[] = [];
    for (let link = this.#first[set] ?? 0; link > 0; link = this.#next[link - 1]!) found.push(this.#value[link - 1]!);
    return found;
  }

  save(): Saved {
    return {
      first: this.#first,
      last: this.#last,
      value: this.#value.subarray(0, this.#links),
      next: this.#next.subarray(0, this.#links),
      free: this.#free,
    };
  }

  load({ first, last, value, next, free }: Saved): void {
    this.#first = first as Int32Array<ArrayBuffer>;
    this.#last = last as Int32Array<ArrayBuffer>;
    this.#value = value as Int32Array<ArrayBuffer>;
    this.#next = next as Int32Array<ArrayBuffer>;
    this.#links = this.#value.length;
    this.#free = free as number;
  }
}

/** What something is made of, by name, as it goes into a file and comes back: rows of numbers, plain JSON, and what is made of these. */
export type Saved = { [name: string]: Numbers | Saved | number | string | null | readonly Plain[] };
type Plain = number | string | null | readonly Plain[];
