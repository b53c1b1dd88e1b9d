/** What a first second factor brings with it, and what goes with the last, whichever kind it is. */
import { and, eq, isNotNull } from 'drizzle-orm';
import { audit } from '#app/core/audit.server.ts';
import type { Deps } from '#app/core/deps.ts';
import type { Queries } from '#db/queries.ts';
import { passkey, person, recoveryCode, secondFactor } from '#db/schema/identity.ts';
import { replaceRecoveryCodes } from './check-code.server.ts';
import type { Viewer } from './guards.server.ts';
import { mailSecondFactor } from './mail-second-factor.server.ts';
import { endOtherSessions } from './sessions.server.ts';

/** From now on it is asked for at sign-in, and the other sessions end. @returns the recovery codes, for the only time */
export async function beginSecondFactor(tx: Queries, deps: Deps, { person: owner, session }: Viewer, now: number): Promise<string[]> {
  await tx.update(person).set({ secondFactorSince: now }).where(eq(person.id, owner.id));
  await endOtherSessions(tx, owner.id, session.id);
  await audit(tx, { chain: `person:${owner.id}`, actorId: owner.id, action: 'second_factor_set_up', data: {} }, now);
  await mailSecondFactor(tx, owner, true, now);
  return replaceRecoveryCodes(tx, deps, owner.id);
}

/** After one was taken away: with the last go the recovery codes, and nothing more is asked for. @returns whether it was the last */
export async function endSecondFactorIfLast(tx: Queries, personId: string): Promise<boolean> {
  const [authenticator] = await tx
    .select({ id: secondFactor.personId })
    .from(secondFactor)
    .where(and(eq(secondFactor.personId, personId), isNotNull(secondFactor.confirmedAt)));
  const [key] = await tx.select({ id: passkey.id }).from(passkey).where(eq(passkey.personId, personId)).limit(1);
  if (authenticator || key) return false;
  await tx.delete(recoveryCode).where(eq(recoveryCode.personId, personId));
  await tx.update(person).set({ secondFactorSince: null }).where(eq(person.id, personId));
  return true;
}
