import { and, eq, inArray } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { isProblem, type Problem } from '#app/core/problem.ts';
import { centreOf } from '#app/modules/centres/centre-access.server.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import { chunks } from '#db/queries.ts';
import { service } from '#db/schema/catalogue.ts';
import { listing } from '#db/schema/listings.ts';
import { BLANK, type ListingContent, type ListingField } from './listing-content.ts';
import type { OwnPools } from './own-pools.ts';
import { publishListing } from './publish-listing.server.ts';

export type Unpublished = { id: string; nameZh: string; nameEn: string; field: ListingField; reason: string };

/**
 * Puts saved listings on sale, each by itself: what cannot be published stays a draft, and the field that stands in its way is named.
 * Ids without a saved listing of the centre are left out: there is nothing to publish.
 * @throws Problem forbidden for others than managers
 */
export async function publishDrafts(
  deps: Pick<Deps, 'db' | 'clock'> & { ownPools: OwnPools },
  actor: Actor,
  ids: readonly string[],
): Promise<{ published: number; unpublished: Unpublished[] }> {
  requireRight(actor, 'service.publish');
  const saved = await deps.db.read(async (q) => {
    const centre = await centreOf(q, actor);
    const found = [];
    for (const part of chunks([...new Set(ids)]))
      found.push(
        ...(await q
          .select({ id: listing.serviceId, content: listing.content, revision: listing.revision, version: service.version })
          .from(listing)
          .leftJoin(service, eq(service.id, listing.serviceId))
          .where(and(eq(listing.centreId, centre.id), inArray(listing.serviceId, part)))),
      );
    return found;
  });
  const unpublished: Unpublished[] = [];
  for (const { id, revision, version, ...row } of saved) {
    const content = { ...BLANK, ...(row.content as ListingContent) };
    try {
      await publishListing(deps, actor, { serviceId: id, content, revision, version: version ?? 0 });
    } catch (error) {
      if (!isProblem(error) || !SAID.some((code) => code === error.code)) throw error;
      const { field = 'nameZh', reason = error.code } = error.facts;
      const { nameZh, nameEn } = content;
      unpublished.push({ id, nameZh, nameEn, field: field as ListingField, reason: String(reason) });
    }
  }
  return { published: saved.length - unpublished.length, unpublished };
}

/** What concerns one listing alone; anything else ends the whole. */
const SAID: readonly Problem['code'][] = ['invalid_form', 'stale'];
