import { eq } from 'drizzle-orm';
import { Secret, TOTP } from 'otpauth';
import { describe, expect, it } from 'vitest';
import { addPasskey } from '#app/modules/identity/add-passkey.server.ts';
import { askForNewPasskey, askForPasskey } from '#app/modules/identity/ask-passkey.server.ts';
import { removeSecondFactor, renewRecoveryCodes } from '#app/modules/identity/change-second-factor.server.ts';
import { confirmSecondFactor } from '#app/modules/identity/confirm-second-factor.server.ts';
import { enterCode } from '#app/modules/identity/enter-code.server.ts';
import { forgetExpired } from '#app/modules/identity/forget-expired.server.ts';
import { getAsked, getViewer, type Member, requireViewer } from '#app/modules/identity/guards.server.ts';
import { listPasskeys } from '#app/modules/identity/list-passkeys.server.ts';
import { offerSecondFactor } from '#app/modules/identity/offer-second-factor.server.ts';
import { CHALLENGE_MS, MOST_PASSKEYS } from '#app/modules/identity/passkey-rules.ts';
import { removePasskey } from '#app/modules/identity/remove-passkey.server.ts';
import { signIn } from '#app/modules/identity/sign-in.server.ts';
import { passkey, passkeyChallenge, person, recoveryCode } from '#db/schema/identity.ts';
import { Authenticator } from '#tests/support/authenticator.ts';
import { testDeps } from '#tests/support/database.ts';
import { lastMail, newcomer, OFFICE, PASSWORD, refusedIn, requestWith, signedIn } from './people.ts';

const EMAIL = 'li.wei@example.com';
const REAL = { DEMONSTRATION: '', ACCOUNT_KEY: 'a key of the passkey tests, long enough' };
type Deps = Awaited<ReturnType<typeof testDeps>>;

const deviceOf = (deps: Deps, counts = true) => new Authenticator(deps.settings.origin, counts);
const add = async (deps: Deps, viewer: Member, device: Authenticator, answer?: Parameters<typeof addPasskey>[2]['answer']) => {
  const { challenge } = await askForNewPasskey(deps, viewer);
  return addPasskey(deps, viewer, { name: '办公电脑', made: device.make(challenge), ...(answer === undefined ? {} : { answer }) });
};
/** Somebody whose only second factor is a passkey. */
async function withPasskey(deps: Deps, email = EMAIL, device = deviceOf(deps)) {
  const { cookie, viewer: before } = await newcomer(deps, email);
  const codes = await add(deps, before, device);
  if (typeof codes === 'string') throw new Error(codes);
  const viewer = { ...before, person: { ...before.person, secondFactorSince: deps.time.now } };
  return { cookie, viewer, device, codes };
}
async function halfWay(deps: Deps, email = EMAIL) {
  const answer = await signIn(deps, { email, password: PASSWORD }, OFFICE);
  if (!('awaitsCode' in answer)) throw new Error('nothing more is asked for');
  const asked = await getAsked(deps, requestWith(answer.cookie));
  if (!asked) throw new Error('nobody waits');
  return { cookie: answer.cookie, viewer: asked.viewer as Member };
}
const shown = async (deps: Deps, viewer: Member, device: Authenticator, differs = {}) => {
  const { challenge } = await askForPasskey(deps, viewer);
  return { passkey: device.show(challenge, differs) };
};

