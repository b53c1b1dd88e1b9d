/** What the tests of identity share: people who signed up the real way, and the mail that was queued for them. */
import { and, asc, eq } from 'drizzle-orm';
import type { Deps } from '#app/core/deps.ts';
import type { Mail, MailKind, MailOf } from '#app/core/mail.server.ts';
import { drainOutbox } from '#app/core/outbox.server.ts';
import { getViewer, type Member } from '#app/modules/identity/guards.server.ts';
import { identityEffects } from '#app/modules/identity/identity-effects.server.ts';
import { signIn } from '#app/modules/identity/sign-in.server.ts';
import { signUp } from '#app/modules/identity/sign-up.server.ts';
import { verifyEmail } from '#app/modules/identity/verify-email.server.ts';
import { outbox } from '#db/schema/core.ts';
import type { OrganisationKind } from '#db/schema/identity.ts';

export const PASSWORD = 'gauge block no 12';
export const OFFICE = { address: '203.0.113.7', userAgent: 'test browser' };

export const form = (email: string, kind: OrganisationKind = 'sme') => ({
  name: '李伟',
  email,
  password: PASSWORD,
  kind,
  nameZh: '苏州精测仪器有限公司',
  nameEn: 'Suzhou Jingce Instruments',
  city: '苏州',
  locale: 'zh-CN' as const,
});

/** What was asked for with an address is looked up behind the answer: done first. */
export async function mailsTo(deps: Deps, to?: string): Promise<Mail[]> {
  await drainOutbox(deps, identityEffects(deps), 'test');
  const rows = await deps.db.read((q) =>
    q.select().from(outbox).where(eq(outbox.topic, 'mail')).orderBy(asc(outbox.createdAt), asc(outbox.id)),
  );
  return rows.map((row) => row.payload as Mail).filter((mail) => !to || mail.to === to);
}
export async function lastMail<K extends MailKind>(deps: Deps, kind: K, to: string): Promise<MailOf<K>> {
  const mail = (await mailsTo(deps, to)).filter((m) => m.kind === kind).at(-1);
  if (!mail) throw new Error(`no ${kind} for ${to}`);
  return mail as MailOf<K>;
}
export const forgetMail = (deps: Deps) => deps.db.write((tx) => tx.delete(outbox).where(and(eq(outbox.topic, 'mail'))));

/** The secret at the end of a mailed link. */
export const secretOf = (mail: { facts: { link: string } }) => mail.facts.link.split('/').at(-1) as string;

export const requestWith = (cookie: string, path = '/account') =>
  new Request(`http://localhost:3000${path}`, { headers: { cookie: cookie.split(';')[0] as string } });

/** Signs in and gives the viewer as a page would see it. */
export async function signedIn(deps: Deps, email: string, password = PASSWORD): Promise<{ cookie: string; viewer: Member }> {
  const answer = await signIn(deps, { email, password }, OFFICE);
  return { cookie: answer.cookie, viewer: await viewerOf(deps, answer.cookie) };
}
export async function viewerOf(deps: Deps, cookie: string): Promise<Member> {
  const viewer = await getViewer(deps, requestWith(cookie));
  if (!viewer?.organisation || !viewer.role) throw new Error('nobody is signed in, or for no organisation');
  return viewer as Member;
}

/** Signs up, confirms the address by the mailed link, and is signed in. */
export async function newcomer(deps: Deps, email: string, kind: OrganisationKind = 'sme') {
  await signUp(deps, form(email, kind), OFFICE);
  const token = secretOf(await lastMail(deps, 'verify_email', email));
  const answer = await verifyEmail(deps, { token, password: PASSWORD }, OFFICE);
  return { cookie: answer.cookie, viewer: await viewerOf(deps, answer.cookie) };
}

/** Which field of its form a use case refused; nothing when it did what it was asked. */
export const refusedIn = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error) => {
      if (error.code !== 'invalid_form') throw error;
      return error.facts.field;
    },
  );
