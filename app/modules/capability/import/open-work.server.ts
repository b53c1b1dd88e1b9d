/** An import as it stands for whoever works on it: found, judged, compared with the scope; and its decisions written. */
import { createHash, hash } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import { centreOf } from '#app/modules/centres/centre-access.server.ts';
import type { Queries } from '#db/queries.ts';
import { capabilityImport } from '#db/schema/capability.ts';
import type { Field } from '../rules/fields.ts';
import { parseUnit } from '../rules/units/units.server.ts';
import type { Decisions } from './decisions.ts';
import { compareFile, type FileDifference } from './file-difference.ts';
import { decisionsOf, type ImportFacts, judgeImport, readingsOf, sheetsOf } from './judge-import.server.ts';
import type { KeptImport, KeptImports } from './kept-imports.server.ts';
import { importOf, scopeMark, scopeNow } from './scope-access.server.ts';

/** `imports`: what this process keeps judged; without it every look judges anew. */
export type ImportDeps = Pick<Deps, 'db' | 'clock'> & { imports?: KeptImports };

/** The import of this centre, judged as it is now. @throws Problem not_found */
export async function openWork(q: Queries, imports: KeptImports | undefined, centreId: string, id: string): Promise<KeptImport> {
  const [found] = await q
    .select({ revision: capabilityImport.revision })
    .from(capabilityImport)
    .where(and(eq(capabilityImport.id, id), eq(capabilityImport.centreId, centreId)));
  if (!found) {
    imports?.drop(id);
    throw new Problem('not_found');
  }
  const before = imports?.get(id);
  if (before?.revision === found.revision) return before;
  const stored = await importOf(q, centreId, id);
  const facts: ImportFacts = {
    lines: stored.lines,
    sheets: sheetsOf(stored),
    decisions: decisionsOf(stored.decisions),
    settings: { k: stored.coverageFactor, field: stored.field as Field },
  };
  const memory = before?.memory ?? new Map();
  const { revision, fileName, encoding, accreditationId } = stored;
  const kept: KeptImport = {
    ...(before?.scope ? { scope: before.scope } : {}),
    revision,
    fileName,
    encoding,
    accreditationId,
    facts,
    memory,
    judged: judgeImport(facts, memory),
  };
  imports?.put(id, kept);
  return kept;
}

/** The import beside the centre's scope of now; `signature` says what of both a page shows. */
export async function besideScope(
  q: Queries,
  kept: KeptImport,
  centreId: string,
  now: number,
): Promise<{ difference: FileDifference; signature: string }> {
  const mark = await scopeMark(q, centreId, now);
  if (kept.beside?.mark === mark) return kept.beside;
  if (kept.scope?.mark !== mark) kept.scope = { mark, rows: await scopeNow(q, centreId, now) };
  const difference = compareFile(kept.scope.rows, kept.judged.rows, {
    accreditationId: kept.accreditationId,
    readingsOf: (row) => readingsOf(kept.facts, row, kept.memory),
    parseUnit,
  });
  kept.beside = { mark, difference, signature: signatureOf(difference) };
  return kept.beside;
}

/** Covers every value that would be stored and every value it takes the place of: what is stored is what was shown. */
function signatureOf({ added, changed, same, missing, waiting }: FileDifference): string {
  const whole = createHash('sha256');
  whole.update(JSON.stringify([same, added.length, changed.length, missing.length, waiting.length]));
  for (const values of added) whole.update(digestOf(values));
  for (const { id, before, values } of changed) whole.update(id).update(digestOf(before)).update(digestOf(values));
  for (const row of [...missing, ...waiting]) whole.update(JSON.stringify(row.id));
  return whole.digest('base64url');
}

/** Most values are those of the look before. */
const digests = new WeakMap<object, string>();

function digestOf(values: object): string {
  const known = digests.get(values);
  if (known !== undefined) return known;
  const digest = hash('sha256', JSON.stringify(values), 'base64url');
  digests.set(values, digest);
  return digest;
}

/** Judges before the database is locked for a change, or before anybody asks: then it is known. @throws Problem not_found */
export const judgeAhead = ({ db, clock, imports }: ImportDeps, actor: Actor, id: string): Promise<unknown> =>
  db.read(async (q) => {
    const centre = await centreOf(q, actor);
    return besideScope(q, await openWork(q, imports, centre.id, id), centre.id, clock());
  });

/** Decisions take the place of those they were made from, in the transaction that read them. */
export async function saveDecisions(tx: Queries, id: string, decisions: Decisions): Promise<void> {
  await tx
    .update(capabilityImport)
    .set({ decisions, revision: sql`${capabilityImport.revision} + 1` })
    .where(eq(capabilityImport.id, id));
}
