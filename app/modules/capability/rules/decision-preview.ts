/** What the usual decision rules would mean for a piece with this maximum permissible error, measured with this uncertainty. */
import { acceptanceLimits, type DecisionRule, maxFalseAcceptance } from './decision.ts';

export const PREVIEWED = ['simple', 'guard_factor', 'guard_u', 'root_difference', 'z540_method6'] as const satisfies DecisionRule['rule'][];

/** ILAC-G8: holds the one-sided risk below 5 % at k = 2. */
const FACTOR = 1.645 / 2;

export interface DecisionLine {
  rule: (typeof PREVIEWED)[number];
  /** Errors up to ± this are accepted; null when the guard bands leave nothing. */
  accepted: number | null;
  /** Largest probability of accepting a piece that is out: of one right at the acceptance limit. */
  risk: number | null;
}

/**
 * @param mpe largest permissible error, its absolute value > 0
 * @param U expanded uncertainty > 0 with coverage factor `k`, in the unit of `mpe`
 */
export function previewDecision(mpe: number, U: number, k: number): DecisionLine[] {
  return PREVIEWED.map((rule) => {
    const asked: DecisionRule = rule === 'guard_factor' ? { rule, factor: FACTOR } : { rule };
    const accepted = acceptanceLimits({ lower: -mpe, upper: mpe }, U, asked)?.upper ?? null;
    return { rule, accepted, risk: accepted === null ? null : maxFalseAcceptance((mpe - accepted) / U, k) };
  });
}
