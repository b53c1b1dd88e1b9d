import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { basisPointsOf, type DatedRate, rateOn } from './tax-rates.ts';

const RATES: DatedRate[] = [
  { validFrom: '2028-01-01', rate: '3' },
  { validFrom: '2025-01-01', rate: 'exempt' },
  { validFrom: '2026-04-01', rate: '1' },
];

describe('rate of a day', () => {
  it('is the last that had begun', () => {
    expect(rateOn(RATES, '2024-12-31')).toBeNull();
    expect(rateOn(RATES, '2025-01-01')).toBe('exempt');
    expect(rateOn(RATES, '2026-03-31')).toBe('exempt');
    expect(rateOn(RATES, '2026-04-01')).toBe('1');
    expect(rateOn(RATES, '2027-12-31')).toBe('1');
    expect(rateOn(RATES, '2028-01-01')).toBe('3');
    expect(rateOn([], '2026-01-01')).toBeNull();
  });

  it('does not depend on the order they were entered in, and a later rate changes no earlier day', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(RATES, { minLength: 3 }), (rates) => {
        expect(rateOn(rates, '2026-11-28')).toBe('1');
        expect(rateOn([...rates, { validFrom: '2026-11-29', rate: '6' }], '2026-11-28')).toBe('1');
      }),
    );
  });

  it('has its basis points', () => {
    expect(['6', '3', '1', 'exempt'].map((rate) => basisPointsOf(rate as '6'))).toEqual([600, 300, 100, 0]);
  });
});
