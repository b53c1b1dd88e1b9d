import { audit } from '#app/core/audit.server.ts';
import type { Deps } from '#app/core/deps.ts';
import type { Viewer } from './guards.server.ts';
import { endOtherSessions } from './sessions.server.ts';

/** Ends every session of the person but this one. */
export async function revokeOtherSessions(deps: Deps, viewer: Viewer): Promise<void> {
  const { id } = viewer.person;
  await deps.db.write(async (tx) => {
    await endOtherSessions(tx, id, viewer.session.id);
    await audit(tx, { chain: `person:${id}`, actorId: id, action: 'session_revoked', data: { sessions: 'others' } }, deps.clock());
  });
}
