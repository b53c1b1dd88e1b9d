import { and, eq } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import { audit } from '#app/core/audit.server.ts';
import type { Deps } from '#app/core/deps.ts';
import { referToFiles } from '#app/core/file-use.server.ts';
import { newId } from '#app/core/ids.server.ts';
import { Problem } from '#app/core/problem.ts';
import { mayShow } from '#app/core/shown-files.server.ts';
import { centreOf } from '#app/modules/centres/centre-access.server.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import type { Queries } from '#db/queries.ts';
import { service } from '#db/schema/catalogue.ts';
import { listing } from '#db/schema/listings.ts';
import type { ListingContent } from './listing-content.ts';
import type { OwnPools } from './own-pools.ts';

export interface ListingInput {
  /** Null for a new one. */
  serviceId: string | null;
  content: ListingContent;
  /** Of the saved state the form was made from; 0 when nothing was saved. */
  revision: number;
  /** Of what was on sale when the form was made; 0 when nothing was. Publishing begins the revisions anew: both have to be as shown. */
  version: number;
}

/**
 * Keeps a listing without changing what is on sale; `review` asks a manager to publish it.
 * @throws Problem forbidden for who drafts none; not_found for what belongs to somebody else; invalid_form {field: pictures} for files of others; stale when somebody saved it meanwhile
 */
export const saveListing = (
  { db, clock, ownPools }: Pick<Deps, 'db' | 'clock'> & { ownPools: OwnPools },
  actor: Actor,
  input: ListingInput,
  state: 'draft' | 'review',
): Promise<{ serviceId: string; revision: number }> =>
  db.write(async (tx) => {
    requireDrafting(actor);
    const centre = await centreOf(tx, actor);
    const { serviceId, revision } = await latestOf(tx, centre.id, actor, input, ownPools);
    const values = { content: input.content, state, revision: revision + 1, personId: actor.personId, updatedAt: clock() };
    if (revision === 0) await tx.insert(listing).values({ ...values, serviceId, centreId: centre.id });
    else await tx.update(listing).set(values).where(eq(listing.serviceId, serviceId));
    await referToFiles(tx, { kind: 'listing', id: serviceId }, input.content.pictures);
    return { serviceId, revision: revision + 1 };
  });

/** The listing an input is for, once it is known to be the centre's own and not changed since. */
export async function latestOf(
  tx: Queries,
  centreId: string,
  { organisationId }: Actor,
  input: ListingInput,
  ownPools: OwnPools,
): Promise<{
  serviceId: string;
  revision: number;
  published: typeof service.$inferSelect | null;
  pools: Awaited<ReturnType<OwnPools>>;
}> {
  const { poolIds, pictures } = input.content;
  const pools = await ownPools(tx, centreId, poolIds);
  if (pools.length !== new Set(poolIds).size) throw new Problem('invalid_form', { field: 'poolIds', reason: 'gone' });
  // Files brought to be shown: evidence of an accreditation or a verification request is not put on sale.
  if (!(await mayShow(tx, organisationId, pictures))) throw new Problem('invalid_form', { field: 'pictures', reason: 'gone' });
  if (input.serviceId === null) return { serviceId: newId(), revision: 0, published: null, pools };
  const { serviceId } = input;
  const [saved] = await tx.select().from(listing).where(eq(listing.serviceId, serviceId));
  const [published] = await tx.select().from(service).where(eq(service.id, serviceId));
  const owner = saved?.centreId ?? published?.centreId;
  if (owner !== centreId) throw new Problem('not_found');
  if ((saved?.revision ?? 0) !== input.revision || (published?.version ?? 0) !== input.version) throw new Problem('stale');
  return { serviceId, revision: saved?.revision ?? 0, published: published ?? null, pools };
}

/** @throws Problem forbidden */
export function requireDrafting(actor: Actor): void {
  requireRight(actor, 'service.draft');
}

/** Throws away what was saved and not published. @throws Problem forbidden, not_found, stale */
export const discardListing = (
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  { serviceId, revision }: { serviceId: string; revision: number },
): Promise<void> =>
  db.write(async (tx) => {
    requireDrafting(actor);
    const centre = await centreOf(tx, actor);
    const gone = await tx
      .delete(listing)
      .where(and(eq(listing.serviceId, serviceId), eq(listing.centreId, centre.id), eq(listing.revision, revision)))
      .returning();
    if (gone.length === 0) throw new Problem('stale');
    await referToFiles(tx, { kind: 'listing', id: serviceId }, []);
    await audit(tx, { chain: `service:${serviceId}`, actorId: actor.personId, action: 'listing_discarded', data: {} }, clock());
  });
