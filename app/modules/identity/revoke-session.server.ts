import { and, eq } from 'drizzle-orm';
import { audit } from '#app/core/audit.server.ts';
import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import { session } from '#db/schema/identity.ts';
import type { Viewer } from './guards.server.ts';

/** Ends one of the person's own sessions. @throws Problem not_found for one that is over, or somebody else's */
export async function revokeSession(deps: Deps, viewer: Viewer, sessionId: string): Promise<void> {
  const { id } = viewer.person;
  const now = deps.clock();
  await deps.db.write(async (tx) => {
    const ended = await tx
      .delete(session)
      .where(and(eq(session.id, sessionId), eq(session.personId, id)))
      .returning({ id: session.id });
    if (ended.length === 0) throw new Problem('not_found');
    await audit(tx, { chain: `person:${id}`, actorId: id, action: 'session_revoked', data: { sessions: 1 } }, now);
  });
}
