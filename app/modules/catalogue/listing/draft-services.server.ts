import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { newId } from '#app/core/ids.server.ts';
import { Problem } from '#app/core/problem.ts';
import { scopeOf } from '#app/modules/capability/import/scope-access.server.ts';
import { groupKey } from '#app/modules/capability/search/scope-groups.ts';
import { centreOf } from '#app/modules/centres/centre-access.server.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import { chunks } from '#db/queries.ts';
import { listing } from '#db/schema/listings.ts';
import { type Common, draftFromGroup } from './draft-from-group.ts';
import type { OwnPools } from './own-pools.ts';

/** In one go: more than any scope has instruments. */
export const MOST_DRAFTS = 500;

/**
 * One draft for each chosen group of the scope, all or none.
 * @param chosen groups (`groupKey`) and the net 分 of a piece; 0: to be said later
 * @returns the ids of the services they will be, in the order chosen
 * @throws Problem forbidden for who drafts none; invalid_form {field: groups | poolIds, reason}
 */
export const draftServices = (
  { db, clock, ownPools }: Pick<Deps, 'db' | 'clock'> & { ownPools: OwnPools },
  actor: Actor,
  chosen: readonly { key: string; unitNet: number }[],
  common: Common,
): Promise<string[]> =>
  db.write(async (tx) => {
    requireRight(actor, 'service.draft');
    const centre = await centreOf(tx, actor);
    if (chosen.length === 0) throw new Problem('invalid_form', { field: 'groups', reason: 'choose' });
    if (chosen.length > MOST_DRAFTS) throw new Problem('invalid_form', { field: 'groups', reason: 'too_many' });
    const pools = await ownPools(tx, centre.id, common.poolIds);
    if (pools.length !== new Set(common.poolIds).size) throw new Problem('invalid_form', { field: 'poolIds', reason: 'gone' });
    const groups = Map.groupBy(await scopeOf(tx, centre.id), groupKey);
    const values = chosen.map(({ key, unitNet }) => {
      const [first] = groups.get(key) ?? [];
      if (!first) throw new Problem('invalid_form', { field: 'groups', reason: 'gone' });
      const content = draftFromGroup(first, common, unitNet);
      const state = 'draft' as const;
      return { serviceId: newId(), centreId: centre.id, content, state, revision: 1, personId: actor.personId, updatedAt: clock() };
    });
    for (const part of chunks(values)) await tx.insert(listing).values(part);
    return values.map(({ serviceId }) => serviceId);
  });
