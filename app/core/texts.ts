/** Texts outside V8's heap: by their place, and numbered so that each stands there once. */
import { roomFor, type Saved } from './columns.ts';

/** One piece of memory; no text is longer. Growing then copies nothing. */
const CHUNK = 1 << 22;
/** Room of a text is a multiple of it: one that changes a little stays where it is. */
const GRAIN = 8;

export class Texts {
  #chunks: Buffer[] = [];
  #starts = new Uint32Array(0);
  #lengths = new Int32Array(0);
  #end = 0;

  has(place: number): boolean {
    return (this.#lengths[place] ?? 0) > 0;
  }

  /** Empty where nothing was put. */
  at(place: number): string {
    const length = this.#lengths[place] ?? 0;
    if (length === 0) return '';
    const start = this.#starts[place]! % CHUNK;
    return this.#chunks[Math.floor(this.#starts[place]! / CHUNK)]!.toString('utf8', start, start + length);
  }

  put(place: number, text: string): void {
    const length = Buffer.byteLength(text);
    if (length > CHUNK) throw new RangeError(`a text of ${length} bytes is too long to be kept`);
    this.#starts = roomFor(this.#starts, place + 1);
    this.#lengths = roomFor(this.#lengths, place + 1);
    if (roomOf(length) > roomOf(this.#lengths[place]!)) this.#starts[place] = this.#take(roomOf(length));
    this.#lengths[place] = length;
    if (length > 0) this.#chunks[Math.floor(this.#starts[place]! / CHUNK)]!.write(text, this.#starts[place]! % CHUNK);
  }

  #take(room: number): number {
    if ((this.#end % CHUNK) + room > CHUNK || this.#end === this.#chunks.length * CHUNK) {
      this.#end = this.#chunks.length * CHUNK;
      this.#chunks.push(Buffer.allocUnsafeSlow(CHUNK));
    }
    const start = this.#end;
    this.#end += room;
    return start;
  }

  save(): Saved {
    const chunks = Object.fromEntries(this.#chunks.map((chunk, i) => [`chunk${i}`, chunk]));
    return { starts: this.#starts, lengths: this.#lengths, end: Uint32Array.of(this.#end), ...chunks };
  }

  load({ starts, lengths, end, ...chunks }: Saved): void {
    this.#starts = starts as Uint32Array<ArrayBuffer>;
    this.#lengths = lengths as Int32Array<ArrayBuffer>;
    this.#end = end![0]!;
    this.#chunks = Object.keys(chunks).map((_, i) => {
      const { buffer, byteOffset, byteLength } = chunks[`chunk${i}`]!;
      return Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);
    });
  }
}

const roomOf = (length: number): number => Math.ceil(length / GRAIN) * GRAIN;

/** Texts and their numbers, from 0 in the order they came. */
export class Names {
  readonly #texts = new Texts();
  #hashes = new Int32Array(64);
  /** By hash, one place further where that is taken: a text's number and one. */
  #slots = new Int32Array(128);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  at(number: number): string {
    return this.#texts.at(number);
  }

  /** -1 for a text that has none. */
  numberOf(text: string): number {
    return this.#slots[this.#slotOf(text, hashOf(text))]! - 1;
  }

  /** Its number, from now on if it had none. */
  add(text: string): number {
    const hash = hashOf(text);
    const slot = this.#slotOf(text, hash);
    if (this.#slots[slot]! > 0) return this.#slots[slot]! - 1;
    const number = this.#size++;
    this.#texts.put(number, text);
    this.#hashes = roomFor(this.#hashes, this.#size);
    this.#hashes[number] = hash;
    this.#slots[slot] = this.#size;
    if (2 * this.#size > this.#slots.length) this.#widen();
    return number;
  }

  #slotOf(text: string, hash: number): number {
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (let taken = this.#slots[slot]!; taken > 0; taken = this.#slots[slot]!) {
      if (this.#hashes[taken - 1] === hash && this.#texts.at(taken - 1) === text) return slot;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #widen(): void {
    const mask = 2 * this.#slots.length - 1;
    this.#slots = new Int32Array(mask + 1);
    for (let number = 0; number < this.#size; number += 1) {
      let slot = this.#hashes[number]! & mask;
      while (this.#slots[slot]! > 0) slot = (slot + 1) & mask;
      this.#slots[slot] = number + 1;
    }
  }

  save(): Saved {
    return { ...this.#texts.save(), hashes: this.#hashes.subarray(0, this.#size), slots: this.#slots };
  }

  load({ hashes, slots, ...texts }: Saved): void {
    this.#texts.load(texts);
    this.#hashes = hashes as Int32Array<ArrayBuffer>;
    this.#slots = slots as Int32Array<ArrayBuffer>;
    this.#size = hashes!.length;
  }
}

/** FNV-1a over the code units. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash ^ (hash >>> 15);
}
