import { and, eq, isNull } from 'drizzle-orm';
import type { Deps } from '#app/core/deps.ts';
import { enqueue } from '#app/core/outbox.server.ts';
import type { Queries } from '#db/queries.ts';
import { person } from '#db/schema/identity.ts';
import { type Caller, countMailRequest } from './limits.server.ts';
import { mailVerification } from './mail-verification.server.ts';

/** The same answer for every address, after the same work; see requestPasswordReset. @throws Problem too_many_tries */
export async function resendVerification(deps: Deps, { email }: { email: string }, from: Caller): Promise<void> {
  await countMailRequest(deps, email, from);
  await deps.db.write((tx) => enqueue(tx, { topic: 'verification_requested', payload: { email } }, deps.clock()));
}

/** Mail only for an address that waits to be confirmed. */
export async function mailVerificationAgain(tx: Queries, email: string, now: number): Promise<void> {
  const [waiting] = await tx
    .select()
    .from(person)
    .where(and(eq(person.email, email), isNull(person.emailVerifiedAt)));
  if (waiting) await mailVerification(tx, waiting, now);
}
