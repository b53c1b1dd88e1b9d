import type { Deps } from '#app/core/deps.ts';
import { hashOfSecret } from './secrets.server.ts';
import { blankCookie, endSession, sessionSecret } from './sessions.server.ts';

/** Ends the session the request came with, if any. @returns the Set-Cookie header that takes the cookie away */
export async function signOut(deps: Deps, request: Request): Promise<{ cookie: string }> {
  const secret = sessionSecret(deps.settings, request);
  if (secret) await deps.db.write((tx) => endSession(tx, deps, hashOfSecret(secret)));
  return { cookie: blankCookie(deps) };
}
