import { type Bitmap, bitmap, clearBit, eachBit, hasBit, setBit } from '#app/core/bitmap.ts';
import { roomFor, type Saved } from '#app/core/columns.ts';
import { firstWhere } from './sorted.ts';

/** Fewer are always kept as numbers. */
const FEW = 32;

/** Services found by one word: their numbers in ascending order, or one bit for each service where that is less. */
export class Posting {
  #numbers: Int32Array | undefined = new Int32Array(1);
  #count = 0;
  #bits: Bitmap | undefined;

  get count(): number {
    return this.#count;
  }

  add(service: number): void {
    if (this.#bits && service >= this.#bits.length << 5 && !this.#widen(service)) this.#asNumbers();
    if (this.#bits) {
      if (!hasBit(this.#bits, service)) this.#count++;
      setBit(this.#bits, service);
      return;
    }
    const at = this.#place(service);
    if (at < this.#count && this.#numbers![at] === service) return;
    this.#numbers = roomForOne(this.#numbers!, this.#count);
    if (at < this.#count) this.#numbers.copyWithin(at + 1, at, this.#count);
    this.#numbers[at] = service;
    this.#count++;
    const last = this.#numbers[this.#count - 1]!;
    if (this.#count > FEW && this.#count > last >> 5) this.#asBits(last);
  }

  remove(service: number): void {
    if (this.#bits) {
      if (service >= this.#bits.length << 5 || !hasBit(this.#bits, service)) return;
      clearBit(this.#bits, service);
      this.#count--;
      return;
    }
    const at = this.#place(service);
    if (at === this.#count || this.#numbers![at] !== service) return;
    this.#numbers!.copyWithin(at, at + 1, this.#count);
    this.#count--;
  }

  putInto(found: Bitmap): void {
    const bits = this.#bits;
    if (bits) for (let i = Math.min(bits.length, found.length) - 1; i >= 0; i--) found[i]! |= bits[i]!;
    else for (let i = 0; i < this.#count; i++) setBit(found, this.#numbers![i]!);
  }

  #place(service: number): number {
    const numbers = this.#numbers!;
    if (this.#count === 0 || numbers[this.#count - 1]! < service) return this.#count;
    return firstWhere(this.#count, (i) => numbers[i]! >= service);
  }

  /** False where numbers would take less room by now. */
  #widen(service: number): boolean {
    if (this.#count * 2 < service >> 5) return false;
    const wider = bitmap(service + (service >> 3) + 1);
    wider.set(this.#bits!);
    this.#bits = wider;
    return true;
  }

  #asBits(last: number): void {
    const bits = bitmap(last + (last >> 3) + 1);
    this.putInto(bits);
    this.#bits = bits;
    this.#numbers = undefined;
  }

  #asNumbers(): void {
    const numbers = new Int32Array(this.#count + 1);
    let i = 0;
    eachBit(this.#bits!, (service) => {
      numbers[i++] = service;
    });
    this.#numbers = numbers;
    this.#bits = undefined;
  }

  /** Numbers, or bits: told apart by their kind. */
  get row(): Int32Array | Bitmap {
    return this.#bits ?? this.#numbers!.subarray(0, this.#count);
  }

  static of(row: Int32Array | Bitmap, count: number): Posting {
    const posting = new Posting();
    posting.#count = count;
    posting.#numbers = row instanceof Int32Array ? row : undefined;
    posting.#bits = row instanceof Uint32Array ? row : undefined;
    return posting;
  }
}

/** Most words have very few services: their rows have no room to spare. */
function roomForOne(numbers: Int32Array, count: number): Int32Array {
  if (count < numbers.length) return numbers;
  if (count >= FEW) return roomFor(numbers, count + 1);
  const longer = new Int32Array(2 * count);
  longer.set(numbers);
  return longer;
}

/** By what services are found by: words and tokens, or numbers of instruments. */
export type Postings = Map<string | number, Posting>;

/** As they go into a file: their rows one behind the other. */
export function savedPostings(postings: Postings): Saved {
  const all = [...postings.values()];
  const data = new Int32Array(all.reduce((sum, { row }) => sum + row.length, 0));
  let at = 0;
  for (const { row } of all) {
    data.set(row instanceof Int32Array ? row : new Int32Array(row.buffer, row.byteOffset, row.length), at);
    at += row.length;
  }
  return {
    keys: [...postings.keys()],
    counts: Int32Array.from(all, ({ count }) => count),
    lengths: Int32Array.from(all, ({ row }) => row.length),
    bits: Uint8Array.from(all, ({ row }) => Number(row instanceof Uint32Array)),
    data,
  };
}

export function loadPostings(postings: Postings, { keys, counts, lengths, bits, data }: Saved): void {
  const { buffer, byteOffset } = data as Int32Array;
  let at = byteOffset;
  for (const [i, key] of (keys as (string | number)[]).entries()) {
    const length = (lengths as Int32Array)[i]!;
    const row = (bits as Uint8Array)[i] === 1 ? new Uint32Array(buffer, at, length) : new Int32Array(buffer, at, length);
    postings.set(key, Posting.of(row, (counts as Int32Array)[i]!));
    at += length * Int32Array.BYTES_PER_ELEMENT;
  }
}
