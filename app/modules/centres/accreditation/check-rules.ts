/** The way an accreditation is checked: stated by its centre, accepted or refused by the operator, stated anew by every change. */
import type { Accreditation } from '#db/schema/centres.ts';

export type CheckState = 'stated' | 'accepted' | 'refused';

type Stated = { kind: Accreditation; checkState: CheckState; evidenceId: string | null; validUntil: number };

/**
 * Where it stands with its check: own: nothing to check · ended: over, whatever it was · no_certificate: nothing to check it by ·
 * waiting: the operator's turn · accepted, refused
 */
export type CheckStep = 'own' | 'ended' | 'no_certificate' | 'waiting' | 'accepted' | 'refused';

export function checkStep({ kind, checkState, evidenceId, validUntil }: Stated, now: number): CheckStep {
  if (kind === 'internal') return 'own';
  if (now >= validUntil) return 'ended';
  if (checkState !== 'stated') return checkState;
  return evidenceId === null ? 'no_certificate' : 'waiting';
}

/** Whether it is for the operator to look at. */
export const waits = (stated: Stated, now: number): boolean => checkStep(stated, now) === 'waiting';

export type DecisionFault = 'changed' | 'decided' | 'ended' | 'no_certificate';

/**
 * Why the operator cannot decide what was shown; undefined when it can.
 * @param shown the revision that was on the operator's page
 */
export function decisionFault(stated: Stated & { revision: number }, shown: number, now: number): DecisionFault | undefined {
  if (stated.revision !== shown) return 'changed';
  const step = checkStep(stated, now);
  if (step === 'accepted' || step === 'refused') return 'decided';
  // An own statement never waits: nobody has it on a page to decide.
  return step === 'waiting' ? undefined : step === 'ended' ? 'ended' : 'no_certificate';
}
