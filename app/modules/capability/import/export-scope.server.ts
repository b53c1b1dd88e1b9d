import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { printScope } from './print-scope.server.ts';
import { centreOf, scopeOf } from './scope-access.server.ts';

/** The actor's scope as a file. @throws Problem not_found */
export const exportScope = ({ db }: Pick<Deps, 'db'>, actor: Actor): Promise<{ name: string; csv: string }> =>
  db.read(async (q) => {
    const centre = await centreOf(q, actor);
    return { name: `scope-${centre.slug}.csv`, csv: printScope(await scopeOf(q, centre.id)) };
  });
