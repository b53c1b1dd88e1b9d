import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdsAt, meet, type Validity } from './validity.ts';

const day = fc.integer({ min: 0, max: 20 });
const validity: fc.Arbitrary<Validity> = fc
  .record({ validFrom: fc.option(day), validUntil: fc.option(day) })
  .filter(({ validFrom, validUntil }) => validFrom === null || validUntil === null || validFrom <= validUntil);

describe('when a row holds', () => {
  it('is from its first to its last instant', () => {
    const may = { validFrom: 10, validUntil: 20 };
    expect([9, 10, 20, 21].map((at) => holdsAt(may, at))).toEqual([false, true, true, false]);
    expect(holdsAt({ validFrom: null, validUntil: null }, 0)).toBe(true);
  });

  it('two rows meet just where some instant is in both', () => {
    fc.assert(
      fc.property(validity, validity, (one, other) => {
        const instants = Array.from({ length: 23 }, (_, i) => i - 1);
        expect(meet(one, other)).toBe(instants.some((at) => holdsAt(one, at) && holdsAt(other, at)));
      }),
      { numRuns: 2_000 },
    );
  });
});
