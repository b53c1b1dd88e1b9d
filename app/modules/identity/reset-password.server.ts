import { eq } from 'drizzle-orm';
import { audit } from '#app/core/audit.server.ts';
import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import { person } from '#db/schema/identity.ts';
import { endTokens, takeToken, tokenHolder } from './email-tokens.server.ts';
import { forgetDevices, rememberDevice } from './known-devices.server.ts';
import type { Caller } from './limits.server.ts';
import { mailPasswordChanged } from './mail-password-changed.server.ts';
import { judgeNewPassword } from './password-fault.server.ts';
import { hashPassword } from './passwords.server.ts';
import { endSessionsOf } from './sessions.server.ts';

/** Whose password the link resets; nothing when it is used, replaced or over. */
export const findReset = (deps: Deps, token: string) =>
  deps.db.read(async (q) => {
    const holder = await tokenHolder(q, token, 'reset', deps.clock());
    return holder && { email: holder.email };
  });

/**
 * A new password by the link; ends every session and every other link, and tells the owner by mail. The link also shows that the
 * address is theirs: one not yet confirmed is now.
 * The browser it is done by is known from now on: whoever has the mailbox is kept out by nobody's guesses.
 * @returns its cookie
 * @throws Problem link_expired; invalid_form for a password that will not do, and the link stays
 */
export async function resetPassword(
  deps: Deps,
  { token, password }: { token: string; password: string },
  from: Caller,
): Promise<{ deviceCookie: string }> {
  const holder = await deps.db.read((q) => tokenHolder(q, token, 'reset', deps.clock()));
  if (!holder) throw new Problem('link_expired');
  await judgeNewPassword(password, holder.email);
  const passwordHash = await hashPassword(password);
  const now = deps.clock();
  return deps.db.write(async (tx) => {
    if (!(await takeToken(tx, token, 'reset', now))) throw new Problem('link_expired');
    await tx
      .update(person)
      .set({ passwordHash, emailVerifiedAt: holder.emailVerifiedAt ?? now })
      .where(eq(person.id, holder.id));
    await endTokens(tx, holder.id, 'verify', now);
    await endSessionsOf(tx, deps, holder.id);
    await audit(tx, { chain: `person:${holder.id}`, actorId: holder.id, action: 'password_reset', data: {} }, now);
    await mailPasswordChanged(tx, holder, now);
    await forgetDevices(tx, holder.id);
    const { deviceCookie } = await rememberDevice(tx, deps, holder.id, from.device);
    return { deviceCookie };
  });
}
