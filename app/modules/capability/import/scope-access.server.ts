/** The rows of a centre's scope, and the imports it has open. */
import { createHash } from 'node:crypto';
import { and, asc, eq, min } from 'drizzle-orm';
import { Problem } from '#app/core/problem.ts';
import { countAll, type Queries } from '#db/queries.ts';
import { capability, capabilityImport } from '#db/schema/capability.ts';
import { holdsAt } from '../rules/validity.ts';

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

/** What the rows of a scope are stated for, the oldest first, and how many are for each: counted by the database, for a scope has thousands. */
export const scopeCounted = (q: Queries, centreId: string) =>
  q
    .select({
      instrumentZh: capability.instrumentZh,
      instrumentEn: capability.instrumentEn,
      method: capability.method,
      rows: countAll(),
    })
    .from(capability)
    .where(eq(capability.centreId, centreId))
    .groupBy(capability.instrumentZh, capability.instrumentEn, capability.method)
    .orderBy(min(capability.createdAt), min(capability.id));

/** For a join: what each row is stated for. */
export const namedRows = (q: Queries, centreId: string) =>
  q
    .select({
      id: capability.id,
      instrumentZh: capability.instrumentZh,
      instrumentEn: capability.instrumentEn,
      method: capability.method,
    })
    .from(capability)
    .where(eq(capability.centreId, centreId))
    .as('named_row');
