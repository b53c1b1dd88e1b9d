import { and, eq } from 'drizzle-orm';
import { Secret, TOTP } from 'otpauth';
import { describe, expect, it } from 'vitest';
import { removeSecondFactor, renewRecoveryCodes } from '#app/modules/identity/change-second-factor.server.ts';
import { confirmSecondFactor } from '#app/modules/identity/confirm-second-factor.server.ts';
import { enterCode } from '#app/modules/identity/enter-code.server.ts';
import { getAsked, getViewer, type Member, requireOperator, requireViewer } from '#app/modules/identity/guards.server.ts';
import { listSessions } from '#app/modules/identity/list-sessions.server.ts';
import { offerSecondFactor } from '#app/modules/identity/offer-second-factor.server.ts';
import { signIn } from '#app/modules/identity/sign-in.server.ts';
import { membership, person, recoveryCode, secondFactor, session } from '#db/schema/identity.ts';
import { testDeps } from '#tests/support/database.ts';
import { lastMail, newcomer, OFFICE, PASSWORD, refusedIn, requestWith, signedIn } from './people.ts';

const EMAIL = 'li.wei@example.com';
const STEP = 30_000;
/** Nobody's demonstration: there the rules hold. */
const REAL = { DEMONSTRATION: '', ACCOUNT_KEY: 'a key of the account tests, long enough' };
type Deps = Awaited<ReturnType<typeof testDeps>>;

const codeOf = (deps: Deps, secret: string, steps = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: deps.time.now + steps * STEP });

async function withSecondFactor(deps: Deps, given?: { viewer: Member }) {
  const { viewer } = given ?? (await newcomer(deps, EMAIL));
  const offered = await offerSecondFactor(deps, viewer);
  if (!offered) throw new Error('nothing offered');
  const codes = await confirmSecondFactor(deps, viewer, codeOf(deps, offered.secret));
  deps.time.now += STEP;
  return { viewer, secret: offered.secret, codes };
}
async function halfWay(deps: Deps) {
  const answer = await signIn(deps, { email: EMAIL, password: PASSWORD }, OFFICE);
  if (!('awaitsCode' in answer)) throw new Error('no code is asked for');
  const asked = await getAsked(deps, requestWith(answer.cookie));
  if (!asked) throw new Error('nobody waits');
  return { cookie: answer.cookie, viewer: asked.viewer, lacks: asked.lacks };
}
const answerOf = async (work: Promise<unknown>) => work.catch((error) => error.code ?? error);

describe('setting up a second factor', () => {
  it('takes a code of the authenticator, gives ten recovery codes once, and ends the other sessions', async () => {
    const deps = await testDeps(REAL);
    const { cookie, viewer } = await newcomer(deps, EMAIL);
    const other = await signedIn(deps, EMAIL);
    const offered = await offerSecondFactor(deps, viewer);
    expect(await offerSecondFactor(deps, viewer)).toEqual(offered); // a page drawn again shows the same
    expect(await refusedIn(confirmSecondFactor(deps, viewer, '000000'))).toBe('code');
    expect(await signIn(deps, { email: EMAIL, password: PASSWORD }, OFFICE)).toHaveProperty('deviceCookie');
    const codes = await confirmSecondFactor(deps, viewer, codeOf(deps, offered?.secret ?? ''));
    expect(codes).toHaveLength(10);
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/);
    expect(await getViewer(deps, requestWith(other.cookie))).toBeNull();
    expect((await getViewer(deps, requestWith(cookie)))?.person.secondFactorSince).toBe(deps.time.now);
    expect(await offerSecondFactor(deps, viewer)).toBeUndefined();
    expect(await refusedIn(confirmSecondFactor(deps, viewer, codeOf(deps, offered?.secret ?? '', 1)))).toBe('code');
    expect((await lastMail(deps, 'second_factor', EMAIL)).facts.on).toBe(true);
  });

  it('keeps neither the secret nor the codes readable, and the sealed secret is one person’s', async () => {
    const deps = await testDeps(REAL);
    const { secret, codes } = await withSecondFactor(deps);
    const kept = JSON.stringify(
      await deps.db.read(async (q) => [await q.select().from(secondFactor), await q.select().from(recoveryCode)]),
    );
    expect(kept).not.toContain(secret);
    for (const code of codes) expect(kept).not.toContain(code.replaceAll('-', ''));
    const otherKey = { ...deps, settings: { ...deps.settings, accountKey: 'another key that is long enough, too' } };
    const { viewer } = await halfWay(deps);
    await expect(enterCode(otherKey, viewer, codeOf(deps, secret), OFFICE)).rejects.toThrow(/another key/);
    const eve = await newcomer(deps, 'eve@example.com');
    await offerSecondFactor(deps, eve.viewer);
    const [own] = await deps.db.read((q) => q.select().from(secondFactor).where(eq(secondFactor.personId, viewer.person.id)));
    await deps.db.write((tx) =>
      tx
        .update(secondFactor)
        .set({ sealed: own?.sealed ?? '' })
        .where(eq(secondFactor.personId, eve.viewer.person.id)),
    );
    await expect(offerSecondFactor(deps, eve.viewer)).rejects.toThrow();
  });
});

