import { describe, expect, it } from 'vitest';
import { changePassword } from '#app/modules/identity/change-password.server.ts';
import { getViewer } from '#app/modules/identity/guards.server.ts';
import { requestPasswordReset } from '#app/modules/identity/request-password-reset.server.ts';
import { resendVerification } from '#app/modules/identity/resend-verification.server.ts';
import { findReset, resetPassword } from '#app/modules/identity/reset-password.server.ts';
import { signIn } from '#app/modules/identity/sign-in.server.ts';
import { signUp } from '#app/modules/identity/sign-up.server.ts';
import { updateProfile } from '#app/modules/identity/update-profile.server.ts';
import { outbox } from '#db/schema/core.ts';
import { testDeps } from '#tests/support/database.ts';
import { form, lastMail, mailsTo, newcomer, OFFICE, PASSWORD, requestWith, secretOf, signedIn, viewerOf } from './people.ts';

const EMAIL = 'li.wei@example.com';

describe('a forgotten password', () => {
  const NEW = 'another good password';

  it('is reset once by the link; every session ends and the owner is told', async () => {
    const deps = await testDeps();
    const { cookie } = await newcomer(deps, EMAIL);
    const other = await newcomer(deps, 'eve@example.com');
    await requestPasswordReset(deps, { email: EMAIL }, OFFICE);
    const token = secretOf(await lastMail(deps, 'reset_password', EMAIL));
    expect(await findReset(deps, token)).toEqual({ email: EMAIL });
    const twice = await Promise.allSettled([1, 2].map(() => resetPassword(deps, { token, password: NEW }, OFFICE)));
    expect(twice.map((r) => r.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await getViewer(deps, requestWith(cookie))).toBeNull();
    expect(await getViewer(deps, requestWith(other.cookie))).not.toBeNull();
    expect(await signIn(deps, { email: EMAIL, password: PASSWORD }, OFFICE)).toBe('refused');
    expect(await signIn(deps, { email: EMAIL, password: NEW }, OFFICE)).not.toBe('refused');
    expect((await mailsTo(deps, EMAIL)).filter((m) => m.kind === 'password_changed')).toHaveLength(1);
  });

  it('asked for an unknown address gives the same answer and sends nothing', async () => {
    const deps = await testDeps();
    await newcomer(deps, EMAIL);
    const known = await requestPasswordReset(deps, { email: EMAIL }, OFFICE);
    expect(await requestPasswordReset(deps, { email: 'nobody@example.com' }, OFFICE)).toBe(known);
    expect(await mailsTo(deps, 'nobody@example.com')).toEqual([]);
    const tries = async (email: string) => {
      let answered = 0;
      for (; answered < 20; answered++)
        if ((await requestPasswordReset(deps, { email }, OFFICE).catch((e) => e.code)) === 'too_many_tries') break;
      return answered;
    };
    // One more was used for the first by signing up, and each has asked once above.
    expect([await tries(EMAIL), await tries('nobody@example.com')]).toEqual([3, 4]);
  });

  it.each([
    ['a reset', requestPasswordReset],
    ['the confirmation again', resendVerification],
  ])('asked for, %s does the same work for an address we know, one that waits and one we do not', async (_, ask) => {
    const deps = await testDeps();
    await newcomer(deps, EMAIL);
    await signUp(deps, form('waiting@example.com'), OFFICE);
    const work = async (email: string) => {
      let statements = 0;
      const counted: typeof deps.db.write = (inner) =>
        deps.db.write((tx) =>
          inner(
            new Proxy(tx, {
              get(of, name) {
                if (['select', 'insert', 'update', 'delete', 'execute'].includes(String(name))) statements++;
                const found = Reflect.get(of, name);
                return typeof found === 'function' ? found.bind(of) : found;
              },
            }),
          ),
        );
      let reads = 0;
      const read: typeof deps.db.read = (inner) => {
        reads++;
        return deps.db.read(inner);
      };
      const before = await deps.db.read((q) => q.select().from(outbox));
      await ask({ ...deps, db: { ...deps.db, read, write: counted } }, { email }, OFFICE);
      const after = await deps.db.read((q) => q.select().from(outbox));
      return { statements, reads, rows: after.length - before.length };
    };
    const known = await work(EMAIL);
    expect(known.rows).toBe(1);
    expect(await work('nobody@example.com')).toEqual(known);
    expect(await work('waiting@example.com')).toEqual(known);
  });

  it('asked for twice: only the newer link works, for an hour', async () => {
    const deps = await testDeps();
    await newcomer(deps, EMAIL);
    await requestPasswordReset(deps, { email: EMAIL }, OFFICE);
    const first = secretOf(await lastMail(deps, 'reset_password', EMAIL));
    await requestPasswordReset(deps, { email: EMAIL }, OFFICE);
    const second = secretOf(await lastMail(deps, 'reset_password', EMAIL));
    await expect(resetPassword(deps, { token: first, password: NEW }, OFFICE)).rejects.toMatchObject({ code: 'link_expired' });
    deps.time.now += 3_600_000;
    await expect(resetPassword(deps, { token: second, password: NEW }, OFFICE)).rejects.toMatchObject({ code: 'link_expired' });
  });

  it('is not reset by the link that confirms an address', async () => {
    const deps = await testDeps();
    await signUp(deps, form(EMAIL), OFFICE);
    const verify = secretOf(await lastMail(deps, 'verify_email', EMAIL));
    await expect(resetPassword(deps, { token: verify, password: NEW }, OFFICE)).rejects.toMatchObject({ code: 'link_expired' });
    // A reset does confirm it: the mailbox is theirs.
    await requestPasswordReset(deps, { email: EMAIL }, OFFICE);
    const reset = secretOf(await lastMail(deps, 'reset_password', EMAIL));
    expect(await resetPassword(deps, { token: reset, password: EMAIL }, OFFICE)).toBe('password_is_email');
    expect(await resetPassword(deps, { token: reset, password: NEW }, OFFICE)).toHaveProperty('deviceCookie');
    expect(await signIn(deps, { email: EMAIL, password: NEW }, OFFICE)).not.toBe('refused');
  });
});

describe('the account', () => {
  it('changes the password for who knows it; the other sessions and open links end', async () => {
    const deps = await testDeps();
    const here = await newcomer(deps, EMAIL);
    const there = await signedIn(deps, EMAIL);
    await requestPasswordReset(deps, { email: EMAIL }, OFFICE);
    const link = secretOf(await lastMail(deps, 'reset_password', EMAIL));
    const change = (current: string, password: string) => changePassword(deps, here.viewer, { current, password }, OFFICE);
    expect(await change('not the password', 'a new long password')).toBe('refused');
    expect(await change(PASSWORD, EMAIL)).toBe('password_is_email');
    expect(await getViewer(deps, requestWith(there.cookie))).not.toBeNull();
    expect(await change(PASSWORD, 'a new long password')).toBe('done');
    expect(await getViewer(deps, requestWith(there.cookie))).toBeNull();
    expect(await getViewer(deps, requestWith(here.cookie))).not.toBeNull();
    expect(await findReset(deps, link)).toBeUndefined();
    await lastMail(deps, 'password_changed', EMAIL);
    for (let i = 0; i < 9; i++) expect(await change(`wrong ${i}`, 'a new long password')).toBe('refused');
    await expect(change('a new long password', 'one more password')).rejects.toMatchObject({ code: 'too_many_tries' });
  });

  it('changes name and language', async () => {
    const deps = await testDeps();
    const { viewer, cookie } = await newcomer(deps, EMAIL);
    await updateProfile(deps, viewer, { name: '👩‍🔬 <b>Li</b>', locale: 'en' });
    expect((await viewerOf(deps, cookie)).person).toMatchObject({ name: '👩‍🔬 <b>Li</b>', locale: 'en' });
  });
});
