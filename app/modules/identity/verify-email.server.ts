import { eq } from 'drizzle-orm';
import { audit } from '#app/core/audit.server.ts';
import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import { person } from '#db/schema/identity.ts';
import { endTokens, takeToken, tokenHolder } from './email-tokens.server.ts';
import { type Entered, enter } from './enter.server.ts';
import { type Caller, countSignIn, forgive } from './limits.server.ts';
import { passwordMatches } from './passwords.server.ts';
import { applySignUp, type SignUpFacts, waitingSignUps } from './pending-sign-up.server.ts';
import { hashOfSecret } from './secrets.server.ts';

/** Whose address the link confirms; nothing when it is used, replaced or over. Looking does not use it up: mail scanners look too. */
export const findVerification = (deps: Deps, token: string) =>
  deps.db.read(async (q) => {
    const holder = await tokenHolder(q, token, 'verify', deps.clock());
    return holder && { email: holder.email };
  });

/**
 * Confirms the address and signs in. The link shows that the mailbox is theirs, the password which sign-up was: without it, whoever
 * signs up with somebody else's address would be let in by that somebody's click.
 * @returns the cookies of the session and the browser
 * @throws Problem link_expired, too_many_tries; sign_in_refused for another password
 */
export async function verifyEmail(deps: Deps, { token, password }: { token: string; password: string }, from: Caller): Promise<Entered> {
  const found = await deps.db.read(async (q) => {
    const holder = await tokenHolder(q, token, 'verify', deps.clock());
    return holder && { holder, signUps: await waitingSignUps(q, holder.id, hashOfSecret(token), deps.clock()) };
  });
  if (!found) throw new Problem('link_expired');
  const { holder, signUps } = found;
  const tries = await countSignIn(deps, holder.email, from);
  const meant = await whoseIs(password, signUps);
  if (!meant) throw new Problem('sign_in_refused');
  const now = deps.clock();
  return deps.db.write(async (tx) => {
    if (!(await takeToken(tx, token, 'verify', now))) throw new Problem('link_expired');
    await applySignUp(tx, holder.id, meant);
    await tx.update(person).set({ emailVerifiedAt: now }).where(eq(person.id, holder.id));
    await endTokens(tx, holder.id, 'verify', now);
    await audit(tx, { chain: `person:${holder.id}`, actorId: holder.id, action: 'email_verified', data: {} }, now);
    await forgive(tx, tries, now);
    return enter(tx, deps, holder.id, from, { way: 'confirmation' });
  });
}

/** The sign-up this password was chosen at. */
async function whoseIs(password: string, signUps: SignUpFacts[]): Promise<SignUpFacts | undefined> {
  for (const one of signUps) if (await passwordMatches(one.passwordHash, password)) return one;
  return undefined;
}
