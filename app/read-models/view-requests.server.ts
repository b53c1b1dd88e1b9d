/** Verification requests as the operator judges them, and as the organisation that handed them in sees them. */

import { and, asc, desc, eq, inArray, ne } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { type CheckedFile, type FileStore, readStored } from '#app/core/files.server.ts';
import { asId } from '#app/core/ids.server.ts';
import { Problem } from '#app/core/problem.ts';
import { standingOfEntry } from '#app/modules/centres/verification/request-verification.server.ts';
import { mustBeOperator } from '#app/modules/identity/operators.server.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import type { Queries } from '#db/queries.ts';
import { centre, verificationRequest } from '#db/schema/centres.ts';
import { storedFile } from '#db/schema/core.ts';
import { organisation, person } from '#db/schema/identity.ts';

/** So many of each on one page: what waits is worked off, what is decided is looked up by its entry. */
const MOST_LISTED = 200;

const namesOf = (of: typeof centre | typeof organisation) => ({ nameZh: of.nameZh, nameEn: of.nameEn });

const listed = (q: Queries) =>
  q
    .select({
      id: verificationRequest.id,
      state: verificationRequest.state,
      createdAt: verificationRequest.createdAt,
      decidedAt: verificationRequest.decidedAt,
      organisationId: verificationRequest.organisationId,
      claimedBy: centre.organisationId,
      centre: namesOf(centre),
      organisation: namesOf(organisation),
    })
    .from(verificationRequest)
    .innerJoin(centre, eq(centre.id, verificationRequest.centreId))
    .innerJoin(organisation, eq(organisation.id, verificationRequest.organisationId));

/** What waits, the oldest first, and what is decided, the latest first. @throws Problem not_found for who is no operator */
export const listVerificationRequests = ({ db }: Pick<Deps, 'db'>, operator: Actor) =>
  db.read(async (q) => {
    await mustBeOperator(q, operator, 'centre.verify');
    const waiting = await listed(q)
      .where(eq(verificationRequest.state, 'waiting'))
      .orderBy(asc(verificationRequest.createdAt), asc(verificationRequest.id))
      .limit(MOST_LISTED);
    const decided = await listed(q)
      .where(inArray(verificationRequest.state, ['accepted', 'refused', 'withdrawn']))
      .orderBy(desc(verificationRequest.decidedAt), desc(verificationRequest.id))
      .limit(MOST_LISTED);
    return { waiting, decided };
  });

const filesOf = (q: Queries, ids: string[]) =>
  q
    .select({ id: storedFile.id, name: storedFile.name, size: storedFile.size })
    .from(storedFile)
    .where(inArray(storedFile.id, ids))
    .orderBy(asc(storedFile.id));

/** A verification request beside the entry it is for. @throws Problem not_found for who is no operator and for no such verification request */
export const viewVerificationRequest = ({ db }: Pick<Deps, 'db'>, operator: Actor, id: string) =>
  db.read(async (q) => {
    await mustBeOperator(q, operator, 'centre.verify');
    const [found] = await q
      .select({ verification: verificationRequest, entry: centre, organisation, asker: { name: person.name, email: person.email } })
      .from(verificationRequest)
      .innerJoin(centre, eq(centre.id, verificationRequest.centreId))
      .innerJoin(organisation, eq(organisation.id, verificationRequest.organisationId))
      .leftJoin(person, eq(person.id, verificationRequest.personId))
      .where(eq(verificationRequest.id, asId(id)));
    if (!found) throw new Problem('not_found');
    const rivals = await listed(q)
      .where(
        and(eq(verificationRequest.centreId, found.entry.id), eq(verificationRequest.state, 'waiting'), ne(verificationRequest.id, id)),
      )
      .orderBy(asc(verificationRequest.createdAt), asc(verificationRequest.id));
    return { ...found, files: await filesOf(q, found.verification.fileIds), rivals };
  });

/** The latest verification request the organisation handed in for an entry, with its documents. */
async function latestOf(q: Queries, organisationId: string, centreId: string) {
  const [verification] = await q
    .select()
    .from(verificationRequest)
    .where(and(eq(verificationRequest.organisationId, organisationId), eq(verificationRequest.centreId, centreId)))
    .orderBy(desc(verificationRequest.createdAt), desc(verificationRequest.id))
    .limit(1);
  return verification ? { ...verification, files: await filesOf(q, verification.fileIds) } : null;
}

/** An entry as its claimant sees it: whether it can be asked for, and the verification request that runs or was decided last. @throws Problem not_found */
export const viewClaim = ({ db }: Pick<Deps, 'db'>, actor: Actor, slug: string) =>
  db.read(async (q) => {
    requireRight(actor, 'centre.view');
    const { entry, own, fault } = await standingOfEntry(q, actor.organisationId, slug);
    return { entry, own: own ?? null, fault: fault ?? null, verification: await latestOf(q, actor.organisationId, entry.id) };
  });

/** The entry the organisation's verification request waits for; null when none does. */
export const viewWaitingVerificationRequest = ({ db }: Pick<Deps, 'db'>, { organisationId }: Actor) =>
  db.read(async (q) => {
    const [found] = await q
      .select({ slug: centre.slug, nameZh: centre.nameZh, nameEn: centre.nameEn })
      .from(verificationRequest)
      .innerJoin(centre, eq(centre.id, verificationRequest.centreId))
      .where(and(eq(verificationRequest.organisationId, organisationId), eq(verificationRequest.state, 'waiting')));
    return found ?? null;
  });

type Reading = Pick<Deps, 'db'> & { files: FileStore };

async function documentOf(
  deps: Reading,
  verification: typeof verificationRequest.$inferSelect | undefined,
  fileId: string,
): Promise<CheckedFile> {
  if (!verification?.fileIds.includes(fileId)) throw new Problem('not_found');
  return readStored(deps, verification.organisationId, fileId);
}

/** A document of the organisation's own verification request. @throws Problem not_found */
export async function readOwnDocument(deps: Reading, actor: Actor, id: string, fileId: string): Promise<CheckedFile> {
  const [verification] = await deps.db.read((q) =>
    q
      .select()
      .from(verificationRequest)
      .where(and(eq(verificationRequest.id, asId(id)), eq(verificationRequest.organisationId, actor.organisationId))),
  );
  return documentOf(deps, verification, fileId);
}

/** A document as the operator opens it. @throws Problem not_found */
export async function readDocument(deps: Reading, operator: Actor, id: string, fileId: string): Promise<CheckedFile> {
  const [verification] = await deps.db.read(async (q) => {
    await mustBeOperator(q, operator, 'centre.verify');
    return q
      .select()
      .from(verificationRequest)
      .where(eq(verificationRequest.id, asId(id)));
  });
  return documentOf(deps, verification, fileId);
}
