import { eq } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { groupKey } from '#app/modules/capability/search/scope-groups.ts';
import { pricedServices } from '#app/modules/catalogue/prices/priced-services.server.ts';
import { centreOf } from '#app/modules/centres/centre-access.server.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import { capability } from '#db/schema/capability.ts';
import { choicesOf } from './view-listing.server.ts';

/** The groups of a scope with the services sold on each, drafts among them, and the pools there are: what services are made from. */
export const viewUnlistedScope = ({ db }: Pick<Deps, 'db'>, actor: Actor) =>
  db.read(async (q) => {
    requireRight(actor, 'centre.view');
    const centre = await centreOf(q, actor);
    const { pools, scope } = await choicesOf(q, centre.id);
    const fields = await q
      .selectDistinct({
        field: capability.fieldZh,
        instrumentZh: capability.instrumentZh,
        instrumentEn: capability.instrumentEn,
        method: capability.method,
      })
      .from(capability)
      .where(eq(capability.centreId, centre.id));
    const fieldOf = new Map(fields.map((row) => [groupKey(row), row.field]));
    const sold = new Map<string, number>();
    for (const { content, saved } of await pricedServices(q, centre.id))
      for (const key of new Set([...content.scope, ...(saved?.content.scope ?? [])])) sold.set(key, (sold.get(key) ?? 0) + 1);
    return {
      preparing: centre.preparing,
      pools,
      groups: scope.map((group) => ({ ...group, field: fieldOf.get(group.key) ?? '', services: sold.get(group.key) ?? 0 })),
    };
  });
