import { and, eq } from 'drizzle-orm';
import type { Deps } from '#app/core/deps.ts';
import { session } from '#db/schema/identity.ts';
import { takeCode } from './check-code.server.ts';
import { type Entered, enter } from './enter.server.ts';
import type { Viewer } from './guards.server.ts';
import { type Caller, countCode, forgive } from './limits.server.ts';

/**
 * The second step of signing in, for a session that waits for it. The session is replaced: its cookie was worth less.
 * @returns the cookies of the session and the browser; `refused` for a wrong or used code, or a step that is over
 * @throws Problem too_many_tries
 */
export async function enterCode(deps: Deps, waiting: Viewer, code: string, from: Caller): Promise<Entered | 'refused'> {
  const { id } = waiting.person;
  const tries = await countCode(deps, id);
  const now = deps.clock();
  return deps.db.write(async (tx) => {
    const way = await takeCode(tx, deps, id, code);
    if (!way) return 'refused';
    const ended = await tx
      .delete(session)
      .where(and(eq(session.id, waiting.session.id), eq(session.awaitsCode, true)))
      .returning({ id: session.id });
    if (ended.length === 0) return 'refused';
    await forgive(tx, tries, now);
    return enter(tx, deps, id, from, { way });
  });
}
