import { eq } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import { audit } from '#app/core/audit.server.ts';
import { announce } from '#app/core/change-feed.server.ts';
import type { Deps } from '#app/core/deps.ts';
import { referToFiles } from '#app/core/file-use.server.ts';
import { Problem } from '#app/core/problem.ts';
import { showTo } from '#app/core/shown-files.server.ts';
import { slugOf } from '#app/core/slug.ts';
import { scopeOf } from '#app/modules/capability/import/scope-access.server.ts';
import { groupKey } from '#app/modules/capability/search/scope-groups.ts';
import { centreOf } from '#app/modules/centres/centre-access.server.ts';
import { addressOfCentre } from '#app/modules/centres/centre-facts.server.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import { chunks, type Queries } from '#db/queries.ts';
import { service, serviceCapability, servicePool } from '#db/schema/catalogue.ts';
import { listing, serviceVersion } from '#db/schema/listings.ts';
import { poolsInOrder } from '../service-pools.server.ts';
import { columnsOf } from './listing-content.ts';
import { confirmationOf, otherInstruments } from './other-instruments.ts';
import type { OwnPools } from './own-pools.ts';
import { lacksAddress, lacksSeats, missingIn, roomOf } from './required-things.ts';
import { type ListingInput, latestOf } from './save-listing.server.ts';

/**
 * Puts a listing on sale as it is, in one transaction; orders already placed keep what they were sold.
 * A paused service stays paused.
 * @throws Problem forbidden for others than managers; not_found, stale; invalid_form {field, reason} for what is missing, for seats sold
 * without a pool of seats, for a course with coming dates that would lose its room, for what is brought to a centre without an address, for
 * rows of other instruments nobody has confirmed, and while the entry is only being prepared
 */
export async function publishListing(
  { db, clock, ownPools }: Pick<Deps, 'db' | 'clock'> & { ownPools: OwnPools },
  actor: Actor,
  input: ListingInput,
): Promise<{ serviceId: string; slug: string }> {
  requireRight(actor, 'service.publish');
  const [missing] = missingIn(input.content);
  if (missing) throw new Problem('invalid_form', { field: missing, reason: 'missing' });
  return db.write(async (tx) => {
    const now = clock();
    const centre = await centreOf(tx, actor);
    if (centre.preparing) throw new Problem('invalid_form', { field: 'nameZh', reason: 'preparing' });
    const { serviceId, published, pools } = await latestOf(tx, centre.id, actor, input, ownPools);
    if (
      lacksSeats(
        input.content,
        pools.map(({ kind }) => kind),
      )
    )
      throw new Problem('invalid_form', { field: 'poolIds', reason: 'seats' });
    const room = roomOf(input.content, inOrder(pools, input.content.poolIds));
    if (published?.sessions?.some(({ endAt }) => endAt > now)) {
      const before = await poolsInOrder(tx, serviceId);
      // Its dates are seats of that room, and who has one sits there: in another they would be sold once more.
      // What else a date needs is claimed since it was announced.
      const same = before.length === pools.length && before.every((id) => input.content.poolIds.includes(id));
      if (!same || room === null || room !== roomOf(published, inOrder(await ownPools(tx, centre.id, before), before)))
        throw new Problem('invalid_form', { field: room === null ? 'unit' : 'poolIds', reason: 'dates' });
    }
    if (lacksAddress(input.content, await addressOfCentre(tx, centre.id)))
      throw new Problem('invalid_form', { field: 'deliveryModes', reason: 'address' });
    const scope = await scopeOf(tx, centre.id);
    const confirmed = confirmationOf(input.content, otherInstruments(input.content, scope));
    if (confirmed !== '' && input.content.confirmed !== confirmed)
      throw new Problem('invalid_form', { field: 'scope', reason: 'other_instruments' });
    const content = { ...input.content, confirmed };
    const version = (published?.version ?? 0) + 1;
    const slug = published?.slug ?? slugOf(input.content.nameEn, input.content.family.replace('_', '-'), serviceId);
    const columns = { ...columnsOf(content), version, updatedAt: now, ...(room === null ? { sessions: null } : {}) };
    if (published) await tx.update(service).set(columns).where(eq(service.id, serviceId));
    else await tx.insert(service).values({ ...columns, id: serviceId, slug, centreId: centre.id, status: 'published', createdAt: now });
    await linkPools(tx, serviceId, input.content.poolIds);
    await linkScope(tx, serviceId, scope, input.content.scope);
    await showFiles(tx, centre.id, published?.pictures ?? [], input.content.pictures);
    await tx.insert(serviceVersion).values({ serviceId, version, content, personId: actor.personId, publishedAt: now });
    await tx.delete(listing).where(eq(listing.serviceId, serviceId));
    await referToFiles(tx, { kind: 'listing', id: serviceId }, []);
    await referToFiles(tx, { kind: 'service', id: serviceId }, content.pictures);
    await referToFiles(tx, { kind: 'service_version', id: `${serviceId}:${version}` }, content.pictures);
    await announce(tx, 'service', serviceId, now);
    const data = { version, ...(confirmed ? { confirmed } : {}) };
    await audit(tx, { chain: `service:${serviceId}`, actorId: actor.personId, action: 'listing_published', data }, now);
    return { serviceId, slug };
  });
}

const inOrder = (pools: Awaited<ReturnType<OwnPools>>, ids: readonly string[]) =>
  ids.flatMap((id) => pools.find((one) => one.id === id) ?? []);

async function linkPools(tx: Queries, serviceId: string, poolIds: readonly string[]): Promise<void> {
  await tx.delete(servicePool).where(eq(servicePool.serviceId, serviceId));
  if (poolIds.length > 0)
    await tx.insert(servicePool).values([...new Set(poolIds)].map((poolId, position) => ({ serviceId, poolId, position })));
}

/** @throws Problem invalid_form when a group is not in the scope (any more) */
async function linkScope(
  tx: Queries,
  serviceId: string,
  scope: Awaited<ReturnType<typeof scopeOf>>,
  keys: readonly string[],
): Promise<void> {
  await tx.delete(serviceCapability).where(eq(serviceCapability.serviceId, serviceId));
  const groups = Map.groupBy(scope, groupKey);
  if (keys.some((key) => !groups.has(key))) throw new Problem('invalid_form', { field: 'scope', reason: 'gone' });
  const rows = [...new Set(keys)].flatMap((key) => groups.get(key) ?? []);
  for (const part of chunks(rows.map(({ id }) => ({ serviceId, capabilityId: id })))) await tx.insert(serviceCapability).values(part);
}

/** Everybody sees what is on sale with a service, nobody what no service of the centre shows any more. Runs when the service is written. */
async function showFiles(tx: Queries, centreId: string, before: readonly string[], now: readonly string[]): Promise<void> {
  const dropped = before.filter((id) => !now.includes(id));
  if (dropped.length > 0) {
    const rows = await tx.select({ pictures: service.pictures }).from(service).where(eq(service.centreId, centreId));
    const shown = new Set(rows.flatMap(({ pictures }) => pictures));
    const hidden = dropped.filter((id) => !shown.has(id));
    await showTo(tx, 'listing', hidden);
  }
  await showTo(tx, 'public', now);
}
