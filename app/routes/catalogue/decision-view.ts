/** The preview of the decision rules in words: for a need stated by its maximum permissible error. */
import * as m from '#app/i18n/paraglide/messages.js';
import { type DecisionLine, previewDecision } from '#app/modules/capability/rules/decision-preview.ts';
import { COMPARED_K } from '#app/modules/capability/rules/uncertainty/coverage-factor.ts';
import { clean } from '#app/modules/capability/rules/units/quantities.ts';
import type { Match } from '#app/modules/capability/search/match-reasons.ts';
import { percent } from '#app/ui/format.ts';
import { amountText } from './words.ts';

const RULES: Record<DecisionLine['rule'], () => string> = {
  simple: m.capability_rule_simple,
  guard_factor: m.capability_rule_guard_factor,
  guard_u: m.capability_rule_guard_u,
  root_difference: m.capability_rule_root_difference,
  z540_method6: m.capability_rule_z540,
};
const SHOWN_DIGITS = 3;

/** Null when the need says nothing of an error, or U is not comparable with it. */
export function decisionView({ reasons }: Match) {
  const stated = reasons.find((reason) => reason.code === 'u_within' || reason.code === 'u_too_large');
  const ratio = reasons.find((reason) => reason.code === 'tur');
  if (!stated || !ratio || stated.u.unit !== stated.required.unit) return null;
  const { unit, value: U } = stated.u;
  const mpe = clean(stated.required.value * ratio.asked);
  if (!(U > 0) || !(mpe > 0)) return null;
  const shown = (value: number) => amountText({ value: Number(value.toPrecision(SHOWN_DIGITS)), unit });
  return {
    lead: m.capability_decision_lead({ mpe: shown(mpe), u: shown(U), factor: COMPARED_K }),
    negligible: U <= mpe / 3 ? m.capability_decision_negligible() : m.capability_decision_counts(),
    rows: previewDecision(mpe, U, COMPARED_K).map(({ rule, accepted, risk }) => ({
      rule: RULES[rule](),
      accepted: accepted === null ? m.capability_decision_nothing() : `± ${shown(accepted)}`,
      risk: risk === null ? '—' : percent(risk, 1),
    })),
  };
}
