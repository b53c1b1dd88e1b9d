import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conformanceProbability, decide } from './decision.ts';
import { previewDecision } from './decision-preview.ts';

describe('a preview of the decision rules', () => {
  it('of MPE 6 µm measured with U = 2 µm (k = 2)', () => {
    const lines = previewDecision(6, 2, 2).map(({ rule, accepted, risk }) => [rule, accepted?.toFixed(3), risk?.toFixed(4)]);
    expect(lines).toEqual([
      ['simple', '6.000', '0.5000'],
      ['guard_factor', '4.355', '0.0500'],
      ['guard_u', '4.000', '0.0228'],
      // √(36 − 4); w = 0.343
      ['root_difference', '5.657', '0.3657'],
      // M = 1.04 − e^(0.38 ln 3 − 0.54) = 0.155
      ['z540_method6', '5.689', '0.3780'],
    ]);
  });

  it('leaves nothing to accept where U is as large as the limit', () => {
    expect(previewDecision(1, 2, 2).find(({ rule }) => rule === 'guard_u')).toEqual({ rule: 'guard_u', accepted: null, risk: null });
  });

  it('accepts what it says, and at its limit with the risk it says', () => {
    const positive = fc.double({ min: 0.01, max: 100, noNaN: true });
    fc.assert(
      fc.property(positive, positive, (mpe, U) => {
        for (const { rule, accepted, risk } of previewDecision(mpe, U, 2)) {
          if (accepted === null || risk === null) continue;
          expect(accepted).toBeLessThanOrEqual(mpe * (1 + 1e-12));
          if (rule !== 'guard_factor') expect(decide(accepted * 0.999, { lower: -mpe, upper: mpe }, U, { rule })).toBe('pass');
          // Beyond one limit alone: the other side is not counted.
          expect(risk).toBeCloseTo(1 - conformanceProbability(accepted, { lower: null, upper: mpe }, U, 2), 9);
        }
      }),
    );
  });
});
