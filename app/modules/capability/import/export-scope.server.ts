import type { Actor } from '#app/core/actor.ts';
import { apart } from '#app/core/apart.ts';
import type { Deps } from '#app/core/deps.ts';
import { centreOf } from '#app/modules/centres/centre-access.server.ts';
import { printScope } from './print-scope.server.ts';
import { scopeNow } from './scope-access.server.ts';

/** The actor's scope as a file. @throws Problem not_found */
export const exportScope = apart('scope.export', ({ db, clock }: Pick<Deps, 'db' | 'clock'>, actor: Actor) =>
  db.read(async (q) => {
    const centre = await centreOf(q, actor);
    return { name: `scope-${centre.slug}.csv`, csv: printScope(await scopeNow(q, centre.id, clock())) };
  }),
);
