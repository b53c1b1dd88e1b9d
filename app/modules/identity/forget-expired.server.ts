import type { Deps } from '#app/core/deps.ts';
import { forgetOldTokens } from './email-tokens.server.ts';
import { forgetOldWindows } from './limits.server.ts';
import { forgetEndedSessions } from './sessions.server.ts';

/** Background work: what has ended is deleted, so that nothing about people is kept longer than it is needed. */
export async function forgetExpired(deps: Deps): Promise<void> {
  const now = deps.clock();
  await deps.db.write(async (tx) => {
    await forgetEndedSessions(tx, deps);
    await forgetOldTokens(tx, now);
    await forgetOldWindows(tx, now);
  });
}
