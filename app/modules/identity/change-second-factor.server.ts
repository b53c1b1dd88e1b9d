import { eq } from 'drizzle-orm';
import { audit } from '#app/core/audit.server.ts';
import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import type { Queries } from '#db/queries.ts';
import { person, recoveryCode, secondFactor } from '#db/schema/identity.ts';
import { replaceRecoveryCodes, takeCode } from './check-code.server.ts';
import type { Viewer } from './guards.server.ts';
import { countCode, forgive } from './limits.server.ts';
import { mailSecondFactor } from './mail-second-factor.server.ts';

/** Does what a code is asked for. @returns `refused` for a wrong or used code. @throws Problem too_many_tries */
async function withCode<T>(
  deps: Deps,
  { person: { id } }: Viewer,
  code: string,
  work: (tx: Queries, now: number) => Promise<T>,
): Promise<T | 'refused'> {
  const tries = await countCode(deps, id);
  const now = deps.clock();
  return deps.db.write(async (tx) => {
    if (!(await takeCode(tx, deps, id, code))) return 'refused';
    await forgive(tx, tries, now);
    return work(tx, now);
  });
}

/** Ten new recovery codes; the ones before no longer open anything. @returns them, for the only time, or `refused` */
export const renewRecoveryCodes = (deps: Deps, viewer: Viewer, code: string): Promise<string[] | 'refused'> =>
  withCode(deps, viewer, code, async (tx, now) => {
    const { id } = viewer.person;
    await audit(tx, { chain: `person:${id}`, actorId: id, action: 'recovery_codes_renewed', data: {} }, now);
    return replaceRecoveryCodes(tx, deps, id);
  });

/**
 * The authenticator is forgotten: another may be set up, which whoever must have one is led to at once.
 * @returns `refused` for a wrong or used code
 * @throws Problem too_many_tries, not_found when there is none
 */
export const removeSecondFactor = (deps: Deps, viewer: Viewer, code: string): Promise<'done' | 'refused'> => {
  if (viewer.person.secondFactorSince === null) throw new Problem('not_found');
  return withCode(deps, viewer, code, async (tx, now) => {
    const { id } = viewer.person;
    await tx.delete(secondFactor).where(eq(secondFactor.personId, id));
    await tx.delete(recoveryCode).where(eq(recoveryCode.personId, id));
    await tx.update(person).set({ secondFactorSince: null }).where(eq(person.id, id));
    await audit(tx, { chain: `person:${id}`, actorId: id, action: 'second_factor_removed', data: {} }, now);
    await mailSecondFactor(tx, viewer.person, false, now);
    return 'done' as const;
  });
};
