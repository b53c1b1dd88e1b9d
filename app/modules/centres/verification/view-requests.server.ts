/** Proofs as the operator judges them, and as the organisation that handed them in sees them. */

import { and, asc, desc, eq, inArray, ne } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { type CheckedFile, type FileStore, readStored } from '#app/core/files.server.ts';
import { asId } from '#app/core/ids.server.ts';
import { Problem } from '#app/core/problem.ts';
import { mustBeOperator } from '#app/modules/identity/operators.server.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import type { Queries } from '#db/queries.ts';
import { centre, centreProof } from '#db/schema/centres.ts';
import { storedFile } from '#db/schema/core.ts';
import { organisation, person } from '#db/schema/identity.ts';
import { standingOfEntry } from './request-verification.server.ts';

/** So many of each on one page: what waits is worked off, what is decided is looked up by its entry. */
const MOST_LISTED = 200;

const namesOf = (of: typeof centre | typeof organisation) => ({ nameZh: of.nameZh, nameEn: of.nameEn });

const listed = (q: Queries) =>
  q
    .select({
      id: centreProof.id,
      state: centreProof.state,
      createdAt: centreProof.createdAt,
      decidedAt: centreProof.decidedAt,
      organisationId: centreProof.organisationId,
      claimedBy: centre.organisationId,
      centre: namesOf(centre),
      organisation: namesOf(organisation),
    })
    .from(centreProof)
    .innerJoin(centre, eq(centre.id, centreProof.centreId))
    .innerJoin(organisation, eq(organisation.id, centreProof.organisationId));

/** What waits, the oldest first, and what is decided, the latest first. @throws Problem not_found for who is no operator */
export const listProofs = ({ db }: Pick<Deps, 'db'>, operatorId: string) =>
  db.read(async (q) => {
    await mustBeOperator(q, operatorId);
    const waiting = await listed(q)
      .where(eq(centreProof.state, 'waiting'))
      .orderBy(asc(centreProof.createdAt), asc(centreProof.id))
      .limit(MOST_LISTED);
    const decided = await listed(q)
      .where(inArray(centreProof.state, ['accepted', 'refused', 'withdrawn']))
      .orderBy(desc(centreProof.decidedAt), desc(centreProof.id))
      .limit(MOST_LISTED);
    return { waiting, decided };
  });

const filesOf = (q: Queries, ids: string[]) =>
  q
    .select({ id: storedFile.id, name: storedFile.name, size: storedFile.size })
    .from(storedFile)
    .where(inArray(storedFile.id, ids))
    .orderBy(asc(storedFile.id));

/** A proof beside the entry it is for. @throws Problem not_found for who is no operator and for no such proof */
export const viewProof = ({ db }: Pick<Deps, 'db'>, operatorId: string, id: string) =>
  db.read(async (q) => {
    await mustBeOperator(q, operatorId);
    const [found] = await q
      .select({ proof: centreProof, entry: centre, organisation, asker: { name: person.name, email: person.email } })
      .from(centreProof)
      .innerJoin(centre, eq(centre.id, centreProof.centreId))
      .innerJoin(organisation, eq(organisation.id, centreProof.organisationId))
      .leftJoin(person, eq(person.id, centreProof.personId))
      .where(eq(centreProof.id, asId(id)));
    if (!found) throw new Problem('not_found');
    const rivals = await listed(q)
      .where(and(eq(centreProof.centreId, found.entry.id), eq(centreProof.state, 'waiting'), ne(centreProof.id, id)))
      .orderBy(asc(centreProof.createdAt), asc(centreProof.id));
    return { ...found, files: await filesOf(q, found.proof.fileIds), rivals };
  });

/** The latest proof the organisation handed in for an entry, with its documents. */
async function latestOf(q: Queries, organisationId: string, centreId: string) {
  const [proof] = await q
    .select()
    .from(centreProof)
    .where(and(eq(centreProof.organisationId, organisationId), eq(centreProof.centreId, centreId)))
    .orderBy(desc(centreProof.createdAt), desc(centreProof.id))
    .limit(1);
  return proof ? { ...proof, files: await filesOf(q, proof.fileIds) } : null;
}

/** An entry as its claimant sees it: whether it can be asked for, and the proof that runs or was decided last. @throws Problem not_found */
export const viewClaim = ({ db }: Pick<Deps, 'db'>, actor: Actor, slug: string) =>
  db.read(async (q) => {
    requireRight(actor, 'centre.view');
    const { entry, own, fault } = await standingOfEntry(q, actor.organisationId, slug);
    return { entry, own: own ?? null, fault: fault ?? null, proof: await latestOf(q, actor.organisationId, entry.id) };
  });

/** The entry the organisation's proof waits for; null when none does. */
export const viewWaitingProof = ({ db }: Pick<Deps, 'db'>, { organisationId }: Actor) =>
  db.read(async (q) => {
    const [found] = await q
      .select({ slug: centre.slug, nameZh: centre.nameZh, nameEn: centre.nameEn })
      .from(centreProof)
      .innerJoin(centre, eq(centre.id, centreProof.centreId))
      .where(and(eq(centreProof.organisationId, organisationId), eq(centreProof.state, 'waiting')));
    return found ?? null;
  });

type Reading = Pick<Deps, 'db'> & { files: FileStore };

async function documentOf(deps: Reading, proof: typeof centreProof.$inferSelect | undefined, fileId: string): Promise<CheckedFile> {
  if (!proof?.fileIds.includes(fileId)) throw new Problem('not_found');
  return readStored(deps, proof.organisationId, fileId);
}

/** A document of the organisation's own proof. @throws Problem not_found */
export async function readOwnDocument(deps: Reading, actor: Actor, id: string, fileId: string): Promise<CheckedFile> {
  const [proof] = await deps.db.read((q) =>
    q
      .select()
      .from(centreProof)
      .where(and(eq(centreProof.id, asId(id)), eq(centreProof.organisationId, actor.organisationId))),
  );
  return documentOf(deps, proof, fileId);
}

/** A document as the operator opens it. @throws Problem not_found */
export async function readDocument(deps: Reading, operatorId: string, id: string, fileId: string): Promise<CheckedFile> {
  const [proof] = await deps.db.read(async (q) => {
    await mustBeOperator(q, operatorId);
    return q
      .select()
      .from(centreProof)
      .where(eq(centreProof.id, asId(id)));
  });
  return documentOf(deps, proof, fileId);
}