describe('signing in with a second factor', () => {
  it('opens nothing before the code, and a session of its own after it', async () => {
    const deps = await testDeps(REAL);
    const { secret } = await withSecondFactor(deps);
    const half = await halfWay(deps);
    expect(half.lacks).toBe('code');
    expect(await getViewer(deps, requestWith(half.cookie))).toBeNull();
    const led = await requireViewer(deps, requestWith(half.cookie, '/orders')).catch((answer: Response) => answer.headers.get('location'));
    expect(led).toBe('/second-factor?next=%2Forders');
    expect(await refusedIn(enterCode(deps, half.viewer, '123456', OFFICE))).toBe('answer');
    const answer = await enterCode(deps, half.viewer, codeOf(deps, secret), OFFICE);
    expect((await getViewer(deps, requestWith(answer.cookie)))?.person.email).toBe(EMAIL);
    // The cookie of the half session is worth nothing now.
    expect(await getAsked(deps, requestWith(half.cookie))).toBeNull();
  });

  it('waits a quarter of an hour, however often the page is looked at, and is listed nowhere', async () => {
    const deps = await testDeps(REAL);
    const { viewer } = await withSecondFactor(deps);
    const { cookie } = await halfWay(deps);
    expect(await listSessions(deps, viewer)).toHaveLength(1);
    deps.time.now += 14 * 60_000;
    expect(await getAsked(deps, requestWith(cookie))).not.toBeNull();
    deps.time.now += 60_000;
    expect(await getAsked(deps, requestWith(cookie))).toBeNull();
  });

  it('takes no code twice: not again, not an earlier one, and of two at once one', async () => {
    const deps = await testDeps(REAL);
    const { secret } = await withSecondFactor(deps);
    const [a, b, c] = [await halfWay(deps), await halfWay(deps), await halfWay(deps)];
    const code = codeOf(deps, secret);
    const both = await Promise.all([a, b].map(({ viewer }) => refusedIn(enterCode(deps, viewer, code, OFFICE))));
    expect(both.filter((one) => one === 'answer')).toHaveLength(1);
    expect(await refusedIn(enterCode(deps, c.viewer, code, OFFICE))).toBe('answer');
    expect(await refusedIn(enterCode(deps, c.viewer, codeOf(deps, secret, -1), OFFICE))).toBe('answer');
    deps.time.now += STEP;
    expect(await enterCode(deps, c.viewer, codeOf(deps, secret), OFFICE)).toHaveProperty('cookie');
  });

  it('takes each recovery code once, however it is written, and nobody else’s', async () => {
    const deps = await testDeps(REAL);
    const { codes } = await withSecondFactor(deps);
    const [first = '', second = ''] = codes;
    expect(await enterCode(deps, (await halfWay(deps)).viewer, first.toLowerCase().replaceAll('-', ' '), OFFICE)).toHaveProperty('cookie');
    expect(await refusedIn(enterCode(deps, (await halfWay(deps)).viewer, first, OFFICE))).toBe('answer');
    const eve = await newcomer(deps, 'eve@example.com');
    const theirs = await withSecondFactor(deps, eve);
    expect(await refusedIn(enterCode(deps, (await halfWay(deps)).viewer, theirs.codes[0] ?? '', OFFICE))).toBe('answer');
    expect(await enterCode(deps, (await halfWay(deps)).viewer, second, OFFICE)).toHaveProperty('cookie');
  });

  it('bears five wrong codes in a quarter of an hour, over all sessions, then not even the right one', async () => {
    const deps = await testDeps(REAL);
    const { secret, codes } = await withSecondFactor(deps);
    const answers = [];
    for (let i = 0; i < 6; i++) answers.push(await answerOf(enterCode(deps, (await halfWay(deps)).viewer, `00000${i}`, OFFICE)));
    expect(answers).toEqual([...Array(5).fill('invalid_form'), 'too_many_tries']);
    for (const right of [codeOf(deps, secret), codes[0] ?? ''])
      expect(await answerOf(enterCode(deps, (await halfWay(deps)).viewer, right, OFFICE))).toBe('too_many_tries');
    deps.time.now += 15 * 60_000;
    expect(await enterCode(deps, (await halfWay(deps)).viewer, codeOf(deps, secret), OFFICE)).toHaveProperty('cookie');
  });

  it('is asked of nobody without one, and a session that has no code to wait for is not entered', async () => {
    const deps = await testDeps(REAL);
    const { viewer } = await newcomer(deps, EMAIL);
    expect(await refusedIn(enterCode(deps, viewer, '123456', OFFICE))).toBe('answer');
    expect(await deps.db.read((q) => q.select().from(session))).toHaveLength(1);
  });
});

