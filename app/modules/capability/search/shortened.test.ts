import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shortened } from '../rules/rounding.ts';

describe('an end of a range', () => {
  it.each([
    [300 / 25.4, 'down', 11.81],
    [300 / 25.4, 'up', 11.82],
    [-40 / 1.8, 'up', -22.22],
    [0.3 / 25.4, 'down', 0.01181],
    // 60 MPa in psi, as a person reads it.
    [60 / 0.006894757293168361, 'down', 8702],
    [2540 / 3, 'down', 846.6],
    [0, 'down', 0],
    [1000, 'down', 1000],
    [86_400, 'up', 86_400],
    [123_456.7, 'down', 123_456.7],
    [0.1, 'up', 0.1],
  ] as const)('%d, %s, is shown as %d', (value, mode, shown) => {
    expect(shortened(value, mode)).toBe(shown);
  });

  it('never goes beyond its side, and stays near', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e9, max: 1e9, noNaN: true }), (value) => {
        const [down, up] = [shortened(value, 'down'), shortened(value, 'up')];
        expect(down).toBeLessThanOrEqual(value + Math.abs(value) * 1e-11);
        expect(up).toBeGreaterThanOrEqual(value - Math.abs(value) * 1e-11);
        expect(up - down).toBeLessThanOrEqual(Math.abs(value) * 1.1e-3);
      }),
    );
  });
});
