import { eq } from 'drizzle-orm';
import type { Deps } from '#app/core/deps.ts';
import { queueMail } from '#app/core/mail.server.ts';
import { person } from '#db/schema/identity.ts';
import { issueToken, LASTS_MS } from './email-tokens.server.ts';
import { type Caller, countMailRequest } from './limits.server.ts';

/** The same answer for every address; a link by mail for one we know. @throws Problem too_many_tries */
export async function requestPasswordReset(deps: Deps, { email }: { email: string }, from: Caller): Promise<void> {
  await countMailRequest(deps, email, from);
  const now = deps.clock();
  await deps.db.write(async (tx) => {
    const [known] = await tx.select().from(person).where(eq(person.email, email));
    const secret = known && (await issueToken(tx, known.id, 'reset', now));
    if (!secret) return;
    const facts = { name: known.name, link: `/reset/${secret}`, minutes: LASTS_MS.reset / 60_000 };
    await queueMail(tx, { kind: 'reset_password', to: email, locale: known.locale, facts }, now);
  });
}