describe('registering a passkey', () => {
  it('as the first second factor gives recovery codes, ends the other sessions, and is asked for from then on', async () => {
    const deps = await testDeps(REAL);
    const { cookie, viewer } = await newcomer(deps, EMAIL);
    const other = await signedIn(deps, EMAIL);
    const codes = await add(deps, viewer, deviceOf(deps));
    expect(codes).toHaveLength(10);
    expect(await getViewer(deps, requestWith(other.cookie))).toBeNull();
    expect((await getViewer(deps, requestWith(cookie)))?.person.secondFactorSince).toBe(deps.time.now);
    expect(await listPasskeys(deps, viewer)).toMatchObject([{ name: '办公电脑', lastUsedAt: null, suspectedAt: null }]);
    expect((await lastMail(deps, 'second_factor', EMAIL)).facts.on).toBe(true);
    expect((await halfWay(deps)).viewer.person.email).toBe(EMAIL);
  });

  it.each([
    ['another question', { challenge: Buffer.from('another question of the site').toString('base64url') }],
    ['another site’s page', { origin: 'https://hengji.example.evil' }],
    ['another site’s key', { rpId: 'evil.example' }],
    ['a use, not a registration', { type: 'webauthn.get' }],
    ['a device that did not look who holds it', { verified: false }],
    ['a statement of a kind nobody asked for', { format: 'fido-u2f' }],
    ['a statement by a maker’s certificates', { format: 'android-safetynet' }],
  ])('is refused for %s', async (_, differs) => {
    const deps = await testDeps(REAL);
    const { viewer } = await newcomer(deps, EMAIL);
    const { challenge } = await askForNewPasskey(deps, viewer);
    expect(await refusedIn(addPasskey(deps, viewer, { name: 'x', made: deviceOf(deps).make(challenge, differs) }))).toBe('made');
    expect(await listPasskeys(deps, viewer)).toEqual([]);
    expect((await signIn(deps, { email: EMAIL, password: PASSWORD }, OFFICE)) as object).toHaveProperty('deviceCookie');
  });

  it('is refused for what is no answer at all', async () => {
    const deps = await testDeps(REAL);
    const { viewer } = await newcomer(deps, EMAIL);
    const made = JSON.parse(deviceOf(deps).make('x'));
    const odd = [
      '',
      'null',
      '[]',
      '{',
      '{"__proto__":{"id":"x"}}',
      'x'.repeat(100_000),
      JSON.stringify({ ...made, rawId: 'b' }),
      JSON.stringify({ ...made, type: 'password' }),
      JSON.stringify({ ...made, response: { ...made.response, attestationObject: 'AAAA' } }),
      JSON.stringify({ ...made, response: { ...made.response, attestationObject: '' } }),
      JSON.stringify({ ...made, response: { ...made.response, clientDataJSON: Buffer.from('{').toString('base64url') } }),
      JSON.stringify({ ...made, response: null }),
    ];
    for (const text of odd) {
      await askForNewPasskey(deps, viewer);
      expect(await refusedIn(addPasskey(deps, viewer, { name: 'x', made: text })), text.slice(0, 60)).toBe('made');
    }
  });

  it('takes each question once, of its own session, for five minutes', async () => {
    const deps = await testDeps(REAL);
    const { viewer } = await newcomer(deps, EMAIL);
    const elsewhere = await signedIn(deps, EMAIL);
    const { challenge } = await askForNewPasskey(deps, viewer);
    expect(await refusedIn(addPasskey(deps, elsewhere.viewer, { name: 'x', made: deviceOf(deps).make(challenge) }))).toBe('made');
    const again = await askForNewPasskey(deps, viewer);
    // The question before the last, too, is over.
    expect(await refusedIn(addPasskey(deps, viewer, { name: 'x', made: deviceOf(deps).make(challenge) }))).toBe('made');
    expect(await refusedIn(addPasskey(deps, viewer, { name: 'x', made: deviceOf(deps).make(again.challenge) }))).toBe('made');
    const late = await askForNewPasskey(deps, viewer);
    deps.time.now += CHALLENGE_MS;
    expect(await refusedIn(addPasskey(deps, viewer, { name: 'x', made: deviceOf(deps).make(late.challenge) }))).toBe('made');
    await forgetExpired(deps);
    expect(await deps.db.read((q) => q.select().from(passkeyChallenge))).toEqual([]);
  });

  it('of two answers to one question, at once, one is taken on', async () => {
    const deps = await testDeps(REAL);
    const { viewer } = await newcomer(deps, EMAIL);
    const { challenge } = await askForNewPasskey(deps, viewer);
    const both = await Promise.all(
      [1, 2].map(() => refusedIn(addPasskey(deps, viewer, { name: 'x', made: deviceOf(deps).make(challenge) }))),
    );
    expect(both.filter((one) => one === 'made')).toHaveLength(1);
    expect(await listPasskeys(deps, viewer)).toHaveLength(1);
  });

  it('belongs to one person, and nobody has more than may be', async () => {
    const deps = await testDeps(REAL);
    const { device } = await withPasskey(deps);
    const eve = await newcomer(deps, 'eve@example.com');
    expect(await refusedIn(add(deps, eve.viewer, device))).toBe('made');
    const { viewer, codes } = await withPasskey(deps, 'many@example.com');
    for (let i = 1; i < MOST_PASSKEYS; i++) expect(await add(deps, viewer, deviceOf(deps), codes[i])).toEqual([]);
    await expect(askForNewPasskey(deps, viewer)).rejects.toMatchObject({ code: 'bad_request' });
    expect(await listPasskeys(deps, viewer)).toHaveLength(MOST_PASSKEYS);
  });

  it('beside a second factor there is asks for that one: a stolen session adds no key of its own', async () => {
    const deps = await testDeps(REAL);
    const { viewer, device, codes } = await withPasskey(deps);
    expect(await refusedIn(add(deps, viewer, deviceOf(deps)))).toBe('answer');
    expect(await refusedIn(add(deps, viewer, deviceOf(deps), '000000'))).toBe('answer');
    expect(await refusedIn(add(deps, viewer, deviceOf(deps), { passkey: '{}' }))).toBe('answer');
    const eve = await withPasskey(deps, 'eve@example.com');
    expect(await refusedIn(add(deps, viewer, deviceOf(deps), await shown(deps, eve.viewer, eve.device)))).toBe('answer');
    // A page read before the first factor was there says nothing either.
    const stale = { ...viewer, person: { ...viewer.person, secondFactorSince: null } };
    expect(await refusedIn(add(deps, stale, deviceOf(deps)))).toBe('answer');
    expect(await add(deps, viewer, deviceOf(deps), await shown(deps, viewer, device))).toEqual([]);
    expect(await add(deps, viewer, deviceOf(deps), codes[0])).toEqual([]);
    expect((await lastMail(deps, 'passkey_changed', EMAIL)).facts).toMatchObject({ change: 'added', passkey: '办公电脑' });
    // The codes that were given at first are still good, but the one used.
    expect(await enterCode(deps, (await halfWay(deps)).viewer, codes[1] ?? '', OFFICE)).toHaveProperty('cookie');
  });

  it('an authenticator beside passkeys asks for one of them', async () => {
    const deps = await testDeps(REAL);
    const { viewer, device } = await withPasskey(deps);
    const { secret = '' } = (await offerSecondFactor(deps, viewer)) ?? {};
    const code = () => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: deps.time.now });
    expect(await refusedIn(confirmSecondFactor(deps, viewer, code()))).toBe('answer');
    expect(await refusedIn(confirmSecondFactor(deps, viewer, code(), { passkey: 'x' }))).toBe('answer');
    expect(await refusedIn(confirmSecondFactor(deps, viewer, '000000', await shown(deps, viewer, device)))).toBe('code');
    deps.time.now += 15 * 60_000; // wrong ones are counted
    expect(await confirmSecondFactor(deps, viewer, code(), await shown(deps, viewer, device))).toEqual([]);
    deps.time.now += 30_000;
    expect(await enterCode(deps, (await halfWay(deps)).viewer, code(), OFFICE)).toHaveProperty('cookie');
  });
});

