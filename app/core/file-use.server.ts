/** Who refers to a file. Forgetting unused files looks here and nowhere else, so a new owner has nothing to add anywhere but here. */
import { and, eq } from 'drizzle-orm';
import type { Queries } from '#db/queries.ts';
import { fileUse } from '#db/schema/core.ts';

/**
 * Kinds of things that refer to files. Each module names its own:
 * `declare module '#app/core/file-use.server.ts' { interface FileOwners { certificate: true } }`
 */
// biome-ignore lint/suspicious/noEmptyInterface: filled by the modules
export interface FileOwners {}

export type FileOwner = { kind: keyof FileOwners; id: string };

/**
 * Says which files an owner refers to from now on, and that it refers to no others. In the transaction that writes the owner;
 * whether the files are there and are its organisation's is for the caller to know.
 */
export async function referToFiles(tx: Queries, { kind, id }: FileOwner, fileIds: readonly string[]): Promise<void> {
  await tx.delete(fileUse).where(and(eq(fileUse.ownerKind, kind), eq(fileUse.ownerId, id)));
  const rows = [...new Set(fileIds)].map((fileId) => ({ fileId, ownerKind: kind, ownerId: id }));
  if (rows.length > 0) await tx.insert(fileUse).values(rows);
}

export async function isFileUsed(q: Queries, fileId: string): Promise<boolean> {
  const used = await q.select({ fileId: fileUse.fileId }).from(fileUse).where(eq(fileUse.fileId, fileId)).limit(1);
  return used.length > 0;
}
