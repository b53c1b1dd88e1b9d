import { and, eq } from 'drizzle-orm';
import { audit } from '#app/core/audit.server.ts';
import type { Deps } from '#app/core/deps.ts';
import { asId } from '#app/core/ids.server.ts';
import { Problem } from '#app/core/problem.ts';
import { passkey } from '#db/schema/identity.ts';
import type { Viewer } from './guards.server.ts';
import { mailPasskey, mailSecondFactor } from './mail-second-factor.server.ts';
import { type SecondAnswer, withAnswer } from './second-answer.server.ts';
import { endSecondFactorIfLast } from './second-factor-begin.server.ts';

/**
 * A passkey of the person's no longer opens anything.
 * @throws Problem too_many_tries; not_found for one that is not theirs; invalid_form {field: answer} for a wrong or used answer
 */
export const removePasskey = (deps: Deps, viewer: Viewer, passkeyId: string, answer: SecondAnswer): Promise<void> =>
  withAnswer(deps, viewer, answer, async (tx, now) => {
    const { id } = viewer.person;
    const [gone] = await tx
      .delete(passkey)
      .where(and(eq(passkey.id, asId(passkeyId)), eq(passkey.personId, id)))
      .returning({ name: passkey.name });
    if (!gone) throw new Problem('not_found');
    await audit(tx, { chain: `person:${id}`, actorId: id, action: 'passkey_removed', data: { name: gone.name } }, now);
    if (await endSecondFactorIfLast(tx, id)) await mailSecondFactor(tx, viewer.person, false, now);
    else await mailPasskey(tx, viewer.person, { passkey: gone.name, change: 'removed' }, now);
  });
