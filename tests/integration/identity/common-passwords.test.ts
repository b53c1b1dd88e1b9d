import { describe, expect, it } from 'vitest';
import { actorOf } from '#app/core/actor.ts';
import { acceptInvitationAsNew } from '#app/modules/identity/accept-invitation.server.ts';
import { changePassword } from '#app/modules/identity/change-password.server.ts';
import { inviteMember } from '#app/modules/identity/invite-member.server.ts';
import { requestPasswordReset } from '#app/modules/identity/request-password-reset.server.ts';
import { resetPassword } from '#app/modules/identity/reset-password.server.ts';
import { signIn } from '#app/modules/identity/sign-in.server.ts';
import { signUp } from '#app/modules/identity/sign-up.server.ts';
import { person } from '#db/schema/identity.ts';
import { testDeps } from '#tests/support/database.ts';
import { form, lastMail, mailsTo, newcomer, OFFICE, PASSWORD, secretOf } from './people.ts';

const EMAIL = 'li.wei@example.com';
const COMMON = ['manchester', 'Terminator', 'P@ssw0rd2026', 'woaini5201314', '12345678910'];

describe('a common password', () => {
  it('is refused at sign-up, before anything is put down or sent, for a known address as for a new one', async () => {
    const deps = await testDeps();
    await newcomer(deps, EMAIL);
    const sent = (await mailsTo(deps)).length;
    for (const email of [EMAIL, 'new@example.com'])
      for (const password of COMMON)
        await expect(signUp(deps, { ...form(email), password }, OFFICE)).rejects.toMatchObject({
          facts: { field: 'password', reason: 'password_common' },
        });
    expect(await deps.db.read((q) => q.select().from(person))).toHaveLength(1);
    expect(await mailsTo(deps)).toHaveLength(sent);
    // What was refused has used up no try.
    expect(await signUp(deps, form('new@example.com'), OFFICE)).toBeUndefined();
  });

  it('is refused at a change, a reset and on joining; the old one and the links stay', async () => {
    const deps = await testDeps();
    const { viewer } = await newcomer(deps, EMAIL);
    for (const password of COMMON)
      await expect(changePassword(deps, viewer, { current: PASSWORD, password }, OFFICE)).rejects.toMatchObject({
        facts: { field: 'password', reason: 'password_common' },
      });
    await requestPasswordReset(deps, { email: EMAIL }, OFFICE);
    const reset = secretOf(await lastMail(deps, 'reset_password', EMAIL));
    for (const password of COMMON)
      await expect(resetPassword(deps, { token: reset, password }, OFFICE)).rejects.toMatchObject({
        facts: { field: 'password', reason: 'password_common' },
      });
    expect(await signIn(deps, { email: EMAIL, password: PASSWORD }, OFFICE)).toHaveProperty('cookie');
    expect(await resetPassword(deps, { token: reset, password: 'another good password' }, OFFICE)).toHaveProperty('deviceCookie');
    await inviteMember(deps, actorOf(viewer), { email: 'guest@example.com', role: 'member' });
    const token = secretOf(await lastMail(deps, 'invitation', 'guest@example.com'));
    const joining = (password: string) => acceptInvitationAsNew(deps, { token, name: '王芳', password, locale: 'zh-CN' }, OFFICE);
    for (const password of COMMON)
      await expect(joining(password)).rejects.toMatchObject({ facts: { field: 'password', reason: 'password_common' } });
    expect(await joining(PASSWORD)).toHaveProperty('cookie');
  });
});