describe('signing in by a passkey', () => {
  it('opens a session of its own, put down as what it was', async () => {
    const deps = await testDeps(REAL);
    const { device } = await withPasskey(deps);
    const half = await halfWay(deps);
    const led = await requireViewer(deps, requestWith(half.cookie, '/orders')).catch((answer: Response) => answer.headers.get('location'));
    expect(led).toBe('/second-factor?next=%2Forders');
    const answer = await enterCode(deps, half.viewer, await shown(deps, half.viewer, device), OFFICE);
    expect((await getViewer(deps, requestWith(answer.cookie)))?.person.email).toBe(EMAIL);
    expect(await getAsked(deps, requestWith(half.cookie))).toBeNull();
    expect((await listPasskeys(deps, half.viewer))[0]?.lastUsedAt).toBe(deps.time.now);
  });

  it.each([
    ['another question', { challenge: 'YW5vdGhlcg' }],
    ['another site’s page', { origin: 'http://localhost:9' }],
    ['another site’s key', { rpId: 'evil.example' }],
    ['a registration, not a use', { type: 'webauthn.create' }],
    ['a device that did not look who holds it', { verified: false }],
  ])('is refused for %s', async (_, differs) => {
    const deps = await testDeps(REAL);
    const { device } = await withPasskey(deps);
    const { viewer } = await halfWay(deps);
    expect(await refusedIn(enterCode(deps, viewer, await shown(deps, viewer, device, differs), OFFICE))).toBe('answer');
    expect(await enterCode(deps, viewer, await shown(deps, viewer, device), OFFICE)).toHaveProperty('cookie');
  });

  it('is refused for a signature by another key under the same name, and for somebody else’s passkey', async () => {
    const deps = await testDeps(REAL);
    const { device } = await withPasskey(deps);
    const eve = await withPasskey(deps, 'eve@example.com');
    const { viewer } = await halfWay(deps);
    expect(await refusedIn(enterCode(deps, viewer, await shown(deps, viewer, eve.device), OFFICE))).toBe('answer');
    const { challenge } = await askForPasskey(deps, viewer);
    const forged = { ...JSON.parse(eve.device.show(challenge)), id: '', rawId: '' };
    const named = JSON.parse(device.show(challenge));
    const answer = JSON.stringify({ ...forged, id: named.id, rawId: named.id });
    expect(await refusedIn(enterCode(deps, viewer, { passkey: answer }, OFFICE))).toBe('answer');
  });

  it('takes an answer once, of its own session, while it is fresh; of two at once one', async () => {
    const deps = await testDeps(REAL);
    const { device } = await withPasskey(deps);
    const [a, b] = [await halfWay(deps), await halfWay(deps)];
    const first = await shown(deps, a.viewer, device);
    await askForPasskey(deps, b.viewer);
    expect(await refusedIn(enterCode(deps, b.viewer, first, OFFICE))).toBe('answer');
    const both = await Promise.all([1, 2].map(() => refusedIn(enterCode(deps, a.viewer, first, OFFICE))));
    expect(both.filter((one) => one === 'answer')).toHaveLength(1);
    const late = await halfWay(deps);
    const answer = await shown(deps, late.viewer, device);
    deps.time.now += CHALLENGE_MS;
    expect(await refusedIn(enterCode(deps, late.viewer, answer, OFFICE))).toBe('answer');
  });

  it('shuts out a passkey whose counter goes back, tells its owner, and leaves the other ways open', async () => {
    const deps = await testDeps(REAL);
    const { device, viewer: owner, codes } = await withPasskey(deps);
    const use = async (differs = {}) => {
      const { viewer } = await halfWay(deps);
      return enterCode(deps, viewer, await shown(deps, viewer, device, differs), OFFICE);
    };
    expect(await use({ counter: 9 })).toHaveProperty('cookie');
    expect(await refusedIn(use({ counter: 9 }))).toBe('answer');
    expect((await lastMail(deps, 'passkey_changed', EMAIL)).facts.change).toBe('suspected');
    expect((await listPasskeys(deps, owner))[0]?.suspectedAt).toBe(deps.time.now);
    const { viewer } = await halfWay(deps);
    await expect(askForPasskey(deps, viewer)).rejects.toMatchObject({ code: 'not_found' });
    expect(await enterCode(deps, viewer, codes[0] ?? '', OFFICE)).toHaveProperty('cookie');
  });

  it('bears devices that do not count', async () => {
    const deps = await testDeps(REAL);
    const { device } = await withPasskey(deps, EMAIL, deviceOf(deps, false));
    for (let i = 0; i < 3; i++) {
      const { viewer } = await halfWay(deps);
      expect(await enterCode(deps, viewer, await shown(deps, viewer, device), OFFICE)).toHaveProperty('cookie');
    }
  });

  it('counts wrong answers with wrong codes', async () => {
    const deps = await testDeps(REAL);
    const { device } = await withPasskey(deps);
    const { viewer } = await halfWay(deps);
    for (let i = 0; i < 5; i++)
      expect(await refusedIn(enterCode(deps, viewer, i % 2 ? '000000' : { passkey: '{}' }, OFFICE))).toBe('answer');
    const right = await shown(deps, viewer, device);
    await expect(enterCode(deps, viewer, right, OFFICE)).rejects.toMatchObject({ code: 'too_many_tries' });
  });
});

