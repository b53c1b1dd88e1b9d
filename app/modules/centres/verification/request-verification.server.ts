import { and, eq } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import { audit } from '#app/core/audit.server.ts';
import type { Deps } from '#app/core/deps.ts';
import { referToFiles } from '#app/core/file-use.server.ts';
import { type CheckedFile, type FileStore, keepFile } from '#app/core/files.server.ts';
import { asId, newId } from '#app/core/ids.server.ts';
import { queueMail } from '#app/core/mail.server.ts';
import { Problem } from '#app/core/problem.ts';
import { operatorsOf } from '#app/modules/identity/operators.server.ts';
import { organisationOf } from '#app/modules/identity/organisations.server.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import type { Queries } from '#db/queries.ts';
import { centre, verificationRequest } from '#db/schema/centres.ts';
import { prepareFor } from './prepared-entry.server.ts';
import { documentsFault, type EntryFault, entryFault, statementFault } from './request-rules.ts';

export type VerificationRequestInput = { slug: string; statement: string; documents: CheckedFile[] };

/** The entry, and what stands between it and the organisation. @throws Problem not_found for no entry */
export async function standingOfEntry(q: Queries, organisationId: string, slug: string) {
  const [entry] = await q
    .select()
    .from(centre)
    .where(and(eq(centre.slug, asId(slug)), eq(centre.preparing, false)));
  if (!entry) throw new Problem('not_found');
  const [own] = await q
    .select({ id: centre.id, slug: centre.slug, nameZh: centre.nameZh, nameEn: centre.nameEn })
    .from(centre)
    .where(and(eq(centre.organisationId, organisationId), eq(centre.preparing, false)))
    .limit(1);
  const [waiting] = await q
    .select({ id: verificationRequest.id, centreId: verificationRequest.centreId })
    .from(verificationRequest)
    .where(and(eq(verificationRequest.organisationId, organisationId), eq(verificationRequest.state, 'waiting')));
  const fault: EntryFault | undefined =
    entryFault(entry, { organisationId, ownEntryId: own?.id ?? null }) ?? (waiting ? 'waiting' : undefined);
  return { entry, own, fault };
}

/**
 * Hands in evidence that the organisation is the centre of an entry: to take over an unclaimed one, or to have its own verified. Who takes one
 * over may prepare meanwhile.
 * @returns the verification request's id
 * @throws Problem not_found, forbidden; invalid_form {field: statement | documents | entry, reason}
 */
export async function askForEntry(
  { db, clock, files }: Pick<Deps, 'db' | 'clock'> & { files: FileStore },
  actor: Actor,
  { slug, statement, documents }: VerificationRequestInput,
): Promise<string> {
  requireRight(actor, 'scope.state');
  const refused = (field: string, reason: string | undefined) => {
    if (reason) throw new Problem('invalid_form', { field, reason });
  };
  refused('statement', statementFault(statement));
  refused('documents', documentsFault(documents.map(({ bytes }) => bytes.length)));
  // Before the bytes are put down: who cannot ask leaves nothing on the disk.
  refused('entry', (await db.read((q) => standingOfEntry(q, actor.organisationId, slug))).fault);
  const fileIds: string[] = [];
  for (const file of documents) fileIds.push(await keepFile({ db, clock, files }, file, actor));
  return db.write(async (tx) => {
    const now = clock();
    const { entry, fault } = await standingOfEntry(tx, actor.organisationId, slug);
    refused('entry', fault);
    const { organisationId, personId } = actor;
    const id = newId();
    await tx.insert(verificationRequest).values({
      id,
      centreId: entry.id,
      organisationId,
      personId,
      statement,
      fileIds,
      state: 'waiting',
      createdAt: now,
    });
    if (entry.organisationId === null) await prepareFor(tx, entry, organisationId, now);
    await referToFiles(tx, { kind: 'verification_request', id }, fileIds);
    await audit(
      tx,
      { chain: `centre:${entry.id}`, actorId: personId, action: 'verification_request_asked', data: { id, organisationId, fileIds } },
      now,
    );
    await tellOperators(tx, { id, organisationId, entry }, now);
    return id;
  });
}

type Asked = { id: string; organisationId: string; entry: { nameZh: string; nameEn: string; organisationId: string | null } };

async function tellOperators(tx: Queries, { id, organisationId, entry }: Asked, now: number): Promise<void> {
  const of = await organisationOf(tx, organisationId);
  const facts = {
    organisationZh: of?.nameZh ?? '',
    organisationEn: of?.nameEn ?? '',
    centreZh: entry.nameZh,
    centreEn: entry.nameEn,
    own: entry.organisationId === organisationId,
    link: `/operator/verification-requests/${id}`,
  };
  for (const to of await operatorsOf(tx))
    await queueMail(
      tx,
      {
        kind: 'verification_request_waiting',
        to: to.email,
        locale: to.locale,
        facts,
        dedupeKey: `verification_request_waiting:${id}:${to.id}`,
      },
      now,
    );
}
