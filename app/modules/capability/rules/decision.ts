/**
 * Statements of conformity. All quantities of one call share a unit; U is expanded with coverage factor k.
 * Sources: JJF 1094-2002 5.3.1; ILAC-G8:09/2019; JCGM 106:2012; ANSI/NCSL Z540.3 method 6 (M. Dobbert's fit of the 2 % curve).
 */
import { normalCdf } from './normal.ts';
import { clean } from './units/quantities.ts';

/** Specification limits; null on a side without a limit. */
export interface Tolerance {
  lower: number | null;
  upper: number | null;
}

/** Test uncertainty ratio (USL − LSL) / (2U). A screen for choosing a laboratory, not a decision rule. */
export function testUncertaintyRatio(lower: number, upper: number, U: number): number {
  return (upper - lower) / (2 * U);
}

/** JJF 1094: U95 up to this share of the maximum permissible error may be neglected in the verdict. */
const JJF1094_NEGLIGIBLE = 1 / 3;

/** 合格 pass, 不合格 fail, 待定 undecided. `error` is the indication error Δ, `mpev` the absolute value of the maximum permissible error. */
export function jjf1094(error: number, mpev: number, U: number): 'pass' | 'fail' | 'undecided' {
  const size = Math.abs(error);
  if (U <= mpev * JJF1094_NEGLIGIBLE) return size <= mpev ? 'pass' : 'fail';
  if (size <= clean(mpev - U)) return 'pass';
  return size >= clean(mpev + U) ? 'fail' : 'undecided';
}

/** How much of the tolerance is given up before accepting. Agreed before the work starts and kept on the order. */
export type DecisionRule =
  /** Simple acceptance (shared risk), w = 0. */
  | { rule: 'simple' }
  /** Guard band w = U (ILAC-G8's usual choice). */
  | { rule: 'guard_u' }
  /** Guard band w = factor·U; 1.645/2 holds the one-sided risk below 5 % at k = 2. */
  | { rule: 'guard_factor'; factor: number }
  /** Acceptance limits √(T² − U²) about the middle of a two-sided tolerance of half-width T. */
  | { rule: 'root_difference' }
  /** Z540.3 method 6: at most 2 % false accepts, from TUR alone. */
  | { rule: 'z540_method6' };

/** Z540.3 method 6: multiplier M of U and the acceptance limit as a share of the tolerance, which passes 1 near TUR 4.6. */
export function z540Method6(tur: number): { multiplier: number; limitShare: number } {
  const multiplier = 1.04 - Math.exp(0.38 * Math.log(tur) - 0.54);
  return { multiplier, limitShare: 1 - multiplier / tur };
}

/** Guard band w of a rule, ≥ 0, for a tolerance of half-width `half` (Infinity for one-sided tolerances, where the last two rules cannot apply). */
function guardBand(rule: DecisionRule, U: number, half: number): number {
  switch (rule.rule) {
    case 'simple':
      return 0;
    case 'guard_u':
      return U;
    case 'guard_factor':
      return rule.factor * U;
    case 'root_difference':
      return U >= half ? half : half - Math.sqrt(half ** 2 - U ** 2);
    case 'z540_method6':
      // A limit beyond the tolerance would accept what is out of it.
      return Math.max(0, half - half * z540Method6(half / U).limitShare);
  }
}

/** The interval in which results are accepted; null when the guard bands leave nothing or the rule needs both limits. */
export function acceptanceLimits(tolerance: Tolerance, U: number, rule: DecisionRule): Tolerance | null {
  const { lower, upper } = tolerance;
  const twoSided = lower !== null && upper !== null;
  if (!twoSided && (rule.rule === 'root_difference' || rule.rule === 'z540_method6')) return null;
  const w = guardBand(rule, U, twoSided ? (upper - lower) / 2 : Number.POSITIVE_INFINITY);
  const limits = { lower: lower === null ? null : lower + w, upper: upper === null ? null : upper - w };
  return limits.lower !== null && limits.upper !== null && limits.lower > limits.upper ? null : limits;
}

const beyond = (y: number, { lower, upper }: Tolerance) => (lower !== null && y < lower) || (upper !== null && y > upper);

/** Binary decision: pass inside the acceptance limits, otherwise fail. Null when the rule has no limits here. */
export function decide(y: number, tolerance: Tolerance, U: number, rule: DecisionRule): 'pass' | 'fail' | null {
  const limits = acceptanceLimits(tolerance, U, rule);
  return limits && (beyond(y, limits) ? 'fail' : 'pass');
}

/** ILAC-G8 4.2.3 non-binary with guard band `w`: conditional between the guarded limit, the tolerance and the tolerance widened by w. */
export function decideNonBinary(y: number, tolerance: Tolerance, w: number): 'pass' | 'conditional_pass' | 'conditional_fail' | 'fail' {
  const shifted = (by: number): Tolerance => ({
    lower: tolerance.lower === null ? null : tolerance.lower + by,
    upper: tolerance.upper === null ? null : tolerance.upper - by,
  });
  if (!beyond(y, shifted(w))) return 'pass';
  if (!beyond(y, tolerance)) return 'conditional_pass';
  return beyond(y, shifted(-w)) ? 'fail' : 'conditional_fail';
}

/** JCGM 106: probability that the true value lies within the tolerance, given the result y and a normal distribution with u = U/k. */
export function conformanceProbability(y: number, tolerance: Tolerance, U: number, k: number): number {
  const u = U / k;
  const below = tolerance.upper === null ? 1 : normalCdf((tolerance.upper - y) / u);
  const under = tolerance.lower === null ? 0 : normalCdf((tolerance.lower - y) / u);
  return below - under;
}

/** Largest probability of accepting a value beyond a single limit guarded by w = `wOverU`·U: that of a result right at the acceptance limit. */
export function maxFalseAcceptance(wOverU: number, k: number): number {
  return normalCdf(-wOverU * k);
}
