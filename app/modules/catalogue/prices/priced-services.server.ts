/** All services of a centre with what they cost: on sale, paused, and drafts. */
import { asc, eq } from 'drizzle-orm';
import { namedRows } from '#app/modules/capability/import/scope-access.server.ts';
import { groupKey } from '#app/modules/capability/search/scope-groups.ts';
import type { Queries } from '#db/queries.ts';
import { service, serviceCapability, servicePool } from '#db/schema/catalogue.ts';
import { listing } from '#db/schema/listings.ts';
import { BLANK, contentOf, type ListingContent } from '../listing/listing-content.ts';

export type PricedService = {
  id: string;
  status: 'published' | 'paused' | 'draft';
  content: ListingContent;
  /** Of what is on sale; 0 for a draft. */
  version: number;
  /** Saved and not published: its revision, and what it says. */
  saved: { revision: number; content: ListingContent } | null;
};

/** By name. Statements by the kind of rows, not by the number of services. */
export async function pricedServices(q: Queries, centreId: string): Promise<PricedService[]> {
  const rows = await q.select().from(service).where(eq(service.centreId, centreId)).orderBy(asc(service.nameZh), asc(service.id));
  const links = await q
    .select({ serviceId: servicePool.serviceId, poolId: servicePool.poolId })
    .from(servicePool)
    .innerJoin(service, eq(service.id, servicePool.serviceId))
    .where(eq(service.centreId, centreId))
    .orderBy(asc(servicePool.position), asc(servicePool.poolId));
  const named = namedRows(q, centreId);
  const groups = await q
    .selectDistinct({
      serviceId: serviceCapability.serviceId,
      instrumentZh: named.instrumentZh,
      instrumentEn: named.instrumentEn,
      method: named.method,
    })
    .from(serviceCapability)
    .innerJoin(named, eq(named.id, serviceCapability.capabilityId));
  const drafts = await q.select().from(listing).where(eq(listing.centreId, centreId));
  const pools = Map.groupBy(links, ({ serviceId }) => serviceId);
  const scopes = Map.groupBy(groups, ({ serviceId }) => serviceId);
  const saved = new Map(
    drafts.map((row) => [row.serviceId, { revision: row.revision, content: { ...BLANK, ...(row.content as ListingContent) } }]),
  );
  const onSale = rows.map((row): PricedService => {
    const poolIds = (pools.get(row.id) ?? []).map(({ poolId }) => poolId);
    const scope = [...new Set((scopes.get(row.id) ?? []).map(groupKey))];
    const content = contentOf(row, poolIds, scope);
    return { id: row.id, status: row.status, content, version: row.version, saved: saved.get(row.id) ?? null };
  });
  const known = new Set(rows.map(({ id }) => id));
  const fresh = [...saved]
    .filter(([id]) => !known.has(id))
    .map(([id, draft]): PricedService => ({ id, status: 'draft', content: draft.content, version: 0, saved: draft }));
  return [...onSale, ...fresh];
}
