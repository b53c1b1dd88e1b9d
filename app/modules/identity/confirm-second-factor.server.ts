import { and, eq, isNull } from 'drizzle-orm';
import { audit } from '#app/core/audit.server.ts';
import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import type { Queries } from '#db/queries.ts';
import { person, secondFactor } from '#db/schema/identity.ts';
import type { Viewer } from './guards.server.ts';
import { countCode, forgive } from './limits.server.ts';
import { mailSecondFactor } from './mail-second-factor.server.ts';
import { answerRefused, type SecondAnswer, withAnswer } from './second-answer.server.ts';
import { beginSecondFactor } from './second-factor-begin.server.ts';
import { openSecret } from './second-factor-key.server.ts';
import { stepOfCode } from './second-factor-rules.ts';

/**
 * A first code shows that the authenticator works: from now on one is asked for at sign-in, and the other sessions end.
 * @param answer by a passkey or recovery code, of whoever has passkeys already
 * @returns the recovery codes, for the only time (none beside passkeys: those there are stay)
 * @throws Problem too_many_tries; invalid_form {field: code} for a wrong code, and when there is nothing to confirm; {field: answer} when the
 * passkey there is was not shown
 */
export async function confirmSecondFactor(deps: Deps, viewer: Viewer, code: string, answer?: SecondAnswer): Promise<string[]> {
  const { id } = viewer.person;
  const tries = await countCode(deps, id);
  const refused = () => new Problem('invalid_form', { field: 'code', reason: 'wrong_code' });
  const confirm = async (tx: Queries, now: number, shown: boolean): Promise<string[]> => {
    const open = and(eq(secondFactor.personId, id), isNull(secondFactor.confirmedAt));
    const [offered] = await tx.select().from(secondFactor).where(open);
    const step = offered && stepOfCode(openSecret(deps.settings, id, offered.sealed), code, now, offered.lastStep);
    if (step === undefined) throw refused();
    const [owner] = await tx.select().from(person).where(eq(person.id, id));
    if (!owner || (owner.secondFactorSince !== null && !shown)) throw answerRefused();
    const confirmed = await tx
      .update(secondFactor)
      .set({ confirmedAt: now, lastStep: step })
      .where(open)
      .returning({ personId: secondFactor.personId });
    if (confirmed.length === 0) throw refused();
    await forgive(tx, tries, now);
    if (owner.secondFactorSince === null) return beginSecondFactor(tx, deps, viewer, now);
    await audit(tx, { chain: `person:${id}`, actorId: id, action: 'second_factor_set_up', data: {} }, now);
    await mailSecondFactor(tx, owner, true, now);
    return [];
  };
  if (answer === undefined) return deps.db.write((tx) => confirm(tx, deps.clock(), false));
  return withAnswer(deps, viewer, answer, (tx, now) => confirm(tx, now, true));
}
