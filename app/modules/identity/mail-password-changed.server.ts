import { queueMail } from '#app/core/mail.server.ts';
import type { Queries } from '#db/queries.ts';
import type { person } from '#db/schema/identity.ts';

/** Whoever did not change it learns of it at once, with the way to take the account back. */
export const mailPasswordChanged = (tx: Queries, holder: Pick<typeof person.$inferSelect, 'email' | 'name' | 'locale'>, now: number) =>
  queueMail(
    tx,
    { kind: 'password_changed', to: holder.email, locale: holder.locale, facts: { name: holder.name, link: '/forgot', at: now } },
    now,
  );
