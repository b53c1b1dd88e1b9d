import { and, asc, eq, gt, lt } from 'drizzle-orm';
import { storedFile } from '#db/schema/core.ts';
import { cursorOf, moveCursor } from './cursor.server.ts';
import type { Deps } from './deps.ts';
import { isFileUsed } from './file-use.server.ts';
import type { FileStore } from './files.server.ts';

/** Long enough for whoever brought a file with a form that came back. */
const KEPT_MS = 86_400_000;
const AT_ONCE = 300;
const MOST_A_TURN = 6_000;
const NAME = 'files_looked_at';

type Needs = Pick<Deps, 'db' | 'clock' | 'log'> & { files: FileStore };

/**
 * Background work: takes away files nothing refers to, some thousands looked at a turn, round and round.
 * @returns how many are gone
 */
export async function forgetFiles(deps: Needs, signal?: AbortSignal): Promise<number> {
  const { db, clock } = deps;
  let position = (await db.read((q) => cursorOf(q, NAME)))?.position ?? '';
  let gone = 0;
  for (let looked = 0; looked < MOST_A_TURN && !signal?.aborted; ) {
    const rows = await db.read((q) =>
      q
        .select({ id: storedFile.id, organisationId: storedFile.organisationId })
        .from(storedFile)
        .where(and(gt(storedFile.id, position), lt(storedFile.createdAt, clock() - KEPT_MS)))
        .orderBy(asc(storedFile.id))
        .limit(AT_ONCE),
    );
    for (const row of rows) if (!signal?.aborted && (await forget(deps, row))) gone++;
    looked += rows.length;
    position = rows.length < AT_ONCE ? '' : (rows.at(-1)?.id ?? '');
    if (position === '') break;
  }
  await db.write((tx) => moveCursor(tx, NAME, { position, at: clock() }));
  return gone;
}

const NOBODY = '';

/** First nobody's, so that nothing can refer to it any more; then without bytes; then without a row. What fails between is found the next time. */
async function forget({ db, files, log }: Needs, { id, organisationId }: { id: string; organisationId: string }): Promise<boolean> {
  const unused = await db.write(async (tx) => {
    if (organisationId !== NOBODY && (await isFileUsed(tx, id))) return false;
    await tx.update(storedFile).set({ organisationId: NOBODY, audience: 'own' }).where(eq(storedFile.id, id));
    return true;
  });
  if (!unused) return false;
  try {
    await files.remove(id);
  } catch (error) {
    log.warn({ file: id, error: String(error) }, 'a file could not be taken away, will be tried again');
    return false;
  }
  await db.write(async (tx) => {
    await tx.delete(storedFile).where(eq(storedFile.id, id));
  });
  return true;
}
