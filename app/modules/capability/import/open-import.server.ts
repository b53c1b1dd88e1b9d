import type { Actor } from '#app/core/actor.ts';
import { apart } from '#app/core/apart.ts';
import { newId } from '#app/core/ids.server.ts';
import { centreOf } from '#app/modules/centres/centre-access.server.ts';
import { countImport } from '#app/modules/identity/limits.server.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import { capabilityImport } from '#db/schema/capability.ts';
import { proposeSettings } from './judge-table.ts';
import { type ImportDeps, judgeAhead } from './open-work.server.ts';
import { type FileRefusal, readFile, readPasted } from './read-file.server.ts';

/** What a person brings: a file, or what was pasted. */
export type Brought = { name: string; bytes: Uint8Array } | { pasted: string };

const MOST_NAME = 120;
/** The end of it, which has the kind; what cannot be seen is left out. */
const nameOf = (name: string) => name.replace(/[\p{Cc}\p{Cf}]/gu, '').slice(-MOST_NAME);

/**
 * Reads what was brought and keeps it for looking at; the scope stays as it is.
 * @returns the import's id, or why nothing could be read (`line`: where in the file)
 * @throws Problem not_found for others than centres, forbidden for others than managers; too_many_tries
 */
export const openImport = apart('import.open', openNow);

async function openNow(
  { db, clock, imports }: ImportDeps,
  actor: Actor,
  brought: Brought,
): Promise<{ id: string } | { refused: FileRefusal; line?: number }> {
  requireRight(actor, 'scope.state');
  const centre = await db.read((q) => centreOf(q, actor));
  await countImport({ db, clock }, actor.organisationId);
  const file = 'pasted' in brought ? readPasted(brought.pasted) : await readFile(brought.bytes);
  if (!file.ok) return { refused: file.reason, ...(file.line === undefined ? {} : { line: file.line }) };
  const { sheets, k } = proposeSettings(file.rows, file.sheets);
  const id = newId();
  await db.write(async (tx) => {
    await tx.insert(capabilityImport).values({
      id,
      centreId: centre.id,
      personId: actor.personId,
      fileName: 'pasted' in brought ? '' : nameOf(brought.name),
      encoding: file.encoding,
      lines: file.rows,
      sheets,
      coverageFactor: k,
      field: 'general',
      // What a row is stated under is chosen by a person, never presumed.
      accreditationId: null,
      createdAt: clock(),
    });
  });
  if (imports) await judgeAhead({ db, clock, imports }, actor, id);
  return { id };
}
