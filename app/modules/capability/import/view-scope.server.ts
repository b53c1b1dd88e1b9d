import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { type Capability, nameKey } from '../capability.ts';
import type { Scopes } from '../load-scopes.server.ts';
import { centreOf } from './scope-access.server.ts';

/**
 * The actor's own scope, by instrument and range; of it the rows that speak of all `words`.
 * @throws Problem not_found
 */
export async function viewScope({ db }: Pick<Deps, 'db'>, scopes: Scopes, actor: Actor, words = ''): Promise<Capability[]> {
  const centre = await db.read((q) => centreOf(q, actor));
  const wanted = nameKey(words).split(' ').filter(Boolean);
  const speaks = (row: Capability) => {
    const said = nameKey([row.instrumentZh, row.instrumentEn, row.measurandZh, row.measurandEn, row.method].join(' '));
    return wanted.every((word) => said.includes(word));
  };
  return scopes
    .of(centre.id)
    .filter(speaks)
    .sort(
      (a, b) =>
        a.instrumentZh.localeCompare(b.instrumentZh, 'zh-CN') ||
        a.measurandZh.localeCompare(b.measurandZh, 'zh-CN') ||
        (a.range?.base.min ?? 0) - (b.range?.base.min ?? 0),
    );
}
