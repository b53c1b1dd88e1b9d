import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { basisPoints, split } from './money.ts';

describe('money', () => {
  it('takes 6 % of 1,358.49 yuan as 81.51', () => {
    expect(basisPoints(135_849, 600)).toBe(8_151);
  });

  it('rounds half away from zero, on both sides', () => {
    expect(basisPoints(25, 200)).toBe(1);
    expect(basisPoints(-25, 200)).toBe(-1);
  });

  it('splits so that the parts sum to the whole and none is off by a cent or more', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -10_000_000, max: 10_000_000 }),
        fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 12 }).filter((w) => w.some((x) => x > 0)),
        (amount, weights) => {
          const parts = split(amount, weights);
          const total = weights.reduce((a, b) => a + b, 0);
          expect(parts.reduce((a, b) => a + b, 0)).toBe(amount);
          for (const [i, part] of parts.entries()) expect(Math.abs(part - (amount * (weights[i] as number)) / total)).toBeLessThan(1);
        },
      ),
    );
  });
});
