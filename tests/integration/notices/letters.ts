/** Every kind of letter with its facts, and the outbox they wait in. */
import { asc } from 'drizzle-orm';
import { onTestFinished } from 'vitest';
import type { Deps } from '#app/core/deps.ts';
import { type Locale, type Mail, type MailFacts, type MailKind, queueMail } from '#app/core/mail.server.ts';
import { drainOutbox } from '#app/core/outbox.server.ts';
import { moduleLetters } from '#app/http/modules.ts';
import { mailDelivery } from '#app/modules/notices/deliver-mail.server.ts';
import { outbox } from '#db/schema/core.ts';
import { MONDAY } from '#tests/support/database.ts';
import type { SampleLetters } from '#tests/support/sample-letters.ts';

/** The samples of every module: LETTERS of tests/integration/<module>/letters.ts. A kind without one fails mail.test.ts. */
const samples = import.meta.glob<SampleLetters>('../*/letters.ts', { eager: true, import: 'LETTERS' });
export const facts = Object.assign({}, ...Object.values(samples)) as { [K in MailKind]: MailFacts[K] };

export const KINDS = Object.keys(moduleLetters) as MailKind[];

export const mailOf = (kind: MailKind, locale: Locale = 'zh-CN', to = 'li.wei@example.com') =>
  ({ kind, to, locale, facts: facts[kind] }) as Mail;

export const at = { origin: 'https://hengji.example', from: 'Hengji <no-reply@hengji.example>', now: MONDAY, letters: moduleLetters };

export const queue = (deps: Deps, ...mails: Mail[]) =>
  deps.db.write(async (tx) => {
    for (const mail of mails) await queueMail(tx, mail, deps.clock());
  });

export const deliver = async (deps: Deps) => {
  const { handlers, close } = mailDelivery(deps, moduleLetters);
  onTestFinished(close);
  return drainOutbox(deps, handlers, 'test');
};

export const effects = (deps: Deps) => deps.db.read((q) => q.select().from(outbox).orderBy(asc(outbox.id)));