describe('who must have a second factor', () => {
  const operator = (deps: Deps, id: string) => deps.db.write((tx) => tx.update(person).set({ operator: true }).where(eq(person.id, id)));
  const signatory = (deps: Deps, { person: { id }, organisation }: Member) =>
    deps.db.write((tx) =>
      tx
        .update(membership)
        .set({ role: 'signatory' })
        .where(and(eq(membership.personId, id), eq(membership.organisationId, organisation.id))),
    );

  it.each(['operator', 'signatory'])('%s: led to set it up before anything else, also in a session that is open', async (who) => {
    const deps = await testDeps(REAL);
    const { cookie, viewer } = await newcomer(deps, EMAIL, 'centre');
    await (who === 'operator' ? operator(deps, viewer.person.id) : signatory(deps, viewer));
    expect(await getViewer(deps, requestWith(cookie))).toBeNull();
    const led = await requireOperator(deps, requestWith(cookie, '/en/operator')).catch((answer: Response) =>
      answer.headers.get('location'),
    );
    expect(led).toBe('/en/account/second-factor?next=%2Fen%2Foperator');
    await withSecondFactor(deps, { viewer });
    expect((await getViewer(deps, requestWith(cookie)))?.person.email).toBe(EMAIL);
  });

  it('in a demonstration: nobody', async () => {
    const deps = await testDeps();
    const { cookie, viewer } = await newcomer(deps, EMAIL, 'centre');
    await operator(deps, viewer.person.id);
    await signatory(deps, viewer);
    expect(await getViewer(deps, requestWith(cookie))).not.toBeNull();
  });
});

describe('a second factor that is set up', () => {
  it('gives new recovery codes for a code; those before end', async () => {
    const deps = await testDeps(REAL);
    const { viewer, secret, codes } = await withSecondFactor(deps);
    expect(await refusedIn(renewRecoveryCodes(deps, viewer, '000000'))).toBe('answer');
    const renewed = await renewRecoveryCodes(deps, viewer, codeOf(deps, secret));
    expect(renewed).toHaveLength(10);
    expect(await refusedIn(enterCode(deps, (await halfWay(deps)).viewer, codes[3] ?? '', OFFICE))).toBe('answer');
    expect(await enterCode(deps, (await halfWay(deps)).viewer, renewed[3] ?? '', OFFICE)).toHaveProperty('cookie');
  });

  it('is removed for a code, with its recovery codes', async () => {
    const deps = await testDeps(REAL);
    const { viewer, secret } = await withSecondFactor(deps);
    const now = { ...viewer, person: { ...viewer.person, secondFactorSince: deps.time.now } };
    expect(await refusedIn(removeSecondFactor(deps, now, '000000'))).toBe('answer');
    await removeSecondFactor(deps, now, codeOf(deps, secret));
    expect(await signIn(deps, { email: EMAIL, password: PASSWORD }, OFFICE)).toHaveProperty('deviceCookie');
    expect(await deps.db.read((q) => q.select().from(recoveryCode))).toEqual([]);
    expect((await lastMail(deps, 'second_factor', EMAIL)).facts.on).toBe(false);
  });
});
