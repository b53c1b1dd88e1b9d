import { eq } from 'drizzle-orm';
import { audit } from '#app/core/audit.server.ts';
import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import { secondFactor } from '#db/schema/identity.ts';
import { replaceRecoveryCodes } from './check-code.server.ts';
import type { Viewer } from './guards.server.ts';
import { mailSecondFactor } from './mail-second-factor.server.ts';
import { type SecondAnswer, withAnswer } from './second-answer.server.ts';
import { endSecondFactorIfLast } from './second-factor-begin.server.ts';

/**
 * Ten new recovery codes; the ones before no longer open anything.
 * @returns them, for the only time
 * @throws Problem too_many_tries; invalid_form {field: answer}
 */
export const renewRecoveryCodes = (deps: Deps, viewer: Viewer, answer: SecondAnswer): Promise<string[]> =>
  withAnswer(deps, viewer, answer, async (tx, now) => {
    const { id } = viewer.person;
    await audit(tx, { chain: `person:${id}`, actorId: id, action: 'recovery_codes_renewed', data: {} }, now);
    return replaceRecoveryCodes(tx, deps, id);
  });

/**
 * The authenticator is forgotten: another may be set up, which whoever must have a second factor and has no passkey is led to at once.
 * @throws Problem too_many_tries; not_found when there is none; invalid_form {field: answer} for a wrong or used one
 */
export const removeSecondFactor = (deps: Deps, viewer: Viewer, answer: SecondAnswer): Promise<void> => {
  if (viewer.person.secondFactorSince === null) throw new Problem('not_found');
  return withAnswer(deps, viewer, answer, async (tx, now) => {
    const { id } = viewer.person;
    const gone = await tx.delete(secondFactor).where(eq(secondFactor.personId, id)).returning({ id: secondFactor.personId });
    if (gone.length === 0) throw new Problem('not_found');
    await endSecondFactorIfLast(tx, id);
    await audit(tx, { chain: `person:${id}`, actorId: id, action: 'second_factor_removed', data: {} }, now);
    await mailSecondFactor(tx, viewer.person, false, now);
  });
};
