import { eq } from 'drizzle-orm';
import { audit } from '#app/core/audit.server.ts';
import type { Deps } from '#app/core/deps.ts';
import { newId } from '#app/core/ids.server.ts';
import { Problem } from '#app/core/problem.ts';
import { isUniqueViolation } from '#db/errors.ts';
import { countAll, type Queries } from '#db/queries.ts';
import { passkey, person } from '#db/schema/identity.ts';
import type { Viewer } from './guards.server.ts';
import { mailPasskey } from './mail-second-factor.server.ts';
import { takeChallenge } from './passkey-challenge.server.ts';
import { MOST_PASSKEYS } from './passkey-rules.ts';
import { answerRefused, type SecondAnswer, withAnswer } from './second-answer.server.ts';
import { beginSecondFactor } from './second-factor-begin.server.ts';
import { readMade } from './webauthn.server.ts';

/** `made`: the browser's answer (JSON); `answer`: of whoever has a second factor already, by that one. */
export type NewPasskey = { name: string; made: string; answer?: SecondAnswer };

const notMade = () => new Problem('invalid_form', { field: 'made', reason: 'refused' });

/**
 * Takes a new passkey on. As the first second factor it ends the other sessions, and recovery codes come with it.
 * @returns the recovery codes, for the only time, when it is the first second factor; else none
 * @throws Problem too_many_tries; invalid_form {field: made} when the device's answer does not fit what it was asked, {field: answer} when a
 * second factor there is was not shown
 */
export async function addPasskey(deps: Deps, viewer: Viewer, { name, made, answer }: NewPasskey): Promise<string[]> {
  const challenge = await takeChallenge(deps, viewer, 'add');
  const read = challenge === undefined ? undefined : await readMade(deps.settings, challenge, made);
  if (!read) throw notMade();
  const keep = async (tx: Queries, now: number, shown: boolean): Promise<string[]> => {
    const { id } = viewer.person;
    const [owner] = await tx.select().from(person).where(eq(person.id, id));
    // Set up in another window meanwhile: then that one is to be shown here, too.
    if (!owner || (owner.secondFactorSince !== null && !shown)) throw answerRefused();
    const [has] = await tx.select({ count: countAll() }).from(passkey).where(eq(passkey.personId, id));
    if ((has?.count ?? 0) >= MOST_PASSKEYS) throw notMade();
    await tx.insert(passkey).values({ id: newId(), personId: id, name, ...read, createdAt: now });
    await audit(tx, { chain: `person:${id}`, actorId: id, action: 'passkey_added', data: { name } }, now);
    if (owner.secondFactorSince === null) return beginSecondFactor(tx, deps, viewer, now);
    await mailPasskey(tx, owner, { passkey: name, change: 'added' }, now);
    return [];
  };
  try {
    if (answer === undefined) return await deps.db.write((tx) => keep(tx, deps.clock(), false));
    return await withAnswer(deps, viewer, answer, (tx, now) => keep(tx, now, true));
  } catch (error) {
    // A device that is somebody's already: whose, nobody learns.
    if (isUniqueViolation(error)) throw notMade();
    throw error;
  }
}
