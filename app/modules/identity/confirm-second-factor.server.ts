import { and, eq, isNull } from 'drizzle-orm';
import { audit } from '#app/core/audit.server.ts';
import type { Deps } from '#app/core/deps.ts';
import { person, secondFactor } from '#db/schema/identity.ts';
import { replaceRecoveryCodes } from './check-code.server.ts';
import type { Viewer } from './guards.server.ts';
import { countCode, forgive } from './limits.server.ts';
import { mailSecondFactor } from './mail-second-factor.server.ts';
import { openSecret } from './second-factor-key.server.ts';
import { stepOfCode } from './second-factor-rules.ts';
import { endOtherSessions } from './sessions.server.ts';

/**
 * A first code shows that the authenticator works: from now on one is asked for at sign-in, and the other sessions end.
 * @returns the recovery codes, for the only time; `refused` for a wrong code, and when there is nothing to confirm
 * @throws Problem too_many_tries
 */
export async function confirmSecondFactor(deps: Deps, viewer: Viewer, code: string): Promise<string[] | 'refused'> {
  const { id } = viewer.person;
  const tries = await countCode(deps, id);
  const now = deps.clock();
  return deps.db.write(async (tx) => {
    const open = and(eq(secondFactor.personId, id), isNull(secondFactor.confirmedAt));
    const [offered] = await tx.select().from(secondFactor).where(open);
    const step = offered && stepOfCode(openSecret(deps.settings, id, offered.sealed), code, now, offered.lastStep);
    if (step === undefined) return 'refused';
    const confirmed = await tx
      .update(secondFactor)
      .set({ confirmedAt: now, lastStep: step })
      .where(open)
      .returning({ personId: secondFactor.personId });
    if (confirmed.length === 0) return 'refused';
    await tx.update(person).set({ secondFactorSince: now }).where(eq(person.id, id));
    await endOtherSessions(tx, id, viewer.session.id);
    await forgive(tx, tries, now);
    await audit(tx, { chain: `person:${id}`, actorId: id, action: 'second_factor_set_up', data: {} }, now);
    await mailSecondFactor(tx, viewer.person, true, now);
    return replaceRecoveryCodes(tx, deps, id);
  });
}
