import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { firstBroken } from '#app/core/audit.server.ts';
import { resendVerification } from '#app/modules/identity/resend-verification.server.ts';
import { signIn } from '#app/modules/identity/sign-in.server.ts';
import { signUp } from '#app/modules/identity/sign-up.server.ts';
import { findVerification, verifyEmail } from '#app/modules/identity/verify-email.server.ts';
import { auditLog } from '#db/schema/core.ts';
import { emailToken, membership, organisation, person } from '#db/schema/identity.ts';
import { testDeps } from '#tests/support/database.ts';
import { form, lastMail, mailsTo, newcomer, OFFICE, PASSWORD, secretOf } from './people.ts';

const EMAIL = 'li.wei@example.com';

describe('signing up', () => {
  it.each([
    ['sme', 'owner'],
    ['centre', 'manager'],
    ['park', 'administrator'],
  ] as const)('with a %s makes its first member %s', async (kind, role) => {
    const deps = await testDeps();
    const { viewer } = await newcomer(deps, EMAIL, kind);
    expect(viewer.role).toBe(role);
    expect(viewer.organisation).toMatchObject({ kind, nameZh: '苏州精测仪器有限公司', nameEn: 'Suzhou Jingce Instruments', city: '苏州' });
    expect(viewer.organisation.slug).toMatch(/^suzhou-jingce-instruments-[0-9a-f]{8}$/);
    const chain = `organisation:${viewer.organisation.id}`;
    const rows = await deps.db.read((q) => q.select().from(auditLog).where(eq(auditLog.chain, chain)));
    expect(rows.map((r) => r.action)).toEqual(['founded']);
    expect(await deps.db.read((q) => firstBroken(q, chain))).toBeUndefined();
  });

  it('stores neither the password nor the link, only their hashes', async () => {
    const deps = await testDeps();
    await signUp(deps, form(EMAIL), OFFICE);
    const secret = secretOf(await lastMail(deps, 'verify_email', EMAIL));
    const [holder] = await deps.db.read((q) => q.select().from(person));
    const [token] = await deps.db.read((q) => q.select().from(emailToken));
    expect(holder?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(JSON.stringify([holder, token])).not.toContain(secret);
    expect(token?.tokenHash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('lets nobody in before the address is confirmed, and mails the link again to who knows the password', async () => {
    const deps = await testDeps();
    await signUp(deps, form(EMAIL), OFFICE);
    await expect(signIn(deps, { email: EMAIL, password: PASSWORD }, OFFICE)).rejects.toMatchObject({ code: 'sign_in_refused' });
    expect(await mailsTo(deps, EMAIL)).toHaveLength(2);
    await expect(signIn(deps, { email: EMAIL, password: 'another password' }, OFFICE)).rejects.toMatchObject({ code: 'sign_in_refused' });
    expect(await mailsTo(deps, EMAIL)).toHaveLength(2);
  });

  it('answers a taken address as a free one, and tells its owner by mail, once an hour', async () => {
    const deps = await testDeps();
    const owner = await newcomer(deps, EMAIL);
    expect(await signUp(deps, { ...form(EMAIL), name: 'Eve', password: 'a password of mine' }, OFFICE)).toBe(
      await signUp(deps, form('free@example.com'), OFFICE),
    );
    await signUp(deps, form(EMAIL), OFFICE);
    expect((await mailsTo(deps, EMAIL)).map((m) => m.kind)).toEqual(['verify_email', 'address_in_use']);
    expect((await lastMail(deps, 'address_in_use', EMAIL)).facts.name).toBe('李伟');
    // Nothing of the owner's has changed.
    const [row] = await deps.db.read((q) => q.select().from(person).where(eq(person.email, EMAIL)));
    expect(row).toMatchObject({ id: owner.viewer.person.id, name: '李伟' });
    expect(await signIn(deps, { email: EMAIL, password: PASSWORD }, OFFICE)).toHaveProperty('cookie');
    deps.time.now += 3_600_000;
    await signUp(deps, form(EMAIL), OFFICE);
    expect((await mailsTo(deps, EMAIL)).filter((m) => m.kind === 'address_in_use')).toHaveLength(2);
  });

  it('again takes nothing from the first: each link stays, and the password says which sign-up is confirmed', async () => {
    for (const [link, password, name, role] of [
      [0, 'the first password', 'First', 'owner'],
      [0, PASSWORD, 'Second', 'manager'],
      [1, 'the first password', 'First', 'owner'],
      [1, PASSWORD, 'Second', 'manager'],
    ] as const) {
      const deps = await testDeps();
      await signUp(deps, { ...form(EMAIL), name: 'First', password: 'the first password' }, OFFICE);
      const first = secretOf(await lastMail(deps, 'verify_email', EMAIL));
      await signUp(deps, { ...form(EMAIL, 'centre'), name: 'Second' }, { ...OFFICE, address: '198.51.100.1' });
      const links = [first, secretOf(await lastMail(deps, 'verify_email', EMAIL))];
      await expect(verifyEmail(deps, { token: links[link] as string, password: 'a third password' }, OFFICE)).rejects.toMatchObject({
        code: 'sign_in_refused',
      });
      expect(await verifyEmail(deps, { token: links[link] as string, password }, OFFICE)).toHaveProperty('cookie');
      expect(await deps.db.read((q) => q.select({ name: person.name }).from(person))).toEqual([{ name }]);
      expect(await deps.db.read((q) => q.select({ role: membership.role }).from(membership))).toEqual([{ role }]);
      expect(await deps.db.read((q) => q.select({ kind: organisation.kind }).from(organisation))).toEqual([
        { kind: role === 'owner' ? 'sme' : 'centre' },
      ]);
      expect(await signIn(deps, { email: EMAIL, password }, OFFICE)).toHaveProperty('cookie');
      // Confirmed once, the other link is over, and the other password opens nothing.
      await expect(verifyEmail(deps, { token: links[1 - link] as string, password }, OFFICE)).rejects.toMatchObject({
        code: 'link_expired',
      });
      const other = password === PASSWORD ? 'the first password' : PASSWORD;
      await expect(signIn(deps, { email: EMAIL, password: other }, OFFICE)).rejects.toMatchObject({ code: 'sign_in_refused' });
    }
  });

  it('however often strangers repeat it, the first link still confirms the first sign-up', async () => {
    const deps = await testDeps();
    await signUp(deps, form(EMAIL), OFFICE);
    const first = secretOf(await lastMail(deps, 'verify_email', EMAIL));
    for (let i = 0; i < 12; i++) {
      const stranger = { ...form(EMAIL, 'park'), name: 'Eve', password: `a password of mine ${i}` };
      await signUp(deps, stranger, { ...OFFICE, address: `198.51.100.${i}` });
    }
    expect(await verifyEmail(deps, { token: first, password: PASSWORD }, OFFICE)).toHaveProperty('cookie');
    expect(await deps.db.read((q) => q.select({ name: person.name }).from(person))).toEqual([{ name: '李伟' }]);
  });

  it('five times at once makes one person', async () => {
    const deps = await testDeps();
    await Promise.all(Array.from({ length: 5 }, () => signUp(deps, form(EMAIL), OFFICE)));
    expect(await deps.db.read((q) => q.select().from(person))).toHaveLength(1);
    expect(await deps.db.read((q) => q.select().from(organisation))).toHaveLength(1);
    const tokens = await deps.db.read((q) => q.select().from(emailToken));
    expect(tokens.filter((t) => t.usedAt === null)).toHaveLength(5);
  });

  it('is refused after five tries an hour for one address, known or not, and goes on in the next hour', async () => {
    const deps = await testDeps();
    await newcomer(deps, EMAIL);
    for (const email of [EMAIL, 'new@example.com']) {
      const tries = email === EMAIL ? 4 : 5; // the newcomer has used one
      for (let i = 0; i < tries; i++) await signUp(deps, form(email), OFFICE);
      await expect(signUp(deps, form(email), OFFICE)).rejects.toMatchObject({
        code: 'too_many_tries',
        facts: { minutes: 60, seconds: 3600 },
      });
    }
    await signUp(deps, form('new@example.com'), { ...OFFICE, address: '198.51.100.1' });
    deps.time.now += 3_600_000;
    await signUp(deps, form(EMAIL), OFFICE);
  });
});

describe('confirming an address', () => {
  it('works once, by the link and the password together', async () => {
    const deps = await testDeps();
    await signUp(deps, form(EMAIL), OFFICE);
    const token = secretOf(await lastMail(deps, 'verify_email', EMAIL));
    expect(await findVerification(deps, token)).toEqual({ email: EMAIL });
    expect(await findVerification(deps, token)).toEqual({ email: EMAIL }); // looking does not use it up
    await expect(verifyEmail(deps, { token, password: 'not the password' }, OFFICE)).rejects.toMatchObject({ code: 'sign_in_refused' });
    const twice = await Promise.allSettled([1, 2].map(() => verifyEmail(deps, { token, password: PASSWORD }, OFFICE)));
    expect(twice.map((r) => r.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await findVerification(deps, token)).toBeUndefined();
  });

  it('is over after 48 hours, and a reset link or an invented one does not do it', async () => {
    const deps = await testDeps();
    await signUp(deps, form(EMAIL), OFFICE);
    const token = secretOf(await lastMail(deps, 'verify_email', EMAIL));
    for (const wrong of ['', 'x'.repeat(27), `${token}x`, "' or 1=1 --"])
      await expect(verifyEmail(deps, { token: wrong, password: PASSWORD }, OFFICE)).rejects.toMatchObject({ code: 'link_expired' });
    deps.time.now += 48 * 3_600_000;
    expect(await findVerification(deps, token)).toBeUndefined();
    await expect(verifyEmail(deps, { token, password: PASSWORD }, OFFICE)).rejects.toMatchObject({ code: 'link_expired' });
  });

  it('can be asked for again; a confirmed or unknown address is sent nothing', async () => {
    const deps = await testDeps();
    await signUp(deps, form(EMAIL), OFFICE);
    await resendVerification(deps, { email: EMAIL }, OFFICE);
    expect(await mailsTo(deps, EMAIL)).toHaveLength(2);
    const token = secretOf(await lastMail(deps, 'verify_email', EMAIL));
    await verifyEmail(deps, { token, password: PASSWORD }, OFFICE);
    await resendVerification(deps, { email: EMAIL }, OFFICE);
    await resendVerification(deps, { email: 'unknown@example.com' }, OFFICE);
    expect(await mailsTo(deps)).toHaveLength(2);
  });

  it('floods no mailbox, however many places ask', async () => {
    const deps = await testDeps();
    await signUp(deps, form(EMAIL), OFFICE);
    for (let i = 0; i < 15; i++) await resendVerification(deps, { email: EMAIL }, { ...OFFICE, address: `198.51.100.${i}` });
    expect(await mailsTo(deps, EMAIL)).toHaveLength(10);
  });
});
