import { createHash } from 'node:crypto';
import { and, desc, eq, sql } from 'drizzle-orm';
import { prepare, type Queries } from '#db/queries.ts';
import { auditLog } from '#db/schema/core.ts';

export type AuditEntry = {
  /** The subject whose chain this extends: `order:…`, `organisation:…`, `person:…`. */
  chain: string;
  /** Empty: the platform itself. */
  actorId: string | null;
  action: string;
  data: Record<string, unknown>;
};

export const START = '0'.repeat(64);

export const hashOf = (row: Omit<typeof auditLog.$inferSelect, 'hash'>) =>
  createHash('sha256')
    .update(JSON.stringify([row.chain, row.position, row.at, row.actorId, row.action, canonical(row.data), row.previousHash]))
    .digest('hex');

/** Keys in order: PostgreSQL's jsonb does not keep the order they were written in. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, v]) => v !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([k, v]) => [k, canonical(v)]),
  );
}

/**
 * Appends to the subject's chain, in the transaction that does the deed. One chain per subject: subjects do not wait for each other.
 * @param isNew the subject was made in this transaction: there is no chain to look for
 */
export async function audit(tx: Queries, entry: AuditEntry, now: number, isNew = false): Promise<void> {
  const [last] = isNew
    ? []
    : await prepare(tx, 'audit_last', (q) =>
        q
          .select({ position: auditLog.position, hash: auditLog.hash })
          .from(auditLog)
          .where(eq(auditLog.chain, sql.placeholder('chain')))
          .orderBy(desc(auditLog.position))
          .limit(1),
      ).execute({ chain: entry.chain });
  const row = { ...entry, at: now, position: (last?.position ?? 0) + 1, previousHash: last?.hash ?? START };
  await prepare(tx, 'audit_append', (q) =>
    q.insert(auditLog).values({
      chain: sql.placeholder('chain'),
      position: sql.placeholder('position'),
      at: sql.placeholder('at'),
      actorId: sql.placeholder('actorId'),
      action: sql.placeholder('action'),
      data: sql.placeholder('data'),
      previousHash: sql.placeholder('previousHash'),
      hash: sql.placeholder('hash'),
    }),
  ).execute({ ...row, hash: hashOf(row) });
}

/** The rows of a chain that begins with these deeds, oldest first: to write many at once where no chain is yet. */
export function beginChain(
  chain: string,
  deeds: readonly (Omit<AuditEntry, 'chain'> & { at: number })[],
): (typeof auditLog.$inferInsert)[] {
  let previousHash = START;
  return deeds.map((deed, i) => {
    const row = { ...deed, chain, position: i + 1, previousHash };
    previousHash = hashOf(row);
    return { ...row, hash: previousHash };
  });
}

/** Whether the chain says that this was done, at this place. */
export async function isInChain(q: Queries, chain: string, { position, action }: { position: number; action: string }): Promise<boolean> {
  const at = and(eq(auditLog.chain, chain), eq(auditLog.position, position), eq(auditLog.action, action));
  return (await q.select({ position: auditLog.position }).from(auditLog).where(at)).length > 0;
}

/** @returns the position of the first row that does not fit its chain, or nothing when all do */
export async function firstBroken(q: Queries, chain: string): Promise<number | undefined> {
  const rows = await q.select().from(auditLog).where(eq(auditLog.chain, chain)).orderBy(auditLog.position);
  let previousHash = START;
  for (const [i, row] of rows.entries()) {
    if (row.position !== i + 1 || row.previousHash !== previousHash || hashOf(row) !== row.hash) return row.position;
    previousHash = row.hash;
  }
  return undefined;
}
