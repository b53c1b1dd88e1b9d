import { and, desc, eq, isNull, ne, notInArray } from 'drizzle-orm';
import { countAll, type Queries } from '#db/queries.ts';
import { auditFinding } from '#db/schema/core.ts';
import type { AuditFinding } from './audit-seal.server.ts';
import { newId } from './ids.server.ts';

/** Of these each is another one: the check seals anew after it, so what is found the next night was done since. */
const EVERY_TIME: readonly string[] = ['seals', 'other_key'];
/** As many as a page shows. */
const MOST_SHOWN = 200;

/**
 * Puts down what a check found. What is found every night is one finding, and stays looked at; what was away and is back is new.
 * @param whole whether everything could be judged: only then is what was not found away
 */
export async function noteFindings(tx: Queries, findings: readonly AuditFinding[], whole: boolean, now: number): Promise<void> {
  const seen: string[] = [];
  for (const { fault, chain, position } of findings) {
    const same = and(eq(auditFinding.fault, fault), eq(auditFinding.chain, chain), eq(auditFinding.position, position));
    const [known] = await tx.select().from(auditFinding).where(same);
    const isNew = known === undefined || known.gone || EVERY_TIME.includes(fault);
    const anew = { firstAt: now, lookedAt: null, lookedBy: null, note: '' };
    const row = { fault, chain, position, lastAt: now, gone: false, ...(isNew ? anew : {}) };
    const id = known?.id ?? newId();
    if (known) await tx.update(auditFinding).set(row).where(eq(auditFinding.id, id));
    else await tx.insert(auditFinding).values({ ...row, id, firstAt: now });
    seen.push(id);
  }
  if (whole)
    await tx
      .update(auditFinding)
      .set({ gone: true })
      .where(seen.length > 0 ? notInArray(auditFinding.id, seen) : ne(auditFinding.id, ''));
}

const open = isNull(auditFinding.lookedAt);

/** Those nobody has looked at, the latest first; instants in UTC ms. */
export const openFindings = (q: Queries) =>
  q.select().from(auditFinding).where(open).orderBy(desc(auditFinding.lastAt), desc(auditFinding.id)).limit(MOST_SHOWN);

export const countOpenFindings = (q: Queries) =>
  q.select({ fault: auditFinding.fault, count: countAll() }).from(auditFinding).where(open).groupBy(auditFinding.fault);

/** @returns the finding that is looked at now; nothing for one that was already, and for none */
export async function lookAtFinding(tx: Queries, id: string, looked: { by: string; note: string; now: number }) {
  const [found] = await tx
    .update(auditFinding)
    .set({ lookedAt: looked.now, lookedBy: looked.by, note: looked.note })
    .where(and(eq(auditFinding.id, id), open))
    .returning();
  return found;
}
