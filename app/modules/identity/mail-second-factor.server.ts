import { type MailFacts, queueMail } from '#app/core/mail.server.ts';
import type { Queries } from '#db/queries.ts';
import type { person } from '#db/schema/identity.ts';

type Owner = Pick<typeof person.$inferSelect, 'email' | 'name' | 'locale'>;

/** Whoever did not do it learns of it at once. */
export const mailSecondFactor = (tx: Queries, { email, name, locale }: Owner, on: boolean, now: number) =>
  queueMail(tx, { kind: 'second_factor', to: email, locale, facts: { name, on, at: now, link: '/account' } }, now);

/** The same of one passkey among several ways. */
export const mailPasskey = (
  tx: Queries,
  { email, name, locale }: Owner,
  facts: Pick<MailFacts['passkey_changed'], 'passkey' | 'change'>,
  now: number,
) => queueMail(tx, { kind: 'passkey_changed', to: email, locale, facts: { name, ...facts, at: now, link: '/account/second-factor' } }, now);
