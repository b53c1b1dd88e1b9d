import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bitmap, coarsen, countRange, everyNth, gather, hasBit, positions, runStarts, setBit, setRange } from './bitmap.ts';

const rows = fc.array(fc.boolean(), { minLength: 1, maxLength: 200 });
const bitsOf = (row: boolean[]) => {
  const bits = bitmap(row.length);
  row.forEach((on, i) => {
    if (on) setBit(bits, i);
  });
  return bits;
};
const listOf = (bits: Uint32Array, length: number) => Array.from({ length }, (_, i) => hasBit(bits, i));

describe('rows of bits', () => {
  it('finds the starts of runs', () => {
    const dense = fc.array(
      fc.integer({ min: 0, max: 9 }).map((n) => n > 0),
      { minLength: 1, maxLength: 300 },
    );
    fc.assert(
      fc.property(dense, fc.integer({ min: 1, max: 120 }), (row, length) => {
        const expected = row.map((_, i) => i + length <= row.length && row.slice(i, i + length).every(Boolean));
        expect(listOf(runStarts(bitsOf(row), length), row.length)).toEqual(expected);
      }),
      { numRuns: 400 },
    );
  });

  it('sets and counts ranges across words', () => {
    fc.assert(
      fc.property(rows, fc.nat(200), fc.nat(200), (row, a, b) => {
        const [from, until] = [Math.min(a, b, row.length), Math.min(Math.max(a, b), row.length)];
        const bits = bitsOf(row);
        expect(countRange(bits, from, until)).toBe(row.slice(from, until).filter(Boolean).length);
        setRange(bits, from, until);
        expect(listOf(bits, row.length)).toEqual(row.map((on, i) => on || (i >= from && i < until)));
      }),
    );
  });

  it('lists, thins, groups and gathers', () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 5 }), (row, ratio) => {
        const bits = bitsOf(row);
        const on = row.flatMap((bit, i) => (bit ? [i] : []));
        expect(Array.from(positions(bits))).toEqual(on);
        const groups = Array.from({ length: Math.floor(row.length / ratio) }, (_, i) => row.slice(i * ratio, (i + 1) * ratio));
        expect(listOf(everyNth(bits, row.length, ratio), groups.length)).toEqual(groups.map((group) => group[0]));
        expect(listOf(coarsen(bits, row.length, ratio), groups.length)).toEqual(groups.map((group) => group.every(Boolean)));
        expect(listOf(gather(bits, Int32Array.from(on)), on.length)).toEqual(on.map(() => true));
      }),
    );
  });
});
