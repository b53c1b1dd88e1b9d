import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { operatorActor } from '#app/core/actor.ts';
import { changePassword } from '#app/modules/identity/change-password.server.ts';
import { endSessions } from '#app/modules/identity/end-sessions.server.ts';
import { findPerson } from '#app/modules/identity/find-person.server.ts';
import { forgetExpired } from '#app/modules/identity/forget-expired.server.ts';
import { getViewer } from '#app/modules/identity/guards.server.ts';
import { listSignIns } from '#app/modules/identity/list-sign-ins.server.ts';
import { requestPasswordReset } from '#app/modules/identity/request-password-reset.server.ts';
import { resetPassword } from '#app/modules/identity/reset-password.server.ts';
import { signIn } from '#app/modules/identity/sign-in.server.ts';
import { auditLog } from '#db/schema/core.ts';
import { knownDevice, person, signInRecord } from '#db/schema/identity.ts';
import { testDeps } from '#tests/support/database.ts';
import { lastMail, mailsTo, newcomer, OFFICE, PASSWORD, requestWith, secretOf, signedIn } from './people.ts';

const EMAIL = 'li.wei@example.com';
const DAY = 86_400_000;
type Deps = Awaited<ReturnType<typeof testDeps>>;

/** What the browser sends back. */
const deviceOf = (deviceCookie: string) => deviceCookie.split(';')[0]?.split('=')[1] as string;
async function knownBrowser(deps: Deps, email: string) {
  await newcomer(deps, email);
  const answer = await signIn(deps, { email, password: PASSWORD }, OFFICE);
  if ('awaitsCode' in answer) throw new Error('not let in');
  return { ...answer, device: deviceOf(answer.deviceCookie) };
}
const guess = (deps: Deps, from: { address?: string; device?: string }, password = 'a wrong guess', email = EMAIL) =>
  signIn(deps, { email, password }, { ...OFFICE, ...from }).catch((error) => error.code as string);

describe('strangers who guess', () => {
  it('from however many places are stopped for the whole account, and lock out no browser the owner has used', async () => {
    const deps = await testDeps();
    const { device } = await knownBrowser(deps, EMAIL);
    const answers = [];
    for (let i = 0; i < 70; i++) answers.push(await guess(deps, { address: `198.51.${i}.1` }));
    expect(answers.filter((one) => one === 'sign_in_refused')).toHaveLength(60);
    expect(answers.slice(60)).toEqual(Array(10).fill('too_many_tries'));
    expect(await guess(deps, { address: '192.0.2.9' }, PASSWORD)).toBe('too_many_tries');
    expect(await guess(deps, { address: '192.0.2.9', device }, PASSWORD)).toHaveProperty('cookie');
    // For an address nobody has it is the same.
    const unknown = [];
    for (let i = 0; i < 61; i++) unknown.push(await guess(deps, { address: `198.51.${i}.2` }, 'x', 'nobody@example.com'));
    expect(unknown.at(-1)).toBe('too_many_tries');
  });

  it('from beside the owner, using up the place, do not lock the owner out either', async () => {
    const deps = await testDeps();
    const { device } = await knownBrowser(deps, EMAIL);
    for (let i = 0; i < 12; i++) await guess(deps, {});
    for (let i = 0; i < 101; i++) await guess(deps, {}, 'x', `p${i}@example.com`);
    expect(await guess(deps, {}, PASSWORD)).toBe('too_many_tries');
    expect(await guess(deps, { device }, PASSWORD)).toHaveProperty('cookie');
  });

  it('gain nothing by a browser of their own, an invented one or none', async () => {
    const deps = await testDeps();
    await newcomer(deps, EMAIL);
    const { device } = await knownBrowser(deps, 'eve@example.com');
    for (const given of [device, 'x'.repeat(27), '']) {
      deps.time.now += 3_600_000;
      const answers = [];
      for (let i = 0; i < 12; i++) answers.push(await guess(deps, { device: given }));
      expect(answers.filter((one) => one === 'sign_in_refused')).toHaveLength(10);
    }
  });

  it('at a known browser have ten tries in a quarter of an hour', async () => {
    const deps = await testDeps();
    const { device } = await knownBrowser(deps, EMAIL);
    const answers = [];
    for (let i = 0; i < 12; i++) answers.push(await guess(deps, { device, address: `198.51.${i}.1` }));
    expect(answers.filter((one) => one === 'sign_in_refused')).toHaveLength(10);
  });

  it('do not keep out the owner with a new browser, who resets the password by mail', async () => {
    const deps = await testDeps();
    await newcomer(deps, EMAIL);
    for (let i = 0; i < 61; i++) await guess(deps, { address: `198.51.${i}.1` });
    await requestPasswordReset(deps, { email: EMAIL }, OFFICE);
    const token = secretOf(await lastMail(deps, 'reset_password', EMAIL));
    const answer = await resetPassword(deps, { token, password: 'another good password' }, OFFICE);
    expect(await guess(deps, {}, 'another good password')).toBe('too_many_tries');
    expect(await guess(deps, { device: deviceOf(answer.deviceCookie) }, 'another good password')).toHaveProperty('cookie');
  });
});

