import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  acceptanceLimits,
  conformanceProbability,
  type DecisionRule,
  decide,
  decideNonBinary,
  jjf1094,
  maxFalseAcceptance,
  testUncertaintyRatio,
  z540Method6,
} from './decision.ts';
import { fixedDigits, roundResult, roundUncertainty } from './rounding.ts';
import oracles from './units/oracles.json' with { type: 'json' };

describe('oracles', () => {
  it.each(oracles.tur)('TUR %o', (o) => {
    const lower = o.LSL ?? -o.tol_pm!;
    const upper = o.USL ?? o.tol_pm!;
    expect(testUncertaintyRatio(lower, upper, o.U)).toBeCloseTo(o.TUR, 12);
  });

  const chinese = { pass: '合格', fail: '不合格', undecided: '待定' };
  it.each(oracles.jjf1094)('JJF 1094: Δ=$delta, MPEV=$MPEV, U=$U → $result', ({ delta, MPEV, U, result }) => {
    expect(chinese[jjf1094(delta, MPEV, U)]).toBe(result);
  });

  it.each(oracles.conformance_probability)('conformance probability at $y: $pc', ({ y, TL, TU, U, k, pc }) => {
    expect(conformanceProbability(y, { lower: TL, upper: TU }, U, k)).toBeCloseTo(pc, 6);
  });

  it.each(oracles.guard_band_rules)('largest false acceptance: $rule', ({ w_over_U, max_specific_PFA_one_sided }) => {
    expect(maxFalseAcceptance(w_over_U, 2)).toBeCloseTo(max_specific_PFA_one_sided, 5);
  });

  it.each(oracles.acceptance_limits)('acceptance limits: $rule', ({ TL, TU, U, rule, AL }) => {
    const chosen: DecisionRule = { rule: rule === 'w=U' ? 'guard_u' : 'root_difference' };
    const limits = acceptanceLimits({ lower: TL, upper: TU }, U, chosen);
    expect(limits!.lower).toBeCloseTo(AL[0]!, 12);
    expect(limits!.upper).toBeCloseTo(AL[1]!, 12);
  });

  it.each(oracles.z540_3_method6)('Z540.3 method 6 at TUR $TUR', ({ TUR, M, AL_over_tol }) => {
    expect(z540Method6(TUR).multiplier).toBeCloseTo(M, 6);
    expect(z540Method6(TUR).limitShare).toBeCloseTo(AL_over_tol, 6);
  });

  it.each(oracles.non_binary_ilac_g8)('ILAC-G8 non-binary at $y: $result', ({ y, TU, w, result }) => {
    expect(decideNonBinary(y, { lower: null, upper: TU }, w)).toBe(result.replace(' ', '_'));
  });

  it.each([
    [0.01234, 'up', '0.013'],
    [0.01234, 'nearest', '0.012'],
    [0.0961, 'up', '0.097'],
    [0.0961, 'nearest', '0.096'],
  ] as const)('U %d rounded %s is %s', (U, mode, text) => {
    expect(oracles.rounding.some((o) => Number(o.U) === U)).toBe(true);
    expect(fixedDigits(roundUncertainty(U, mode))).toBe(text);
  });
});

describe('decision', () => {
  const tolerance = { lower: -4, upper: 4 };
  it('guards each side', () => {
    expect(decide(3, tolerance, 1, { rule: 'guard_u' })).toBe('pass');
    expect(decide(-3.01, tolerance, 1, { rule: 'guard_u' })).toBe('fail');
    expect(decide(3.9, tolerance, 1, { rule: 'simple' })).toBe('pass');
    expect(decide(0, { lower: null, upper: 4 }, 1, { rule: 'root_difference' })).toBeNull();
    expect(acceptanceLimits(tolerance, 5, { rule: 'guard_u' })).toBeNull();
  });

  it('method 6 never accepts beyond the tolerance', () => {
    expect(acceptanceLimits(tolerance, 0.5, { rule: 'z540_method6' })).toEqual(tolerance);
  });

  it('a one-sided tolerance counts one side', () => {
    expect(conformanceProbability(4, { lower: null, upper: 4 }, 1, 2)).toBeCloseTo(0.5, 12);
    expect(
      conformanceProbability(3, { lower: null, upper: 4 }, 1, 2) + conformanceProbability(3, { lower: 4, upper: null }, 1, 2),
    ).toBeCloseTo(1, 12);
  });

  it('a wider guard band never accepts more', () => {
    const y = fc.double({ min: -6, max: 6, noNaN: true });
    const factor = fc.double({ min: 0, max: 3, noNaN: true });
    fc.assert(
      fc.property(y, factor, factor, (value, a, b) => {
        const [narrow, wide] = [Math.min(a, b), Math.max(a, b)];
        if (decide(value, tolerance, 1, { rule: 'guard_factor', factor: wide }) === 'pass') {
          expect(decide(value, tolerance, 1, { rule: 'guard_factor', factor: narrow })).toBe('pass');
        }
      }),
    );
  });
});

describe('rounding', () => {
  it.each([
    [0.0996, '0.10', 2],
    [0.13, '0.13', 2],
    [0.0130000000001, '0.014', 3],
    [123, '130', -1],
    [996, '1000', -2],
    [1, '1.0', 1],
    [2.5e-7, '0.00000025', 8],
  ])('U %d upwards is %s', (U, text, decimals) => {
    expect(fixedDigits(roundUncertainty(U))).toBe(text);
    expect(roundUncertainty(U).decimals).toBe(decimals);
  });

  it.each([
    [1.005, 2, '1.00'],
    [1.015, 2, '1.02'],
    [2.5, 0, '2'],
    [-0.0004, 3, '0.000'],
    [1234, -2, '1200'],
    [1250, -2, '1200'],
    [10.0248, 2, '10.02'],
  ])('result %d to %d decimals is %s', (y, decimals, text) => {
    expect(fixedDigits(roundResult(y, decimals))).toBe(text);
  });

  it('never understates U, and stays within a step of it', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1e6, noNaN: true }), (U) => {
        const { value, decimals } = roundUncertainty(U);
        expect(value).toBeGreaterThanOrEqual(U * (1 - 1e-12));
        expect(value - U).toBeLessThanOrEqual(10 ** -decimals * (1 + 1e-9));
      }),
    );
  });
});
