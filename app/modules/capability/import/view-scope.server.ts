import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import type { Capability } from '../capability.ts';
import type { Scopes } from '../load-scopes.server.ts';
import { centreOf } from './scope-access.server.ts';

/** The actor's own scope, by instrument and range. @throws Problem not_found */
export async function viewScope({ db }: Pick<Deps, 'db'>, scopes: Scopes, actor: Actor): Promise<Capability[]> {
  const centre = await db.read((q) => centreOf(q, actor));
  return scopes
    .of(centre.id)
    .sort(
      (a, b) =>
        a.instrumentZh.localeCompare(b.instrumentZh, 'zh-CN') ||
        a.measurandZh.localeCompare(b.measurandZh, 'zh-CN') ||
        (a.range?.base.min ?? 0) - (b.range?.base.min ?? 0),
    );
}
