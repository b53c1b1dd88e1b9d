import { queueMail } from '#app/core/mail.server.ts';
import type { Queries } from '#db/queries.ts';
import type { person } from '#db/schema/identity.ts';

/** Whoever did not do it learns of it at once. */
export const mailSecondFactor = (
  tx: Queries,
  { email, name, locale }: Pick<typeof person.$inferSelect, 'email' | 'name' | 'locale'>,
  on: boolean,
  now: number,
) => queueMail(tx, { kind: 'second_factor', to: email, locale, facts: { name, on, at: now, link: '/account' } }, now);
