import * as m from '#app/i18n/paraglide/messages.js';
import type { ProofState } from '#app/modules/catalogue/proof/proof-rules.ts';

export const PROOF_STATES: Record<ProofState, { tone: string; name: () => string }> = {
  waiting: { tone: 'warn', name: m.operator_state_waiting },
  accepted: { tone: 'ok', name: m.operator_state_accepted },
  refused: { tone: 'bad', name: m.operator_state_refused },
  withdrawn: { tone: '', name: m.operator_state_withdrawn },
};

/** The operator sits nowhere in particular: the platform's home zone. */
export const timeZone = 'Asia/Shanghai';