describe('a browser that signs in', () => {
  it('for the first time is told by mail, after that not; a newcomer gets no letter', async () => {
    const deps = await testDeps();
    const { device } = await knownBrowser(deps, EMAIL);
    const letters = async () => (await mailsTo(deps, EMAIL)).filter((mail) => mail.kind === 'new_device').length;
    expect(await letters()).toBe(1);
    await guess(deps, { device }, PASSWORD);
    await guess(deps, { device, address: '192.0.2.1' }, PASSWORD);
    expect(await letters()).toBe(1);
    await guess(deps, { device: 'x'.repeat(27) }, PASSWORD);
    expect(await letters()).toBe(2);
    const { facts } = await lastMail(deps, 'new_device', EMAIL);
    expect(facts).toMatchObject({ network: '203.0.113.*', at: deps.time.now, browser: '' });
    expect(JSON.stringify(facts)).not.toContain('203.0.113.7');
  });

  it('may be several people’s, each known by it for themselves', async () => {
    const deps = await testDeps();
    const { device } = await knownBrowser(deps, EMAIL);
    await newcomer(deps, 'wang.fang@example.com');
    const answer = await signIn(deps, { email: 'wang.fang@example.com', password: PASSWORD }, { ...OFFICE, device });
    if ('awaitsCode' in answer) throw new Error('not let in');
    expect(deviceOf(answer.deviceCookie)).toBe(device);
    expect(await guess(deps, { device }, PASSWORD)).toHaveProperty('cookie');
  });

  it('is known by a secret whose hash alone is stored, bound to the host over TLS', async () => {
    const deps = await testDeps({ ORIGIN: 'https://hengji.example' });
    const { device, deviceCookie } = await knownBrowser(deps, EMAIL);
    expect(deviceCookie).toMatch(/^__Host-hengji_device=[\w-]{27}; HttpOnly; Max-Age=34560000; Path=\/; SameSite=Lax; Secure$/);
    expect(JSON.stringify(await deps.db.read((q) => q.select().from(knownDevice)))).not.toContain(device);
  });

  it('is no longer known after another has changed the password', async () => {
    const deps = await testDeps();
    const other = await knownBrowser(deps, EMAIL);
    const { viewer } = await signedIn(deps, EMAIL);
    await changePassword(deps, viewer, { current: PASSWORD, password: 'a new long password' }, OFFICE);
    const before = (await mailsTo(deps, EMAIL)).length;
    await guess(deps, { device: other.device }, 'a new long password');
    expect(await mailsTo(deps, EMAIL)).toHaveLength(before + 1);
  });
});

describe('the sign-ins of a person', () => {
  it('are listed, the newest first, nobody else’s among them, for half a year', async () => {
    const deps = await testDeps();
    const { viewer } = await newcomer(deps, EMAIL);
    const stranger = await newcomer(deps, 'eve@example.com');
    deps.time.now += DAY;
    const answer = await signIn(deps, { email: EMAIL, password: PASSWORD }, OFFICE);
    if ('awaitsCode' in answer) throw new Error('not let in');
    deps.time.now += DAY;
    await guess(deps, {});
    await guess(deps, { device: deviceOf(answer.deviceCookie) }, PASSWORD);
    expect((await listSignIns(deps, viewer)).map(({ way, newDevice, network }) => [way, newDevice, network])).toEqual([
      ['password', false, '203.0.113.*'],
      ['password', true, '203.0.113.*'],
      ['confirmation', true, '203.0.113.*'],
    ]);
    expect(await listSignIns(deps, stranger.viewer)).toHaveLength(1);
    deps.time.now += 181 * DAY;
    await forgetExpired(deps);
    expect(await deps.db.read((q) => q.select().from(signInRecord))).toEqual([]);
    expect(await deps.db.read((q) => q.select().from(knownDevice))).not.toEqual([]);
    deps.time.now += 400 * DAY;
    await forgetExpired(deps);
    expect(await deps.db.read((q) => q.select().from(knownDevice))).toEqual([]);
  });
});

describe('the operator', () => {
  it('signs somebody out everywhere: audited, told by mail, nobody else touched', async () => {
    const deps = await testDeps();
    const operator = await newcomer(deps, 'operator@example.com');
    await deps.db.write((tx) => tx.update(person).set({ operator: true }).where(eq(person.id, operator.viewer.person.id)));
    const { cookie, viewer } = await newcomer(deps, EMAIL);
    const second = await signedIn(deps, EMAIL);
    const operatorId = operator.viewer.person.id;
    expect(await findPerson(deps, operatorActor(operatorId), EMAIL)).toMatchObject({ id: viewer.person.id, sessions: 2 });
    expect(await findPerson(deps, operatorActor(operatorId), 'nobody@example.com')).toBeUndefined();
    await endSessions(deps, operatorActor(operatorId), viewer.person.id);
    for (const one of [cookie, second.cookie]) expect(await getViewer(deps, requestWith(one))).toBeNull();
    expect(await getViewer(deps, requestWith(operator.cookie))).not.toBeNull();
    const chain = await deps.db.read((q) =>
      q
        .select()
        .from(auditLog)
        .where(eq(auditLog.chain, `person:${viewer.person.id}`)),
    );
    expect(chain.at(-1)).toMatchObject({ action: 'sessions_ended', actorId: operatorId });
    await lastMail(deps, 'sessions_ended', EMAIL);
    expect(await signIn(deps, { email: EMAIL, password: PASSWORD }, OFFICE)).toHaveProperty('cookie');
  });

  it('is who may; others find nobody', async () => {
    const deps = await testDeps();
    const { viewer, cookie } = await newcomer(deps, EMAIL);
    const eve = await newcomer(deps, 'eve@example.com');
    for (const work of [
      () => endSessions(deps, operatorActor(eve.viewer.person.id), viewer.person.id),
      () => endSessions(deps, operatorActor(viewer.person.id), viewer.person.id),
      () => findPerson(deps, operatorActor(eve.viewer.person.id), EMAIL),
    ])
      await expect(work()).rejects.toMatchObject({ code: 'not_found' });
    expect(await getViewer(deps, requestWith(cookie))).not.toBeNull();
  });
});
