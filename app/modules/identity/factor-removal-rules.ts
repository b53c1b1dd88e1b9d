/** Who may take the second factor off somebody who has lost it. */

/** An operator who is asked looks within a day, or is asked anew: what was made sure of then is no longer sure. */
export const REMOVAL_ASKED_MS = 24 * 3_600_000;
export const LONGEST_REMOVAL_REASON = 500;

export type ReasonFault = 'needed' | 'too_long' | 'bad_character';

/** How it was made sure that the person is who they say: kept in the audit chain, so it must be something. */
export function reasonFault(text: string): ReasonFault | undefined {
  if (text.trim() === '') return 'needed';
  if (text.length > LONGEST_REMOVAL_REASON) return 'too_long';
  return /[^\P{Cc}\n\r\t]/u.test(text) || !text.isWellFormed() ? 'bad_character' : undefined;
}

type Case = {
  operatorId: string;
  person: { id: string; operator: boolean };
  /** The operator who has asked for it and still is one, within the time it holds; none: null. */
  askedBy: string | null;
};

/** `own`: nobody their own · `ask`: an operator's takes two, neither of them that operator · `remove`: now */
export function removalStep({ operatorId, person, askedBy }: Case): 'own' | 'ask' | 'remove' {
  if (person.id === operatorId) return 'own';
  if (!person.operator) return 'remove';
  return askedBy !== null && askedBy !== operatorId && askedBy !== person.id ? 'remove' : 'ask';
}
