/** Case `email-idn`: one mailbox is one account, however its domain is written. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { drainOutbox } from '#app/core/outbox.server.ts';
import { moduleLetters } from '#app/http/modules.ts';
import { runWithLocale } from '#app/i18n/locale.server.ts';
import { canonicalEmail } from '#app/modules/identity/email-address.ts';
import { verifyEmail } from '#app/modules/identity/verify-email.server.ts';
import { mailDelivery } from '#app/modules/notices/deliver-mail.server.ts';
import { action as forgot } from '#app/routes/identity/forgot.tsx';
import { action as members } from '#app/routes/identity/members.tsx';
import { action as signIn } from '#app/routes/identity/sign-in.tsx';
import { action as signUp } from '#app/routes/identity/sign-up.tsx';
import { person } from '#db/schema/identity.ts';
import { testDeps } from '#tests/support/database.ts';
import { smtpInbox } from '../notices/smtp-inbox.ts';
import { lastMail, mailsTo, OFFICE, PASSWORD, secretOf } from './people.ts';

const WRITTEN = 'Info@Bücher.example';
const STORED = 'info@xn--bcher-kva.example';
type Deps = Awaited<ReturnType<typeof testDeps>>;
type Action = typeof signUp;

/** Sends a form as a browser would. @returns where it leads, with the cookie it sets, or the faults that come back */
async function send(deps: Deps, action: unknown, path: string, fields: Record<string, string>, cookie = '') {
  const request = new Request(`http://localhost:3000${path}`, { method: 'POST', body: new URLSearchParams(fields), headers: { cookie } });
  const context = { services: { ...deps, wake() {} }, address: OFFICE.address };
  const args = { request, params: {}, context } as unknown as Parameters<Action>[0];
  const answer: unknown = await runWithLocale('zh-CN', () => (action as Action)(args) as Promise<unknown>).catch(
    (thrown: unknown) => thrown,
  );
  if (answer instanceof Response)
    return { to: answer.headers.get('location'), cookie: answer.headers.get('set-cookie')?.split(';')[0] ?? '' };
  if (answer instanceof Error) throw answer;
  return { came: JSON.stringify(answer) };
}
const newcomer = (email: string) => ({
  name: '李伟',
  email,
  password: PASSWORD,
  kind: 'sme',
  nameZh: '示范书店',
  city: '苏州',
});

describe('an address with letters of its own', () => {
  it('signs up, gets its mail, signs in either way, and is one account', async () => {
    const inbox = await smtpInbox();
    const deps = await testDeps({ SMTP_URL: inbox.url });
    expect(await send(deps, signUp, '/sign-up', newcomer(WRITTEN))).toMatchObject({ to: '/check-mail' });
    const secret = secretOf(await lastMail(deps, 'verify_email', STORED));
    const { handlers, close } = mailDelivery(deps, moduleLetters);
    onTestFinished(close);
    await drainOutbox(deps, handlers, 'test');
    // This server shows recipients with their own letters; what it was sent is the form every server takes.
    expect(inbox.received.map(({ recipients }) => recipients.map(canonicalEmail))).toEqual([[STORED]]);
    expect(inbox.received[0]?.raw).toMatch(new RegExp(`^To: <?${STORED}>?\\r?$`, 'm'));
    await verifyEmail(deps, { token: secret, password: PASSWORD }, OFFICE);
    for (const email of [WRITTEN, STORED, 'info@BÜCHER.example', 'info@bu\u0308cher.example']) {
      const answer = await send(deps, signIn, '/sign-in', { email, password: PASSWORD });
      expect(answer, email).toMatchObject({ to: expect.any(String), cookie: expect.stringMatching(/=./) });
    }
    // The other way round it is known already, and asking for a new password reaches it.
    await send(deps, signUp, '/sign-up', newcomer(STORED));
    await send(deps, forgot, '/forgot', { email: WRITTEN });
    expect(await deps.db.read((q) => q.select({ email: person.email }).from(person))).toEqual([{ email: STORED }]);
    expect((await mailsTo(deps, STORED)).map(({ kind }) => kind)).toEqual([
      ...Array(4).fill('new_device'),
      'address_in_use',
      'reset_password',
    ]);
  });

  it('is invited once, however it is written', async () => {
    const deps = await testDeps();
    await send(deps, signUp, '/sign-up', newcomer('owner@example.com'));
    await verifyEmail(deps, { token: secretOf(await lastMail(deps, 'verify_email', 'owner@example.com')), password: PASSWORD }, OFFICE);
    const { cookie } = await send(deps, signIn, '/sign-in', { email: 'owner@example.com', password: PASSWORD });
    for (const email of ['li.wei@例子.中国', 'LI.WEI@xn--fsqu00a.XN--FIQS8S'])
      expect(await send(deps, members, '/members', { intent: 'invite', email, role: 'member' }, cookie)).toMatchObject({
        to: '/members?done=invited',
      });
    expect((await mailsTo(deps)).filter(({ kind }) => kind === 'invitation').map(({ to }) => to)).toEqual(
      Array(2).fill('li.wei@xn--fsqu00a.xn--fiqs8s'),
    );
  });
});
