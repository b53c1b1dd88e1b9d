import { and, eq, isNull } from 'drizzle-orm';
import type { Deps } from '#app/core/deps.ts';
import { person } from '#db/schema/identity.ts';
import { type Caller, countMailRequest } from './limits.server.ts';
import { mailVerification } from './mail-verification.server.ts';

/** The same answer for every address; mail only for one that waits to be confirmed. @throws Problem too_many_tries */
export async function resendVerification(deps: Deps, { email }: { email: string }, from: Caller): Promise<void> {
  await countMailRequest(deps, email, from);
  const now = deps.clock();
  await deps.db.write(async (tx) => {
    const [waiting] = await tx
      .select()
      .from(person)
      .where(and(eq(person.email, email), isNull(person.emailVerifiedAt)));
    if (waiting) await mailVerification(tx, waiting, now);
  });
}
