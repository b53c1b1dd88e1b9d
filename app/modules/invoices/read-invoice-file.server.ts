import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { type CheckedFile, type FileStore, readStored } from '#app/core/files.server.ts';
import { Problem } from '#app/core/problem.ts';
import { invoiceFor, lettersOf } from './invoice-row.server.ts';

/** A file of an invoice or of its red letters, for both sides. @throws Problem not_found for everybody else */
export async function readInvoiceFile(
  deps: Pick<Deps, 'db'> & { files: FileStore },
  actor: Actor,
  asked: { number: string; file: string },
): Promise<CheckedFile> {
  const owner = await deps.db.read(async (q) => {
    const { row } = await invoiceFor(q, actor, asked.number);
    const holders = [row, ...(await lettersOf(q, row.id))];
    return holders.find(({ files }) => files.some(({ id }) => id === asked.file))?.filesOwnerId ?? null;
  });
  if (owner === null) throw new Problem('not_found');
  return readStored(deps, owner, asked.file);
}
