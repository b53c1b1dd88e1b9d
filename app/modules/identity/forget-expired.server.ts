import { lte } from 'drizzle-orm';
import type { Deps } from '#app/core/deps.ts';
import { session } from '#db/schema/identity.ts';
import { forgetOldTokens } from './email-tokens.server.ts';
import { forgetOldSignIns } from './enter.server.ts';
import { forgetOldDevices } from './known-devices.server.ts';
import { forgetOldWindows } from './limits.server.ts';
import { forgetOldChallenges } from './passkey-challenge.server.ts';

/** Background work: what has ended is deleted, so that nothing about people is kept longer than it is needed. */
export async function forgetExpired({ db, clock }: Pick<Deps, 'db' | 'clock'>): Promise<void> {
  const now = clock();
  await db.write(async (tx) => {
    await tx.delete(session).where(lte(session.expiresAt, now));
    await forgetOldTokens(tx, now);
    await forgetOldDevices(tx, now);
    await forgetOldSignIns(tx, now);
    await forgetOldWindows(tx, now);
    await forgetOldChallenges(tx, now);
  });
}
