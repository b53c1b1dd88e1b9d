import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { forgetExpired } from '#app/modules/identity/forget-expired.server.ts';
import { getViewer, requireMember, requireViewer } from '#app/modules/identity/guards.server.ts';
import { countSignIn } from '#app/modules/identity/limits.server.ts';
import { listSessions } from '#app/modules/identity/list-sessions.server.ts';
import { revokeOtherSessions } from '#app/modules/identity/revoke-other-sessions.server.ts';
import { revokeSession } from '#app/modules/identity/revoke-session.server.ts';
import { signIn } from '#app/modules/identity/sign-in.server.ts';
import { signOut } from '#app/modules/identity/sign-out.server.ts';
import { rateLimit } from '#db/schema/core.ts';
import { emailToken, session } from '#db/schema/identity.ts';
import { testDeps } from '#tests/support/database.ts';
import { mailsTo, newcomer, OFFICE, PASSWORD, requestWith, signedIn, viewerOf } from './people.ts';

const EMAIL = 'li.wei@example.com';

const DAY = 86_400_000;

const attempt = (email: string, password: string, address = OFFICE.address) => ({
  form: { email, password },
  from: { ...OFFICE, address },
});

describe('a session', () => {
  it('is a secret in the cookie and a hash in the database', async () => {
    const deps = await testDeps();
    const { cookie } = await newcomer(deps, EMAIL);
    expect(cookie).toMatch(/^hengji_session=[\w-]{27}; HttpOnly; Max-Age=\d+; Path=\/; SameSite=Lax$/);
    const [row] = await deps.db.read((q) => q.select().from(session));
    expect(row?.id).toMatch(/^[0-9a-f]{64}$/);
    expect(row).toMatchObject({ address: '203.0.113.7', userAgent: 'test browser' });
    // A copy of the database opens nothing: the stored id is not a cookie.
    expect(await getViewer(deps, requestWith(`hengji_session=${row?.id}`))).toBeNull();
  });

  it('is bound to this host where the site speaks https', async () => {
    const deps = await testDeps({ ORIGIN: 'https://hengji.example' });
    const { cookie } = await newcomer(deps, EMAIL);
    expect(cookie).toMatch(/^__Host-hengji_session=[\w-]{27}; HttpOnly; Max-Age=\d+; Path=\/; SameSite=Lax; Secure$/);
  });

  it.each([
    '',
    ';;;',
    '%E0%A4%A=1; hengji_session=%E0%A4%A',
    'hengji_session=',
    `hengji_session=${'x'.repeat(5000)}`,
    `hengji_session=${'x'.repeat(27)}`,
    "hengji_session=' or 1=1",
  ])('is not opened by the cookie %j', async (cookie) => {
    const deps = await testDeps();
    expect(await getViewer(deps, new Request('http://localhost:3000/', { headers: { cookie } }))).toBeNull();
  });

  it('survives the malformed cookies of others beside it', async () => {
    const deps = await testDeps();
    const { cookie } = await newcomer(deps, EMAIL);
    const request = new Request('http://localhost:3000/', { headers: { cookie: `a=%E0%A4%A; b; ${cookie.split(';')[0]}` } });
    expect((await getViewer(deps, request))?.person.email).toBe(EMAIL);
  });

  it('lasts a fortnight without use, and thirty days however it is used', async () => {
    const deps = await testDeps();
    const { cookie } = await newcomer(deps, EMAIL);
    const started = deps.time.now;
    const expiry = async () => (await deps.db.read((q) => q.select().from(session)))[0]?.expiresAt ?? 0;
    const at = async (day: number) => {
      deps.time.now = started + day * DAY;
      const before = await expiry();
      const { viewer } = { viewer: await viewerOf(deps, cookie) };
      expect(Math.abs(viewer.session.expiresAt - before)).toBeLessThan(1000);
      return Math.round((await expiry()) / DAY - started / DAY);
    };
    // Extended in the second half only: a page view is not a write.
    expect(await at(6)).toBe(14);
    expect(await at(8)).toBe(22);
    expect(await at(16)).toBe(30);
    // Never past its last instant, and no write more for it.
    expect([await at(20), await at(25), await at(29.9)]).toEqual([30, 30, 30]);
    deps.time.now = started + 30 * DAY;
    expect(await getViewer(deps, requestWith(cookie))).toBeNull();
    expect(await expiry()).toBe(0);
  });

  it('that is not used ends after a fortnight', async () => {
    const deps = await testDeps();
    const { cookie } = await newcomer(deps, EMAIL);
    deps.time.now += 14 * DAY;
    expect(await getViewer(deps, requestWith(cookie))).toBeNull();
  });

  it('begun before there was a last instant ends at it too', async () => {
    const deps = await testDeps();
    const { cookie } = await newcomer(deps, EMAIL);
    await deps.db.write((tx) => tx.update(session).set({ expiresAt: deps.time.now + 300 * DAY }));
    deps.time.now += 29 * DAY;
    expect(await getViewer(deps, requestWith(cookie))).not.toBeNull();
    deps.time.now += 1 * DAY;
    expect(await getViewer(deps, requestWith(cookie))).toBeNull();
  });

  it('ends on signing out, and signing out twice is no matter', async () => {
    const deps = await testDeps();
    const { cookie } = await newcomer(deps, EMAIL);
    const other = await signedIn(deps, EMAIL);
    expect((await signOut(deps, requestWith(cookie))).cookie).toMatch(/^hengji_session=; HttpOnly; Max-Age=0; Path=\//);
    await signOut(deps, requestWith(cookie));
    await signOut(deps, new Request('http://localhost:3000/'));
    expect(await getViewer(deps, requestWith(cookie))).toBeNull();
    expect(await getViewer(deps, requestWith(other.cookie))).not.toBeNull();
  });

  it('asks the database once, however many loaders of a page ask', async () => {
    const deps = await testDeps();
    const { cookie } = await newcomer(deps, EMAIL);
    let reads = 0;
    const read: typeof deps.db.read = (work) => {
      reads++;
      return deps.db.read(work);
    };
    const counting = { ...deps, db: { ...deps.db, read } };
    const request = requestWith(cookie);
    await Promise.all([getViewer(counting, request), getViewer(counting, requestWith(cookie)), requireMember(counting, request, 'sme')]);
    await getViewer(counting, request);
    expect(reads).toBe(1);
    // The next request asks anew.
    await getViewer(counting, requestWith(cookie));
    expect(reads).toBe(2);
  });

  it('never carries the password hash', async () => {
    const deps = await testDeps();
    const { viewer } = await newcomer(deps, EMAIL);
    expect(JSON.stringify(viewer)).not.toContain('argon2');
  });
});

describe('sessions in a list', () => {
  it('show where one is signed in, and are revoked one by one or all others', async () => {
    const deps = await testDeps();
    const first = await newcomer(deps, EMAIL);
    deps.time.now += 1000;
    const second = await signedIn(deps, EMAIL);
    deps.time.now += 1000;
    const third = await signedIn(deps, EMAIL);
    const list = await listSessions(deps, first.viewer);
    expect(list.map((s) => [s.id, s.current])).toEqual([
      [first.viewer.session.id, true],
      [third.viewer.session.id, false],
      [second.viewer.session.id, false],
    ]);
    await revokeSession(deps, first.viewer, second.viewer.session.id);
    expect(await getViewer(deps, requestWith(second.cookie))).toBeNull();
    await expect(revokeSession(deps, first.viewer, second.viewer.session.id)).rejects.toMatchObject({ code: 'not_found' });
    await revokeOtherSessions(deps, first.viewer);
    expect(await getViewer(deps, requestWith(third.cookie))).toBeNull();
    expect(await getViewer(deps, requestWith(first.cookie))).not.toBeNull();
  });

  it('of somebody else are not found', async () => {
    const deps = await testDeps();
    const owner = await newcomer(deps, EMAIL);
    const stranger = await newcomer(deps, 'eve@example.com');
    await expect(revokeSession(deps, stranger.viewer, owner.viewer.session.id)).rejects.toMatchObject({ code: 'not_found' });
    await revokeOtherSessions(deps, stranger.viewer);
    expect(await getViewer(deps, requestWith(owner.cookie))).not.toBeNull();
  });
});

describe('signing in', () => {
  it('answers an unknown address as a wrong password', async () => {
    const deps = await testDeps();
    await newcomer(deps, EMAIL);
    const known = attempt(EMAIL, 'not the password');
    const unknown = attempt('nobody@example.com', 'not the password');
    expect(await signIn(deps, known.form, known.from)).toBe(await signIn(deps, unknown.form, unknown.from));
    expect(await mailsTo(deps, 'nobody@example.com')).toEqual([]);
  });

  it('is refused after ten wrong passwords in fifteen minutes, for known and unknown alike, even with the right one', async () => {
    const deps = await testDeps();
    await newcomer(deps, EMAIL);
    for (const email of [EMAIL, 'nobody@example.com']) {
      for (let i = 0; i < 10; i++) expect(await signIn(deps, { email, password: `wrong ${i}` }, OFFICE)).toBe('refused');
      await expect(signIn(deps, { email, password: PASSWORD }, OFFICE)).rejects.toMatchObject({
        code: 'too_many_tries',
        facts: { minutes: 15, seconds: 900 },
      });
    }
    // The owner somewhere else is not shut out.
    const elsewhere = attempt(EMAIL, PASSWORD, '198.51.100.1');
    expect(await signIn(deps, elsewhere.form, elsewhere.from)).not.toBe('refused');
    deps.time.now += 15 * 60_000;
    expect(await signIn(deps, { email: EMAIL, password: PASSWORD }, OFFICE)).not.toBe('refused');
  });

  it('counts tries made at the same time', async () => {
    const deps = await testDeps();
    await newcomer(deps, EMAIL);
    const results = await Promise.allSettled(
      Array.from({ length: 14 }, (_, i) => signIn(deps, { email: EMAIL, password: `wrong ${i}` }, OFFICE)),
    );
    expect(results.filter((r) => r.status === 'fulfilled')).toHaveLength(10);
  });

  it('is refused to a place that tries one password on many addresses, a whole IPv6 network being one place', async () => {
    const deps = await testDeps();
    const from = (i: number) => ({ ...OFFICE, address: `2001:db8:1:2::${(i + 1).toString(16)}` });
    for (let i = 0; i < 99; i++) await countSignIn(deps, `p${i}@example.com`, from(i));
    expect(await signIn(deps, { email: 'p99@example.com', password: 'Summer2026!!' }, from(99))).toBe('refused');
    const next = { email: 'p100@example.com', password: 'Summer2026!!' };
    await expect(signIn(deps, next, from(100))).rejects.toMatchObject({ code: 'too_many_tries' });
    expect(await signIn(deps, next, { ...OFFICE, address: '2001:db8:1:3::1' })).toBe('refused');
  });

  it('that succeeds uses no try up', async () => {
    const deps = await testDeps();
    await newcomer(deps, EMAIL);
    for (let i = 0; i < 12; i++) expect(await signIn(deps, { email: EMAIL, password: PASSWORD }, OFFICE)).not.toBe('refused');
  });
});

describe('guards', () => {
  it.each([
    ['/orders?x=1', '/sign-in?next=%2Forders%3Fx%3D1'],
    ['/en/orders', '/en/sign-in?next=%2Fen%2Forders'],
    ['//evil.example/', '/sign-in?next=%2F'],
  ])('send whoever is signed out from %s to %s', async (path, to) => {
    const deps = await testDeps();
    const thrown = await requireViewer(deps, new Request(`http://localhost:3000${path}`)).catch((e: unknown) => e);
    expect(thrown).toBeInstanceOf(Response);
    expect((thrown as Response).status).toBe(302);
    expect((thrown as Response).headers.get('Location')).toBe(to);
  });

  it('tell strangers nothing and members what they lack', async () => {
    const deps = await testDeps();
    const { cookie } = await newcomer(deps, EMAIL);
    await expect(requireMember(deps, requestWith(cookie), 'centre')).rejects.toMatchObject({ code: 'not_found' });
    await expect(requireMember(deps, requestWith(cookie), 'sme', ['member'])).rejects.toMatchObject({ code: 'forbidden' });
    expect((await requireMember(deps, requestWith(cookie), ['centre', 'sme'], ['owner'])).organisation.kind).toBe('sme');
  });
});

describe('what has ended', () => {
  it('is forgotten, what is open stays', async () => {
    const deps = await testDeps();
    const old = await newcomer(deps, EMAIL);
    await signIn(deps, { email: EMAIL, password: 'wrong password' }, OFFICE);
    deps.time.now += 31 * DAY;
    const fresh = await newcomer(deps, 'eve@example.com');
    await forgetExpired(deps);
    const left = await deps.db.read((q) => q.select({ id: session.id }).from(session));
    expect(left).toEqual([{ id: fresh.viewer.session.id }]);
    expect(await deps.db.read((q) => q.select().from(session).where(eq(session.id, old.viewer.session.id)))).toEqual([]);
    expect((await deps.db.read((q) => q.select().from(emailToken))).map((t) => t.personId)).toEqual([fresh.viewer.person.id]);
    const windows = await deps.db.read((q) => q.select().from(rateLimit));
    expect(windows.every((w) => w.windowStart > deps.time.now - DAY)).toBe(true);
    expect(windows.length).toBeGreaterThan(0);
  });
});
