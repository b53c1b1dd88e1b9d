import { and, eq } from 'drizzle-orm';
import { audit } from '#app/core/audit.server.ts';
import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import { person } from '#db/schema/identity.ts';
import { endTokens } from './email-tokens.server.ts';
import type { ChangePasswordForm } from './forms.ts';
import type { Viewer } from './guards.server.ts';
import { forgetDevices } from './known-devices.server.ts';
import { type Caller, countPasswordOf, forgive } from './limits.server.ts';
import { mailPasswordChanged } from './mail-password-changed.server.ts';
import { judgeNewPassword } from './password-fault.server.ts';
import { hashPassword, passwordMatches } from './passwords.server.ts';
import { endOtherSessions } from './sessions.server.ts';

/**
 * A new password for whoever knows the old one. The other sessions, the browsers known and the links
 * on their way end; this one stays.
 * @throws Problem invalid_form {field: current} when the current password is another, {field: password} for a new one that will not do;
 * too_many_tries
 */
export async function changePassword(deps: Deps, viewer: Viewer, { current, password }: ChangePasswordForm, from: Caller): Promise<void> {
  const { id, email } = viewer.person;
  await judgeNewPassword(password, email);
  const tries = await countPasswordOf(deps, id);
  const [before] = await deps.db.read((q) => q.select().from(person).where(eq(person.id, id)));
  if (!before || !(await passwordMatches(before.passwordHash, current))) throw anotherPassword();
  const passwordHash = await hashPassword(password);
  const now = deps.clock();
  await deps.db.write(async (tx) => {
    const changed = await tx
      .update(person)
      .set({ passwordHash })
      .where(and(eq(person.id, id), eq(person.passwordHash, before.passwordHash)))
      .returning({ id: person.id });
    if (changed.length === 0) throw anotherPassword();
    await endTokens(tx, id, 'reset', now);
    await endOtherSessions(tx, id, viewer.session.id);
    await forgetDevices(tx, id, from.device);
    await forgive(tx, tries, now);
    await audit(tx, { chain: `person:${id}`, actorId: id, action: 'password_changed', data: {} }, now);
    await mailPasswordChanged(tx, before, now);
  });
}

const anotherPassword = () => new Problem('invalid_form', { field: 'current', reason: 'current' });
