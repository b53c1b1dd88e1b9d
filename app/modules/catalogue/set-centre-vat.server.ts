import { and, eq, inArray, ne, sql } from 'drizzle-orm';
import { audit } from '#app/core/audit.server.ts';
import { announceAll } from '#app/core/change-feed.server.ts';
import { chunks, type Queries } from '#db/queries.ts';
import { service } from '#db/schema/catalogue.ts';

const differing = (centreIds: readonly string[], basisPoints: number) =>
  and(inArray(service.centreId, [...centreIds]), ne(service.vatBasisPoints, basisPoints));

/** Which of these centres sell something at another rate. */
export async function centresWithOtherVat(q: Queries, centreIds: readonly string[], basisPoints: number): Promise<string[]> {
  const found: string[] = [];
  for (const part of chunks(centreIds)) {
    const rows = await q.selectDistinct({ centreId: service.centreId }).from(service).where(differing(part, basisPoints));
    found.push(...rows.map(({ centreId }) => centreId));
  }
  return found;
}

/** From now on all a centre sells bears this rate; orders there are keep theirs. @returns how many services changed */
export async function setCentreVat(tx: Queries, centreId: string, basisPoints: number, now: number): Promise<number> {
  const changed = await tx
    .update(service)
    .set({ vatBasisPoints: basisPoints, version: sql`${service.version} + 1`, updatedAt: now })
    .where(and(eq(service.centreId, centreId), ne(service.vatBasisPoints, basisPoints)))
    .returning({ id: service.id });
  const ids = changed.map(({ id }) => id);
  await announceAll(tx, 'service', ids, now);
  for (const id of ids)
    await audit(tx, { chain: `service:${id}`, actorId: null, action: 'service_vat_set', data: { vatBasisPoints: basisPoints } }, now);
  return ids.length;
}
