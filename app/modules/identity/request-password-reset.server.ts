import { eq } from 'drizzle-orm';
import type { Deps } from '#app/core/deps.ts';
import { queueMail } from '#app/core/mail.server.ts';
import { enqueue } from '#app/core/outbox.server.ts';
import type { Queries } from '#db/queries.ts';
import { person } from '#db/schema/identity.ts';
import { issueToken, LASTS_MS } from './email-tokens.server.ts';
import { type Caller, countMailRequest } from './limits.server.ts';

/**
 * The same answer for every address, after the same work: whether we know it is looked up when nobody waits for the answer any more, so
 * that the time taken does not tell. @throws Problem too_many_tries
 */
export async function requestPasswordReset(deps: Deps, { email }: { email: string }, from: Caller): Promise<void> {
  await countMailRequest(deps, email, from);
  await deps.db.write((tx) => enqueue(tx, { topic: 'password_reset_requested', payload: { email } }, deps.clock()));
}

/** A link by mail for an address we know. */
export async function mailReset(tx: Queries, email: string, now: number): Promise<void> {
  const [known] = await tx.select().from(person).where(eq(person.email, email));
  const secret = known && (await issueToken(tx, known.id, 'reset', now));
  if (!secret) return;
  const facts = { name: known.name, link: `/reset/${secret}`, minutes: LASTS_MS.reset / 60_000 };
  await queueMail(tx, { kind: 'reset_password', to: email, locale: known.locale, facts }, now);
}
