/** Rows of cells as bits: bit i of the row is bit (i mod 32) of word ⌊i / 32⌋. Bits behind the row's length are zero. */
export type Bitmap = Uint32Array;

export function bitmap(length: number): Bitmap {
  return new Uint32Array((length + 31) >>> 5);
}

export function hasBit(bits: Bitmap, index: number): boolean {
  return ((bits[index >>> 5]! >>> (index & 31)) & 1) === 1;
}

export function setBit(bits: Bitmap, index: number): void {
  bits[index >>> 5]! |= 1 << (index & 31);
}

export function clearBit(bits: Bitmap, index: number): void {
  bits[index >>> 5]! &= ~(1 << (index & 31));
}

/** Sets bits [from, until); the caller keeps them inside the row. */
export function setRange(bits: Bitmap, from: number, until: number): void {
  eachRangeWord(from, until, (word, mask) => {
    bits[word]! |= mask;
  });
}

export function clearRange(bits: Bitmap, from: number, until: number): void {
  eachRangeWord(from, until, (word, mask) => {
    bits[word]! &= ~mask;
  });
}

/** How many bits of [from, until) are set. */
export function countRange(bits: Bitmap, from: number, until: number): number {
  let count = 0;
  eachRangeWord(from, until, (word, mask) => {
    let x = bits[word]! & mask;
    for (; x !== 0; x &= x - 1) count++;
  });
  return count;
}

/** The set bits, ascending. */
export function positions(bits: Bitmap): Int32Array {
  const found: number[] = [];
  for (let word = 0; word < bits.length; word++) {
    for (let x = bits[word]!; x !== 0; x &= x - 1) found.push((word << 5) + 31 - Math.clz32(x & -x));
  }
  return Int32Array.from(found);
}

export function andInto(target: Bitmap, other: Bitmap): void {
  for (let i = 0; i < target.length; i++) target[i]! &= other[i]!;
}

export function orInto(target: Bitmap, other: Bitmap): void {
  for (let i = 0; i < target.length; i++) target[i]! |= other[i]!;
}

/**
 * The starts of runs: bit i of the result is set when bits i … i + length − 1 are all set.
 * Each pass joins a run with its own shifted copy and so doubles what is known: ⌈log2 length⌉ passes over the words.
 */
export function runStarts(bits: Bitmap, length: number): Bitmap {
  const starts = bits.slice();
  for (let known = 1; known < length; ) {
    const shift = Math.min(known, length - known);
    andShiftedDown(starts, shift);
    known += shift;
  }
  return starts;
}

/** bits &= bits >> shift, in place: reads run ahead of writes. */
function andShiftedDown(bits: Bitmap, shift: number): void {
  const words = shift >>> 5;
  const rest = shift & 31;
  const size = bits.length;
  for (let i = 0; i < size; i++) {
    const low = i + words < size ? bits[i + words]! : 0;
    const high = i + words + 1 < size ? bits[i + words + 1]! : 0;
    bits[i]! &= rest === 0 ? low : (low >>> rest) | (high << (32 - rest));
  }
}

/** Groups of `ratio` bits as one bit: set when all of the group are. */
export function coarsen(bits: Bitmap, length: number, ratio: number): Bitmap {
  return ratio === 1 ? bits : everyNth(runStarts(bits, ratio), length, ratio);
}

/** Bits 0, ratio, 2·ratio, … side by side. */
export function everyNth(bits: Bitmap, length: number, ratio: number): Bitmap {
  if (ratio === 1) return bits;
  const result = bitmap(Math.floor(length / ratio));
  for (let i = 0, from = 0; from + ratio <= length; i++, from += ratio) if (hasBit(bits, from)) setBit(result, i);
  return result;
}

/** The bits at the given places, side by side. */
export function gather(bits: Bitmap, places: Int32Array): Bitmap {
  const result = bitmap(places.length);
  for (let i = 0; i < places.length; i++) if (hasBit(bits, places[i]!)) setBit(result, i);
  return result;
}

function eachRangeWord(from: number, until: number, visit: (word: number, mask: number) => void): void {
  for (let at = from; at < until; ) {
    const word = at >>> 5;
    const end = Math.min(until, (word + 1) << 5);
    const mask = (end - at === 32 ? -1 : (1 << (end - at)) - 1) << (at & 31);
    visit(word, mask);
    at = end;
  }
}

/** How many bits are set in both: pass the same row twice to count one. */
export function countBits(a: Bitmap, b: Bitmap): number {
  let count = 0;
  for (let i = Math.min(a.length, b.length) - 1; i >= 0; i--) {
    // Population count of 32 bits at once (Hacker's Delight, 5-1).
    let x = a[i]! & b[i]!;
    x -= (x >>> 1) & 0x55555555;
    x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
    count += Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
  }
  return count;
}

/** Visits the set bits, ascending; they may be cleared on the way. */
export function eachBit(bits: Bitmap, visit: (index: number) => void): void {
  for (let word = 0; word < bits.length; word++)
    for (let x = bits[word] as number; x !== 0; x &= x - 1) visit((word << 5) + 31 - Math.clz32(x & -x));
}