describe('removing passkeys', () => {
  it('asks for an answer, is about the person’s own, and ends two-step verification with the last', async () => {
    const deps = await testDeps(REAL);
    const { viewer, device, codes } = await withPasskey(deps);
    const eve = await withPasskey(deps, 'eve@example.com');
    const [own] = await listPasskeys(deps, viewer);
    const [theirs] = await listPasskeys(deps, eve.viewer);
    expect(await refusedIn(removePasskey(deps, viewer, own?.id ?? '', '000000'))).toBe('answer');
    for (const id of [theirs?.id ?? '', '', '../x', "' or 1=1"])
      await expect(removePasskey(deps, viewer, id, await shown(deps, viewer, device))).rejects.toMatchObject({ code: 'not_found' });
    deps.time.now += 15 * 60_000; // wrong ones are counted
    await removePasskey(deps, viewer, own?.id ?? '', codes[0] ?? '');
    expect(await listPasskeys(deps, eve.viewer)).toHaveLength(1);
    expect((await signIn(deps, { email: EMAIL, password: PASSWORD }, OFFICE)) as object).toHaveProperty('deviceCookie');
    expect((await lastMail(deps, 'second_factor', EMAIL)).facts.on).toBe(false);
    const left = await deps.db.read((q) => q.select().from(recoveryCode).where(eq(recoveryCode.personId, viewer.person.id)));
    expect(left).toEqual([]);
  });

  it('leaves the other ways, and removing the authenticator leaves the passkeys', async () => {
    const deps = await testDeps(REAL);
    const { viewer, device } = await withPasskey(deps);
    const { secret = '' } = (await offerSecondFactor(deps, viewer)) ?? {};
    const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: deps.time.now });
    await confirmSecondFactor(deps, viewer, code, await shown(deps, viewer, device));
    await removeSecondFactor(deps, viewer, await shown(deps, viewer, device));
    await expect(removeSecondFactor(deps, viewer, await shown(deps, viewer, device))).rejects.toMatchObject({ code: 'not_found' });
    const [row] = await deps.db.read((q) => q.select().from(person).where(eq(person.id, viewer.person.id)));
    expect(row?.secondFactorSince).not.toBeNull();
    expect(await renewRecoveryCodes(deps, viewer, await shown(deps, viewer, device))).toHaveLength(10);
    expect(await deps.db.read((q) => q.select().from(passkey))).toHaveLength(1);
  });
});
