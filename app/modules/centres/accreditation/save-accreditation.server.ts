import { and, eq, ne } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import { audit } from '#app/core/audit.server.ts';
import type { Deps } from '#app/core/deps.ts';
import { referToFiles } from '#app/core/file-use.server.ts';
import { type CheckedFile, type FileStore, keepFile } from '#app/core/files.server.ts';
import { newId } from '#app/core/ids.server.ts';
import { Problem } from '#app/core/problem.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import type { Queries } from '#db/queries.ts';
import { type Accreditation, accreditation } from '#db/schema/centres.ts';
import { centreOf } from '../centre-access.server.ts';
import { announceAccreditation, type RowsUnder } from './announce-accreditation.server.ts';
import { tellOperators } from './tell-operators.server.ts';

export interface AccreditationInput {
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
 * States it, or states it otherwise: then the operator has to check it anew. Saved as it is, it stays as it was checked.
 * @returns its id
 * @throws Problem not_found, forbidden; invalid_form {field: number | scope | validUntil}, and for a number the centre states already
 */
export async function saveAccreditation(
  { db, clock, files, rowsUnder }: Pick<Deps, 'db' | 'clock'> & { files: FileStore; rowsUnder: RowsUnder },
  actor: Actor,
  { id: given, evidence, ...values }: AccreditationInput,
): Promise<string> {
  requireRight(actor, 'scope.state');
  if (!values.number || values.number.length > MOST_NUMBER) throw new Problem('invalid_form', { field: 'number' });
  if (values.scope.length > MOST_SCOPE) throw new Problem('invalid_form', { field: 'scope' });
  if (!(values.validUntil > values.validFrom)) throw new Problem('invalid_form', { field: 'validUntil' });
  await db.read((q) => centreOf(q, actor));
  const evidenceId = evidence && (await keepFile({ db, clock, files }, evidence, actor));
  return db.write(async (tx) => {
    const now = clock();
    const own = await centreOf(tx, actor);
    const held = await tx.select().from(accreditation).where(eq(accreditation.centreId, own.id));
    const before = held.find((one) => one.id === given);
    if (given !== null && !before) throw new Problem('not_found');
    if (held.some((one) => one.id !== given && one.kind === values.kind && one.number === values.number))
      throw new Problem('invalid_form', { field: 'number', reason: 'taken' });
    const id = given ?? newId();
    const row = { ...values, evidenceId: evidenceId ?? before?.evidenceId ?? null };
    if (before && !differs(before, row)) return id;
    const revision = (before?.revision ?? 0) + 1;
    // Another number, another period, another file: what was checked is no more what is stated.
    const stated = { ...row, ...UNCHECKED, revision, statedAt: now };
    // A new period is warned of anew.
    if (before)
      await tx
        .update(accreditation)
        .set({ ...stated, ...(before.validUntil === values.validUntil ? {} : { warnedDays: null }) })
        .where(eq(accreditation.id, id));
    else await tx.insert(accreditation).values({ ...stated, id, centreId: own.id });
    await referToFiles(tx, { kind: 'accreditation', id }, row.evidenceId === null ? [] : [row.evidenceId]);
    await announceAccreditation(tx, rowsUnder, own.id, id, now);
    const data = {
      ...{ id, revision, kind: values.kind, number: values.number, validUntil: values.validUntil },
      ...(evidenceId ? { evidenceId } : {}),
      ...(before?.checkState === 'accepted' ? { was: 'accepted' } : {}),
    };
    await audit(tx, { chain: `centre:${own.id}`, actorId: actor.personId, action: 'accreditation_saved', data }, now);
    await tellOperators(tx, own.id, { ...stated, id }, now);
    return id;
  });
}

/** The centre is called otherwise: whoever is checked next is not whom the operator saw named on the certificate. */
export async function checkAnew(tx: Queries, rowsUnder: RowsUnder, centreId: string, now: number): Promise<void> {
  const held = await tx
    .select()
    .from(accreditation)
    .where(and(eq(accreditation.centreId, centreId), eq(accreditation.checkState, 'accepted'), ne(accreditation.kind, 'internal')));
  for (const { id, ...before } of held) {
    const stated = { ...before, ...UNCHECKED, revision: before.revision + 1, statedAt: now };
    await tx.update(accreditation).set(stated).where(eq(accreditation.id, id));
    await announceAccreditation(tx, rowsUnder, centreId, id, now);
    await tellOperators(tx, centreId, { ...stated, id }, now);
  }
}

type Row = typeof accreditation.$inferSelect;
const UNCHECKED: Pick<Row, 'checkState' | 'checkedFamilies' | 'checkReason' | 'checkedBy' | 'checkedAt'> = {
  checkState: 'stated',
  checkedFamilies: [],
  checkReason: '',
  checkedBy: null,
  checkedAt: null,
};

type Stated = Omit<AccreditationInput, 'id' | 'evidence'> & { evidenceId: string | null };
const STATED = ['kind', 'number', 'scope', 'validFrom', 'validUntil', 'evidenceId'] as const satisfies readonly (keyof Stated)[];
const differs = (before: Stated, now: Stated): boolean => STATED.some((name) => before[name] !== now[name]);

/** Takes it away; rows stated under it stay, as the centre's own statement, and so would those of a file begun. @throws Problem not_found, forbidden */
export async function removeAccreditation(
  { db, clock, rowsUnder }: Pick<Deps, 'db' | 'clock'> & { rowsUnder: RowsUnder },
  actor: Actor,
  id: string,
): Promise<void> {
  requireRight(actor, 'scope.state');
  await db.write(async (tx) => {
    const now = clock();
    const own = await centreOf(tx, actor);
    const [row] = await tx
      .select()
      .from(accreditation)
      .where(and(eq(accreditation.id, id), eq(accreditation.centreId, own.id)));
    if (!row) throw new Problem('not_found');
    await announceAccreditation(tx, rowsUnder, own.id, id, now);
    await rowsUnder.released(tx, id);
    await tx.delete(accreditation).where(eq(accreditation.id, id));
    await referToFiles(tx, { kind: 'accreditation', id }, []);
    const data = { id, kind: row.kind, number: row.number, was: row.checkState };
    await audit(tx, { chain: `centre:${own.id}`, actorId: actor.personId, action: 'accreditation_removed', data }, now);
  });
}
