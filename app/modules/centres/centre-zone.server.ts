import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { centreOf } from './centre-access.server.ts';

/** The time zone the actor's centre reckons its days in. @throws Problem not_found */
export const centreZone = ({ db }: Pick<Deps, 'db'>, actor: Actor): Promise<string> =>
  db.read(async (q) => (await centreOf(q, actor)).timeZone);
