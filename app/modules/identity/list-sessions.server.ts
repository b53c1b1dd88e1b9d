import type { Deps } from '#app/core/deps.ts';
import type { Viewer } from './guards.server.ts';
import { sessionsOf } from './sessions.server.ts';

/** Where the person is signed in, this session first, then the newest. Instants in UTC milliseconds. */
export async function listSessions(deps: Deps, viewer: Viewer) {
  const sessions = await sessionsOf(deps, viewer.person.id);
  return sessions
    .filter(({ awaitsCode }) => !awaitsCode)
    .map(({ id, createdAt, userAgent, address }) => ({ id, createdAt, userAgent, address, current: id === viewer.session.id }))
    .sort((a, b) => Number(b.current) - Number(a.current) || b.createdAt - a.createdAt);
}
