/** What stands before the operator, in words. */
import type { AuditFault } from '#app/core/audit-seal.server.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import type { Difference } from '#app/modules/payments/note-difference.server.ts';
import { dayTime, money } from '#app/ui/format.ts';
import { timeZone } from './words.ts';

type Word = () => string;

export const EFFECTS: Record<string, Word> = {
  mail: m.operator_effect_mail,
  gateway_event: m.operator_effect_gateway_event,
  refund: m.operator_effect_refund,
  send_refund: m.operator_effect_refund,
  password_reset_requested: m.operator_effect_account_mail,
  verification_requested: m.operator_effect_account_mail,
};

/** Why the gateway did not make a refund, where it says so. @see https://docs.stripe.com/error-codes */
export const FAILURES: Record<string, Word> = {
  balance_insufficient: m.operator_failure_balance,
  charge_already_refunded: m.operator_failure_refunded,
  charge_disputed: m.operator_failure_disputed,
  charge_not_refundable: m.operator_failure_late,
  declined: m.operator_failure_declined,
  expired_or_canceled_card: m.operator_failure_declined,
  lost_or_stolen_card: m.operator_failure_declined,
};

export const AUDIT_FAULTS: Record<AuditFault, Word> = {
  broken: m.operator_audit_broken,
  cut: m.operator_audit_cut,
  rewritten: m.operator_audit_rewritten,
  removed: m.operator_audit_removed,
  seals: m.operator_audit_seals,
  other_key: m.operator_audit_other_key,
};

/** Which subject's chain, from which entry on, and since which check. */
export function findingText({ chain, position, firstAt }: { chain: string; position: number; firstAt: number }): string {
  const since = m.operator_audit_since({ when: dayTime(firstAt, { timeZone }) });
  if (chain === '') return since;
  return `${position > 0 ? m.operator_audit_at({ chain, position }) : m.operator_audit_chain({ chain })} ${since}`;
}

const KINDS: Record<string, Word> = {
  payment: m.operator_difference_payment,
  refund: m.operator_difference_refund,
  refund_failed: m.operator_difference_refund_failed,
  refund_impossible: m.operator_difference_refund_impossible,
  dispute: m.operator_difference_dispute,
};

/** @param facts what differs: amounts in 分, ids as the gateway and we know them */
export function differenceText(facts: Difference): { title: string; says: string } {
  const { kind, amount, booked } = facts;
  if (facts.transaction !== undefined) return { title: m.operator_difference_unbalanced(), says: String(facts.transaction) };
  const sums =
    typeof amount !== 'number'
      ? ''
      : typeof booked === 'number'
        ? m.operator_difference_sums({ there: money(amount), here: money(booked) })
        : money(amount);
  const names = ['movement', 'session', 'gateway', 'refund', 'order'].flatMap((name) =>
    facts[name] === undefined ? [] : [`${name} ${facts[name]}`],
  );
  return { title: (KINDS[String(kind)] ?? m.operator_difference_other)(), says: [sums, names.join(', ')].filter(Boolean).join(' · ') };
}
