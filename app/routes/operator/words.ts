import * as m from '#app/i18n/paraglide/messages.js';
import type { CheckStep } from '#app/modules/centres/accreditation/check-rules.ts';
import type { VerificationRequestState } from '#app/modules/centres/verification/request-rules.ts';

type Word = { tone: string; name: () => string };

const WAITING: Word = { tone: 'warn', name: m.operator_state_waiting };
const ACCEPTED: Word = { tone: 'ok', name: m.operator_state_accepted };
const REFUSED: Word = { tone: 'bad', name: m.operator_state_refused };

export const VERIFICATION_REQUEST_STATES: Record<VerificationRequestState, Word> = {
  waiting: WAITING,
  accepted: ACCEPTED,
  refused: REFUSED,
  withdrawn: { tone: '', name: m.operator_state_withdrawn },
};

export const CHECK_STEPS: Record<Exclude<CheckStep, 'own'>, Word> = {
  waiting: WAITING,
  accepted: ACCEPTED,
  refused: REFUSED,
  ended: { tone: '', name: m.operator_check_ended },
  no_certificate: { tone: '', name: m.operator_check_no_certificate },
};

/** Why a refusal's reason was not taken. */
export const REASON_FAULTS = {
  needed: m.operator_fault_reason_needed,
  too_long: m.operator_fault_reason_too_long,
  bad_character: m.operator_fault_reason_character,
};

/** The operator sits nowhere in particular: the platform's home zone. */
export const timeZone = 'Asia/Shanghai';
