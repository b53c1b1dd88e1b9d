import { and, eq } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import { audit } from '#app/core/audit.server.ts';
import { announce } from '#app/core/change-feed.server.ts';
import type { Deps } from '#app/core/deps.ts';
import { type CheckedFile, type FileStore, keepFile } from '#app/core/files.server.ts';
import { newId } from '#app/core/ids.server.ts';
import { Problem } from '#app/core/problem.ts';
import { chunks, type Queries } from '#db/queries.ts';
import { capability } from '#db/schema/capability.ts';
import { type Accreditation, accreditation } from '#db/schema/catalogue.ts';
import { changeFeed } from '#db/schema/core.ts';
import { centreOf, requireManager } from '../import/scope-access.server.ts';

export interface AccreditationWish {
  /** Null for a new one. */
  id: string | null;
  kind: Accreditation;
  number: string;
  scope: string;
  /** UTC ms; `validUntil` after `validFrom`. */
  validFrom: number;
  validUntil: number;
  evidence?: CheckedFile;
}

export const MOST_NUMBER = 60;
export const MOST_SCOPE = 500;

/**
 * @returns its id
 * @throws Problem not_found, forbidden; invalid_form {field: number | scope | validUntil}, and for a number the centre states already
 */
export async function saveAccreditation(
  { db, clock, files }: Pick<Deps, 'db' | 'clock'> & { files: FileStore },
  actor: Actor,
  { id: given, evidence, ...values }: AccreditationWish,
): Promise<string> {
  requireManager(actor);
  if (!values.number || values.number.length > MOST_NUMBER) throw new Problem('invalid_form', { field: 'number' });
  if (values.scope.length > MOST_SCOPE) throw new Problem('invalid_form', { field: 'scope' });
  if (!(values.validUntil > values.validFrom)) throw new Problem('invalid_form', { field: 'validUntil' });
  await db.read((q) => centreOf(q, actor));
  const evidenceId = evidence && (await keepFile({ db, clock, files }, evidence, actor));
  return db.write(async (tx) => {
    const now = clock();
    const centre = await centreOf(tx, actor);
    const held = await tx.select().from(accreditation).where(eq(accreditation.centreId, centre.id));
    const before = held.find((one) => one.id === given);
    if (given !== null && !before) throw new Problem('not_found');
    if (held.some((one) => one.id !== given && one.kind === values.kind && one.number === values.number))
      throw new Problem('invalid_form', { field: 'number', reason: 'taken' });
    const id = given ?? newId();
    const row = { ...values, ...(evidenceId ? { evidenceId } : {}) };
    // A new period is warned of anew.
    if (before)
      await tx
        .update(accreditation)
        .set({ ...row, ...(before.validUntil === values.validUntil ? {} : { warnedDays: null }) })
        .where(eq(accreditation.id, id));
    else await tx.insert(accreditation).values({ ...row, id, centreId: centre.id });
    await tell(tx, centre.id, id, now);
    const data = { id, kind: values.kind, number: values.number, validUntil: values.validUntil, ...(evidenceId ? { evidenceId } : {}) };
    await audit(tx, { chain: `centre:${centre.id}`, actorId: actor.personId, action: 'accreditation_saved', data }, now);
    return id;
  });
}

/** Takes it away; rows stated under it stay, as the centre's own statement. @throws Problem not_found, forbidden */
export async function removeAccreditation({ db, clock }: Pick<Deps, 'db' | 'clock'>, actor: Actor, id: string): Promise<void> {
  requireManager(actor);
  await db.write(async (tx) => {
    const now = clock();
    const centre = await centreOf(tx, actor);
    const [row] = await tx
      .select()
      .from(accreditation)
      .where(and(eq(accreditation.id, id), eq(accreditation.centreId, centre.id)));
    if (!row) throw new Problem('not_found');
    await tell(tx, centre.id, id, now);
    await tx.update(capability).set({ accreditationId: null }).where(eq(capability.accreditationId, id));
    await tx.delete(accreditation).where(eq(accreditation.id, id));
    const data = { id, kind: row.kind, number: row.number };
    await audit(tx, { chain: `centre:${centre.id}`, actorId: actor.personId, action: 'accreditation_removed', data }, now);
  });
}

/** The centre's cards name it, and the rows under it carry its validity. */
async function tell(tx: Queries, centreId: string, id: string, now: number): Promise<void> {
  await announce(tx, 'centre', centreId, now);
  const rows = await tx.select({ id: capability.id }).from(capability).where(eq(capability.accreditationId, id));
  for (const part of chunks(rows))
    await tx.insert(changeFeed).values(part.map((row) => ({ kind: 'capability' as const, ref: row.id, at: now })));
}
