/** Whose scope it is, and who may change it. */
import { createHash } from 'node:crypto';
import { and, asc, eq } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import { Problem } from '#app/core/problem.ts';
import type { Queries } from '#db/queries.ts';
import { capability, capabilityImport } from '#db/schema/capability.ts';
import { accreditation, centre } from '#db/schema/centres.ts';
import { checkStep } from '../accreditation/check-rules.ts';
import { holdsAt } from '../validity.ts';

/** The actor's centre. @throws Problem not_found for others than centres */
export async function centreOf(q: Queries, actor: Actor) {
  if (actor.organisationKind !== 'centre') throw new Problem('not_found');
  const [own] = await q
    .select({ id: centre.id, slug: centre.slug })
    .from(centre)
    .where(eq(centre.organisationId, actor.organisationId))
    .orderBy(asc(centre.id))
    .limit(1);
  if (!own) throw new Problem('not_found');
  return own;
}

/** @throws Problem forbidden: a scope is what the centre stands for, its managers decide it */
export function requireManager(actor: Actor): void {
  if (actor.role !== 'manager') throw new Problem('forbidden');
}

/** An import of the actor's centre. @throws Problem not_found */
export async function importOf(q: Queries, centreId: string, id: string) {
  const [found] = await q
    .select()
    .from(capabilityImport)
    .where(and(eq(capabilityImport.id, id), eq(capabilityImport.centreId, centreId)));
  if (!found) throw new Problem('not_found');
  return found;
}

/** What tells one state of the rows that hold now from another: every change raises a row's version. */
export async function scopeMark(q: Queries, centreId: string, now: number): Promise<string> {
  const { id, version, accreditationId, validFrom, validUntil } = capability;
  const rows = await q
    .select({ id, version, accreditationId, validFrom, validUntil })
    .from(capability)
    .where(eq(capability.centreId, centreId));
  const holding = rows.filter((row) => holdsAt(row, now)).map((row) => `${row.id} ${row.version} ${row.accreditationId ?? ''}`);
  return createHash('sha256').update(holding.sort().join('\n')).digest('base64url');
}

/** Every row, also those that do not hold yet or any more. */
export const scopeOf = (q: Queries, centreId: string) =>
  q.select().from(capability).where(eq(capability.centreId, centreId)).orderBy(asc(capability.createdAt), asc(capability.id));

/** The rows that hold now: what a file is compared with, and what goes out as one. */
export const scopeNow = async (q: Queries, centreId: string, now: number) =>
  (await scopeOf(q, centreId)).filter((row) => holdsAt(row, now));

/** The centre's accreditations a row may be put under, each with where it stands. */
export const accreditationsOf = async (q: Queries, centreId: string, now: number) => {
  const { id, kind, number, validFrom, validUntil, checkState, evidenceId } = accreditation;
  const held = await q
    .select({ id, kind, number, validFrom, validUntil, checkState, evidenceId })
    .from(accreditation)
    .where(eq(accreditation.centreId, centreId))
    .orderBy(asc(kind), asc(id));
  return held.map((one) => ({
    ...{ id: one.id, kind: one.kind, number: one.number, validFrom: one.validFrom, validUntil: one.validUntil },
    step: checkStep(one, now),
    coming: now < one.validFrom,
  }));
};
