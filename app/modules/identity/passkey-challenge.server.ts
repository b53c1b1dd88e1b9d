import { and, eq, gt, lte } from 'drizzle-orm';
import type { Deps } from '#app/core/deps.ts';
import type { Queries } from '#db/queries.ts';
import { passkeyChallenge } from '#db/schema/identity.ts';
import type { Viewer } from './guards.server.ts';
import { CHALLENGE_MS } from './passkey-rules.ts';

type Purpose = (typeof passkeyChallenge.$inferSelect)['purpose'];

/** A question stands for this session alone; the one before it, of the same purpose, no longer. */
export async function keepChallenge(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { session }: Viewer,
  purpose: Purpose,
  challenge: string,
): Promise<void> {
  const row = { challenge, expiresAt: clock() + CHALLENGE_MS };
  await db.write(async (tx) => {
    await tx
      .insert(passkeyChallenge)
      .values({ sessionId: session.id, purpose, ...row })
      .onConflictDoUpdate({ target: [passkeyChallenge.sessionId, passkeyChallenge.purpose], set: row });
  });
}

/** Whatever comes of the answer, the question is gone: of two answers at once one finds it. @returns nothing when it is over or was none */
export const takeChallenge = (
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { session }: Viewer,
  purpose: Purpose,
): Promise<string | undefined> =>
  db.write(async (tx) => {
    const own = and(
      eq(passkeyChallenge.sessionId, session.id),
      eq(passkeyChallenge.purpose, purpose),
      gt(passkeyChallenge.expiresAt, clock()),
    );
    const [taken] = await tx.delete(passkeyChallenge).where(own).returning({ challenge: passkeyChallenge.challenge });
    return taken?.challenge;
  });

export const forgetOldChallenges = (tx: Queries, now: number) => tx.delete(passkeyChallenge).where(lte(passkeyChallenge.expiresAt, now));
