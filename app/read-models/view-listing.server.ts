import { and, asc, desc, eq } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import { scopeCounted } from '#app/modules/capability/import/scope-access.server.ts';
import { groupKey } from '#app/modules/capability/search/scope-groups.ts';
import { BLANK, contentOf, type ListingContent } from '#app/modules/catalogue/listing/listing-content.ts';
import { centreOf } from '#app/modules/centres/centre-access.server.ts';
import type { Queries } from '#db/queries.ts';
import { capability } from '#db/schema/capability.ts';
import { service, serviceCapability, servicePool } from '#db/schema/catalogue.ts';
import { centre as centreTable } from '#db/schema/centres.ts';
import { listing, serviceVersion } from '#db/schema/listings.ts';
import { pool } from '#db/schema/scheduling.ts';

const VERSIONS_SHOWN = 10;

/** Made once: `localeCompare` looks its language up at every comparison, and a scope has thousands of groups. */
const inChinese = new Intl.Collator('zh-CN');

/** What a centre can say a service is sold on and needs. */
export type ListingChoices = Awaited<ReturnType<typeof choicesOf>>;

export async function choicesOf(q: Queries, centreId: string) {
  const pools = await q
    .select({ id: pool.id, kind: pool.kind, nameZh: pool.nameZh, nameEn: pool.nameEn })
    .from(pool)
    .where(eq(pool.centreId, centreId))
    .orderBy(asc(pool.position), asc(pool.id));
  const groups = Map.groupBy(await scopeCounted(q, centreId), groupKey);
  const scope = [...groups].map(([key, rows]) => {
    const [first] = rows as [(typeof rows)[number], ...typeof rows];
    const { instrumentZh, instrumentEn, method } = first;
    return { key, instrumentZh, instrumentEn, method, rows: rows.reduce((sum, row) => sum + row.rows, 0) };
  });
  const [place] = await q.select({ address: centreTable.addressZh }).from(centreTable).where(eq(centreTable.id, centreId));
  return { pools, address: place?.address ?? '', scope: scope.sort((a, b) => inChinese.compare(a.key, b.key)) };
}

/** The same while a form is being filled in. @throws Problem not_found */
export const viewChoices = ({ db }: Pick<Deps, 'db'>, actor: Actor): Promise<ListingChoices> =>
  db.read(async (q) => choicesOf(q, (await centreOf(q, actor)).id));

async function publishedContent(q: Queries, centreId: string, serviceId: string) {
  const [row] = await q
    .select()
    .from(service)
    .where(and(eq(service.id, serviceId), eq(service.centreId, centreId)));
  if (!row) return null;
  const pools = await q
    .select({ id: servicePool.poolId })
    .from(servicePool)
    .where(eq(servicePool.serviceId, serviceId))
    .orderBy(asc(servicePool.position), asc(servicePool.poolId));
  const rows = await q
    .select({ instrumentZh: capability.instrumentZh, instrumentEn: capability.instrumentEn, method: capability.method })
    .from(serviceCapability)
    .innerJoin(capability, eq(capability.id, serviceCapability.capabilityId))
    .where(eq(serviceCapability.serviceId, serviceId));
  const content = contentOf(
    row,
    pools.map(({ id }) => id),
    [...new Set(rows.map(groupKey))],
  );
  return { content, slug: row.slug, status: row.status, version: row.version };
}

/**
 * A listing of the actor's centre as it was last saved, beside what is published; a new one for `null`.
 * @throws Problem not_found
 */
export const viewListing = ({ db }: Pick<Deps, 'db'>, actor: Actor, serviceId: string | null) =>
  db.read(async (q) => {
    const centre = await centreOf(q, actor);
    const choices = await choicesOf(q, centre.id);
    const { preparing } = centre;
    if (serviceId === null) return { preparing, choices, content: BLANK, revision: 0, state: null, published: null, versions: [] };
    const published = await publishedContent(q, centre.id, serviceId);
    const [saved] = await q
      .select()
      .from(listing)
      .where(and(eq(listing.serviceId, serviceId), eq(listing.centreId, centre.id)));
    const content = saved ? { ...BLANK, ...(saved.content as ListingContent) } : published?.content;
    if (!content) throw new Problem('not_found');
    const versions = await q
      .select({ version: serviceVersion.version, publishedAt: serviceVersion.publishedAt })
      .from(serviceVersion)
      .where(eq(serviceVersion.serviceId, serviceId))
      .orderBy(desc(serviceVersion.version))
      .limit(VERSIONS_SHOWN);
    return { preparing, choices, content, revision: saved?.revision ?? 0, state: saved?.state ?? null, published, versions };
  });
