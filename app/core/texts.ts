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
    return { starts: this.#starts, lengths: this.#lengths, end: this.#end, chunks: Object.fromEntries(this.#chunks.entries()) };
  }

  load({ starts, lengths, end, chunks }: Saved): void {
    this.#starts = starts as Uint32Array<ArrayBuffer>;
    this.#lengths = lengths as Int32Array<ArrayBuffer>;
    this.#end = end as number;
    this.#chunks = (Object.values(chunks as Saved) as Uint8Array[]).map(({ buffer, byteOffset, byteLength }) =>
      Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength),
    );
  }
}

const roomOf = (length: number): number => Math.ceil(length / GRAIN) * GRAIN;

/** Numbers are looked up in so many tables by themselves: one that has to be made wider holds nobody up. */
const TABLES = 256;
const NARROWEST = 8;

/** Texts and their numbers, from 0 in the order they came. */
export class Names {
  readonly #texts = new Texts();
  #hashes = new Int32Array(64);
  /** By hash, one place further where that is taken: a text's number and one. */
  #tables: Int32Array[] = Array.from({ length: TABLES }, () => NO_TABLE);
  #filled = new Int32Array(TABLES);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  at(number: number): string {
    return this.#texts.at(number);
  }

  /** -1 for a text that has none. */
  numberOf(text: string): number {
    const hash = hashOf(text);
    const table = this.#tables[hash >>> 24]!;
    return table.length === 0 ? -1 : table[this.#slotOf(table, text, hash)]! - 1;
  }

  /** Its number, from now on if it had none. */
  add(text: string): number {
    const hash = hashOf(text);
    const table = this.#tables[hash >>> 24]!;
    if (2 * (this.#filled[hash >>> 24]! + 1) > table.length) return this.#addTo(this.#widen(hash >>> 24), text, hash);
    return this.#addTo(table, text, hash);
  }

  #addTo(table: Int32Array, text: string, hash: number): number {
    const slot = this.#slotOf(table, text, hash);
    if (table[slot]! > 0) return table[slot]! - 1;
    const number = this.#size++;
    this.#texts.put(number, text);
    this.#hashes = roomFor(this.#hashes, this.#size);
    this.#hashes[number] = hash;
    table[slot] = this.#size;
    this.#filled[hash >>> 24]!++;
    return number;
  }

  #slotOf(table: Int32Array, text: string, hash: number): number {
    const mask = table.length - 1;
    let slot = hash & mask;
    for (let taken = table[slot]!; taken > 0; taken = table[slot]!) {
      if (this.#hashes[taken - 1] === hash && this.#texts.at(taken - 1) === text) return slot;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #widen(of: number): Int32Array {
    const narrow = this.#tables[of]!;
    const wide = new Int32Array(Math.max(NARROWEST, 2 * narrow.length));
    const mask = wide.length - 1;
    for (const taken of narrow) {
      if (taken === 0) continue;
      let slot = this.#hashes[taken - 1]! & mask;
      while (wide[slot]! > 0) slot = (slot + 1) & mask;
      wide[slot] = taken;
    }
    this.#tables[of] = wide;
    return wide;
  }

  save(): Saved {
    const tables = new Int32Array(this.#tables.reduce((sum, table) => sum + table.length, 0));
    let at = 0;
    for (const table of this.#tables) {
      tables.set(table, at);
      at += table.length;
    }
    const widths = Int32Array.from(this.#tables, (table) => table.length);
    return { texts: this.#texts.save(), hashes: this.#hashes.subarray(0, this.#size), tables, widths, filled: this.#filled };
  }

  load({ texts, hashes, tables, widths, filled }: Saved): void {
    this.#texts.load(texts as Saved);
    this.#hashes = hashes as Int32Array<ArrayBuffer>;
    this.#size = this.#hashes.length;
    this.#filled = filled as Int32Array<ArrayBuffer>;
    let at = 0;
    this.#tables = Array.from(widths as Int32Array, (width) => {
      at += width;
      return (tables as Int32Array).slice(at - width, at);
    });
  }
}

const NO_TABLE = new Int32Array(0);

/** FNV-1a over the code units. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash ^ (hash >>> 15);
}
