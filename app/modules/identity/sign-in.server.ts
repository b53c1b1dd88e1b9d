import { eq } from 'drizzle-orm';
import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import { person } from '#db/schema/identity.ts';
import { type Entered, enter } from './enter.server.ts';
import type { SignInForm } from './forms.ts';
import { type Caller, countSignIn, forgive } from './limits.server.ts';
import { mailVerification } from './mail-verification.server.ts';
import { passwordMatches } from './passwords.server.ts';
import { startWaitingSession } from './sessions.server.ts';

/**
 * @returns the cookies of the session and the browser. Whoever has a second factor gets a session that waits for its code (`awaitsCode`),
 * which enterCode turns into one that opens.
 * @throws Problem sign_in_refused: the same for an unknown address, another password and an address not yet confirmed (which is sent its
 * link again, when the password is right); too_many_tries
 */
export async function signIn(
  deps: Deps,
  { email, password }: SignInForm,
  from: Caller,
): Promise<Entered | { cookie: string; awaitsCode: true }> {
  const tries = await countSignIn(deps, email, from);
  const [found] = await deps.db.read((q) => q.select().from(person).where(eq(person.email, email)));
  if (!(await passwordMatches(found?.passwordHash, password)) || !found) throw new Problem('sign_in_refused');
  const now = deps.clock();
  const entered = await deps.db.write(async (tx) => {
    const [current] = await tx.select().from(person).where(eq(person.id, found.id));
    // A reset that came between the reading and now has ended this password.
    if (!current || current.passwordHash !== found.passwordHash) return undefined;
    if (!current.emailVerifiedAt) {
      // Refused after the commit: the letter is to go out.
      await mailVerification(tx, current, now);
      return undefined;
    }
    await forgive(tx, tries, now);
    if (current.secondFactorSince !== null)
      return { cookie: await startWaitingSession(tx, deps, current.id, from), awaitsCode: true as const };
    return enter(tx, deps, current.id, from, { way: 'password' });
  });
  if (!entered) throw new Problem('sign_in_refused');
  return entered;
}
